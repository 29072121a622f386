"""Draws an SVG as PNG, by resvg. No app, no network: the SVG has its pictures in it.

    app/pictures/worker.py FONTS PNG_FD < drawing.svg

FONTS is JSON, pairs of a family and a WOFF file, that of the Latin letters first; none for a drawing without text. A
picture that takes more memory or time than `painter.py` gives it ends the process, and nothing else.
"""

import json
import os
import sys
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

import resvg_py

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont


def main(asked: str, output: str) -> None:
    fonts, svg, others = opened(json.loads(asked)), sys.stdin.buffer.read().decode(), False
    if fonts and not svg.isascii():
        from lettering import OTHERS, families, lettered  # type: ignore[import-not-found]

        svg = lettered(svg, families({family: font.getBestCmap() for family, font in fonts.items()}))
        others = OTHERS in svg
    with ExitStack() as files:
        unpacked = [files.enter_context(TemporaryFile()) for _ in fonts]
        for family, file in zip(fonts, unpacked, strict=True):
            unpack(family, fonts, file)
        paths = [f"/dev/fd/{file.fileno()}" for file in unpacked]
        png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=not others, font_files=paths)
    with os.fdopen(int(output), "wb", closefd=False) as drawn:
        drawn.write(png)
    print("drawn", flush=True)


def opened(fonts: list[tuple[str, str]]) -> "dict[str, TTFont]":
    if not fonts:
        return {}
    from fontTools.ttLib import TTFont  # takes 30 ms, which a drawing without text need not wait for

    return {family: TTFont(woff, lazy=True, recalcBBoxes=False, recalcTimestamp=False) for family, woff in fonts}


def unpack(family: str, fonts: "dict[str, TTFont]", file: IO[bytes]) -> None:
    """The font as resvg reads it, under a name of its own. Browsers show it without ligatures: so its rules go."""
    font = fonts[family]
    for number in (1, 16):
        font["name"].setName(family, number, 3, 1, 0x409)
    if "GSUB" in font:
        del font["GSUB"]
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


if __name__ == "__main__":
    main(*sys.argv[1:])
