"""The board's fonts, as resvg and typst read them. Part of the workers, so it imports nothing of the app."""

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont


def opened(fonts: list[tuple[str, str]]) -> "dict[str, TTFont]":
    if not fonts:
        return {}
    from fontTools.ttLib import TTFont  # takes 30 ms, which a drawing without text need not wait for

    return {family: TTFont(woff, lazy=True, recalcBBoxes=False, recalcTimestamp=False) for family, woff in fonts}


def fonted(drawings: list[str], fonts: "dict[str, TTFont]") -> tuple[list[str], bool]:
    """The drawings, each letter in a font that has it, and whether some are in none of these."""
    if not fonts or all(map(str.isascii, drawings)):
        return drawings, False
    from lettering import OTHERS, families, lettered  # type: ignore[import-not-found]

    family = families({family: font.getBestCmap() for family, font in fonts.items()})
    drawings = [lettered(svg, family) for svg in drawings]
    return drawings, any(OTHERS in svg for svg in drawings)


def unpack(family: str, fonts: "dict[str, TTFont]", file: IO[bytes]) -> None:
    """The font as resvg reads it, under a name of its own. Browsers show it without ligatures and kerning: so
    these rules go.
    """
    font = fonts[family]
    for number in (1, 16):
        font["name"].setName(family, number, 3, 1, 0x409)
    if "GSUB" in font:
        del font["GSUB"]
    for feature in font["GPOS"].table.FeatureList.FeatureRecord if "GPOS" in font else ():
        if feature.FeatureTag == "kern":
            feature.FeatureTag = "none"
    if len(fonts) > 1:
        complete(font, {letter for other in fonts.values() for letter in other.getBestCmap()})
    font.flavor = None
    font.save(file)
    file.flush()
    file.seek(0)


def complete(font: "TTFont", letters: set[int]) -> None:
    """Gives it something for all letters: what is another font's is never seen. resvg takes a row apart where one of
    its fonts lacks a letter, and loses the next one with `ế` in "Tiếng".
    """
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = dict.fromkeys(letters, font.getGlyphOrder()[1]) | font.getBestCmap()
    font["cmap"].tables = [table]
