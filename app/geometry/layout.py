"""Text in lines, by a table of our own: the same as static/js/text/layout.js, whatever fonts a machine has."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from app.geometry.advances import RUNS

LINE = 1.25  # of the font size, from one line to the next
BASELINE = 0.975  # from a line's top: what CSS makes of the font's ascent 1.02 and descent 0.32
SLACK = 0.01  # px: widths are kept in hundredths

EM = 1000  # advances are in thousandths of the font size
UNKNOWN, IDEOGRAPH, EMOJI, TAB = 600, 1000, 1250, 2000
JOINER = 0x200D
ELLIPSIS = 0x2026
AFTER = "-\u2010\u2013\u2014\u2026?"  # a word of more than this one may be broken behind it, as browsers do

# First code points of ranges, and the advance from there on where the font has no glyph.
# fmt: off
OTHERS = (
    (0x0000, UNKNOWN), (0x00AD, 0), (0x00AE, UNKNOWN),
    (0x0300, 0), (0x0370, UNKNOWN), (0x0483, 0), (0x048A, UNKNOWN), (0x0591, 0), (0x05BE, UNKNOWN),
    (0x0610, 0), (0x061B, UNKNOWN), (0x064B, 0), (0x0660, UNKNOWN), (0x0E31, 0), (0x0E32, UNKNOWN), (0x0E34, 0),
    (0x0E3B, UNKNOWN), (0x0E47, 0), (0x0E4F, UNKNOWN), (0x1100, IDEOGRAPH), (0x1160, UNKNOWN), (0x200B, 0),
    (0x2010, UNKNOWN), (0x202A, 0), (0x202F, UNKNOWN), (0x2060, 0), (0x2070, UNKNOWN), (0x20D0, 0), (0x2100, UNKNOWN),
    (0x2600, IDEOGRAPH), (0x27C0, UNKNOWN), (0x2B00, IDEOGRAPH), (0x2C00, UNKNOWN), (0x2E80, IDEOGRAPH),
    (0xA4D0, UNKNOWN), (0xAC00, IDEOGRAPH), (0xD7A4, UNKNOWN), (0xF900, IDEOGRAPH), (0xFB00, UNKNOWN), (0xFE00, 0),
    (0xFE10, UNKNOWN), (0xFE20, 0), (0xFE30, IDEOGRAPH), (0xFE50, UNKNOWN), (0xFEFF, 0), (0xFF00, IDEOGRAPH),
    (0xFF61, UNKNOWN), (0xFFE0, IDEOGRAPH), (0xFFE7, UNKNOWN), (0x1F000, EMOJI), (0x1F3FB, 0), (0x1F400, EMOJI),
    (0x1FB00, UNKNOWN), (0x20000, IDEOGRAPH), (0x3FFFE, UNKNOWN), (0xE0000, 0), (0xE01F0, UNKNOWN),
)
# fmt: on
_FIRSTS = [first for first, _ in OTHERS]
_FONT = {first + n: int(advance) for first, run in RUNS.items() for n, advance in enumerate(run.split(" "))}


class Line(NamedTuple):
    text: str
    width: float  # px


class Piece(NamedTuple):
    """What stays on one line if it can: a word, an ideograph, an emoji; or the spaces between."""

    characters: list[tuple[str, int]]
    width: int
    space: bool


@lru_cache(maxsize=256)  # a shape is measured and drawn, and a label measured for its box
def lines(text: str, size: float, w: float = 0.0) -> tuple[Line, ...]:
    """The text at `size` px in lines at most `w` px wide (0: as they are); a single character may be wider."""
    limit = (w + SLACK) * EM / size if w else float("inf")
    return tuple(Line(line, width * size / EM) for part in text.split("\n") for line, width in _wrapped(part, limit))


def advance(point: int) -> int:
    """The advance of a code point, in thousandths of the font size."""
    known = _FONT.get(point)
    return OTHERS[bisect_right(_FIRSTS, point) - 1][1] if known is None else known


def fitted(text: str, size: float, w: float) -> str:
    """As much of one line as is at most `w` px wide, with "…" for the rest."""
    limit = (w + SLACK) * EM / size
    width, fits = 0, ""
    for char, wide in _measured(text):
        width += wide
        if width > limit:
            return f"{fits}…"
        if width + advance(ELLIPSIS) <= limit:
            fits += char
    return text


def _wrapped(paragraph: str, limit: float) -> Iterator[tuple[str, int]]:
    line, width = "", 0
    gap, gap_width = "", 0
    for characters, piece_width, space in _pieces(paragraph):
        text = "".join([char for char, _ in characters])
        if space:
            gap, gap_width = text, piece_width
            continue
        if width + gap_width + piece_width <= limit:
            line, width = line + gap + text, width + gap_width + piece_width
        else:
            if line:
                yield line, width
            line, width = "", 0
            for char, wide in characters:
                if line and wide and width + wide > limit:
                    yield line, width
                    line, width = "", 0
                line, width = line + char, width + wide
        gap, gap_width = "", 0
    yield line, width


def _pieces(paragraph: str) -> Iterator[Piece]:
    characters: list[tuple[str, int]] = []
    width, sort = 0, ""
    for char, wide in _measured(paragraph):
        now = _sort(char, wide)
        broken = wide > 0 and len(characters) > 1 and characters[-1][0] in AFTER and char not in AFTER
        joins = not broken and (now != "single" if sort == now else wide == 0 and sort != "space")
        if characters and not joins:
            yield Piece(characters, width, sort == "space")
            characters, width = [], 0
        if not characters or wide:
            sort = now
        characters.append((char, wide))
        width += wide
    if characters:
        yield Piece(characters, width, sort == "space")


def _sort(char: str, wide: int) -> str:
    if char in " \t":
        return "space"
    return "word" if wide in (0, UNKNOWN) or ord(char) in _FONT else "single"


def _measured(text: str) -> Iterator[tuple[str, int]]:
    """Each character with its advance; an emoji that a joiner ties to the one before takes no room of its own."""
    before = 0
    for char in text:
        point = ord(char)
        wide = TAB if char == "\t" else advance(point)
        yield char, 0 if before == JOINER and wide in (EMOJI, IDEOGRAPH) else wide
        before = point
