"""How wide the lines of a figure's label are: words stay whole where they can. The same as browser/kinds/room.ts."""

from collections.abc import Sequence
from functools import lru_cache
from math import inf, sqrt

from app.drawing.layout import LINE, SLACK, Line, lines, widest

PADDING, TIGHT = 8, 4  # px between a label and the sides, and where a word would else be broken
INK = 0.25  # of the font size: so much of a line is above and below what is seen of its letters
# How much of its box a label takes if it can. In an ellipse and a diamond a line has more room near the middle; in all
# other figures the declared box is all room.
ROOM = {"ellipse": 0.7071, "diamond": 0.5}
TRIES, LONGEST = 8, 300  # widths between the widest word and the figure's, for texts of so many characters


@lru_cache(maxsize=256)
def wrap_width(kind: str, w: float, h: float, text: str, size: float, align: str) -> float:
    """px. The usual width if its lines lie in the figure, else another at which they nearly do."""
    usual = max(w * ROOM.get(kind, 1.0) - 2 * PADDING, size)
    if not text or w <= 0:
        return usual
    whole = widest(text, size)
    tried = widths(kind, w, text, size, usual, whole)
    for padding, ink in ((PADDING, 0.0), (TIGHT, INK * size)):
        for width in tried:
            if needed(kind, w, lines(text, size, width), size, width, align, padding, ink) <= h + SLACK:
                return width
    heights = [needed(kind, w, lines(text, size, width), size, width, align, TIGHT, INK * size) for width in tried]
    if min(heights, default=inf) < inf:
        return tried[heights.index(min(heights))]
    return whole if usual + SLACK < whole <= w - 2 * TIGHT else usual


def widths(kind: str, w: float, text: str, size: float, usual: float, whole: float) -> list[float]:
    """At which no word is broken, the best first."""
    found = [usual] if whole <= usual + SLACK else []
    wide = w - 2 * (PADDING if whole <= w - 2 * PADDING else TIGHT)
    if kind not in ROOM or whole > wide or len(text) > LONGEST or size <= 0:
        return found
    return [*found, *[whole + (wide - whole) * n / (TRIES - 1) for n in range(TRIES - 1, -1, -1)]]


def needed(
    kind: str, w: float, laid: Sequence[Line], size: float, width: float, align: str, padding: float, ink: float
) -> float:
    """How high a figure of width `w` must be for these lines to lie within, in px."""
    most = 0.0
    for n, line in enumerate(laid):
        share = ((line.width if align == "center" else width) / 2 + padding) / (w / 2)
        if kind in ROOM and share >= 1:
            return inf
        away = max(abs(n - len(laid) / 2), abs(n + 1 - len(laid) / 2)) * LINE * size - ink + padding
        rest = {"ellipse": sqrt(max(0.0, 1 - share * share)), "diamond": 1 - share}.get(kind, 1.0)
        most = max(most, 2 * away / rest)
    return most
