"""Text in lines, by a table of our own: the same as browser/text/layout.ts, whatever fonts a machine has."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from app.drawing.advances import RUNS
from app.drawing.breaking import clusters, opportunities

LINE = 1.25  # of the font size, from one line to the next
BASELINE = 0.975  # from a line's top: what CSS makes of the font's ascent 1.02 and descent 0.32
SLACK = 0.01  # px: widths are kept in hundredths

EM = 1000  # advances are in thousandths of the font size
UNKNOWN, IDEOGRAPH, EMOJI, TAB = 600, 1000, 1250, 2000
JOINER, SOFT = "\u200d", "\u00ad"  # what ties an emoji to the next, and a hyphen that only the end of a line shows
HYPHEN, ELLIPSIS = 0x2D, 0x2026
SPACES = " \t"

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


class _Advances(dict[str, int]):
    """By character, in thousandths of the font size; those that were asked for are kept."""

    def __missing__(self, char: str) -> int:
        self[char] = TAB if char == "\t" else advance(ord(char))
        return self[char]


_ADVANCES = _Advances()


class Word(NamedTuple):
    """What stays on one line if it can, in the parts that soft hyphens leave; and the spaces behind it."""

    parts: list[tuple[str, int]]
    gap: str
    gap_width: int


@lru_cache(maxsize=256)  # a shape is measured and drawn, and a label measured for its box
def lines(text: str, size: float, w: float = 0.0) -> tuple[Line, ...]:
    """The text at `size` px in lines at most `w` px wide (0: as they are); a single cluster may be wider."""
    limit = (w + SLACK) * EM / size if w else float("inf")
    return tuple(Line(line, width * size / EM) for part in text.split("\n") for line, width in _wrapped(part, limit))


def advance(point: int) -> int:
    """The advance of a code point, in thousandths of the font size."""
    known = _FONT.get(point)
    return OTHERS[bisect_right(_FIRSTS, point) - 1][1] if known is None else known


def widest(text: str, size: float) -> float:
    """px: the narrowest lines in which no word is broken."""
    return max([width for part in text.split("\n") for word in _words(part) for _, width in word.parts]) * size / EM


def fitted(text: str, size: float, w: float) -> str:
    """As much of one line as is at most `w` px wide, with "…" for the rest."""
    limit = (w + SLACK) * EM / size
    width, fits = 0, ""
    for cluster in clusters(text):
        width += sum(_measured(cluster))
        if width > limit:
            return f"{fits}…"
        if width + advance(ELLIPSIS) <= limit:
            fits += cluster
    return text


def _wrapped(paragraph: str, limit: float) -> Iterator[tuple[str, int]]:
    whole = paragraph.rstrip(SPACES)
    width = sum(_measured(whole))
    if width <= limit:
        yield whole, width
        return
    line, width, gap, gap_width = "", 0, "", 0
    for word in _words(paragraph):
        parts = word.parts
        together = sum([wide for _, wide in parts])
        if width + gap_width + together <= limit:
            parts = [("".join([text for text, _ in parts]), together)]
        for n, (text, wide) in enumerate(parts):
            hyphen = 0 if n == len(parts) - 1 else advance(HYPHEN)
            if width + gap_width + wide + hyphen <= limit:
                line, width = line + gap + text, width + gap_width + wide
            else:
                if line:
                    yield _hyphenated(line, width, limit)
                line, width = "", 0
                for cluster in [text] if wide <= limit else clusters(text):
                    more = sum(_measured(cluster))
                    if line and more and width + more > limit:
                        yield line, width
                        line, width = "", 0
                    line, width = line + cluster, width + more
            gap, gap_width = "", 0
        gap, gap_width = word.gap, word.gap_width
    yield line, width


def _hyphenated(line: str, width: int, limit: float) -> tuple[str, int]:
    """A soft hyphen at the end of a line is seen. A line without room for it was broken between any two clusters."""
    wide = advance(HYPHEN)
    return (line[:-1] + chr(HYPHEN), width + wide) if line[-1] == SOFT and width + wide <= limit else (line, width)


def _words(paragraph: str) -> Iterator[Word]:
    places = [0, *opportunities(paragraph), len(paragraph)]
    sums = [0, *accumulate(_measured(paragraph))]
    parts: list[tuple[str, int]] = []
    for start, end in pairwise(places):
        text = paragraph[start:end].rstrip(SPACES)
        ink = start + len(text)
        parts.append((text, sums[ink] - sums[start]))
        if ink < end or end == len(paragraph) or paragraph[end - 1] != SOFT:
            yield Word(parts, paragraph[ink:end], sums[end] - sums[ink])
            parts = []


def _measured(text: str) -> list[int]:
    """The advance of each character; an emoji that a joiner ties to the one before takes no room of its own."""
    found = [_ADVANCES[char] for char in text]
    if JOINER in text:
        for n in range(1, len(text)):
            if text[n - 1] == JOINER and found[n] in (EMOJI, IDEOGRAPH):
                found[n] = 0
    return found
