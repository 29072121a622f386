"""How wide each character of the font is: makes the two tables of the text layout from the font's own files.

    .venv/bin/python -m tests.advances

Run it again when @fontsource/shantell-sans changes; tests/unit/drawing/test_layout.py says when that is needed.
"""

import json
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1]
FONT = ROOT / "node_modules/@fontsource/shantell-sans"
PYTHON = ROOT / "app/drawing/advances.py"
JAVASCRIPT = ROOT / "browser/text/advances.ts"
EM = 1000
SOFT_HYPHEN = 0xAD  # browsers show none


def advances() -> dict[int, int]:
    """Code point -> thousandths of the font size, of all that the subsets' unicode-ranges take from them."""
    found: dict[int, int] = {}
    for subset, ranges in json.loads((FONT / "unicode.json").read_text()).items():
        font = TTFont(FONT / f"files/shantell-sans-{subset}-400-normal.woff")
        assert font["head"].unitsPerEm == EM
        wanted = [tuple(int(end, 16) for end in part[2:].split("-")) for part in ranges.split(",")]
        for point, glyph in font.getBestCmap().items():
            if point != SOFT_HYPHEN and any(part[0] <= point <= part[-1] for part in wanted):
                found[point] = font["hmtx"][glyph][0]
    return dict(sorted(found.items()))


def runs() -> list[tuple[int, str]]:
    """(first code point, "advance advance ...") of each run of code points without a gap."""
    numbered = enumerate(advances().items())
    grouped = [[pair for _, pair in run] for _, run in groupby(numbered, key=lambda item: item[1][0] - item[0])]
    return [(run[0][0], " ".join(str(advance) for _, advance in run)) for run in grouped]


def python() -> str:
    return "\n".join(
        [
            '"""Made by tests/advances.py: by first code point, runs of advances in thousandths of the font size."""',
            "",
            "# ruff: noqa: E501",
            "RUNS = {",
            *[f'    0x{first:04X}: "{run}",' for first, run in runs()],
            "}",
            "",
        ]
    )


def javascript() -> str:
    return "\n".join(
        [
            "/** Made by tests/advances.py: by first code point, runs of advances in thousandths of the font size. */",
            "export const RUNS = {",
            *[f'  0x{first:04x}: "{run}",' for first, run in runs()],
            "};",
            "",
        ]
    )


if __name__ == "__main__":
    PYTHON.write_text(python())
    JAVASCRIPT.write_text(javascript())
