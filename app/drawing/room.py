"""How wide the lines of a figure's label are: words stay whole where they can. The same as browser/kinds/room.ts."""

from collections.abc import Sequence
from functools import lru_cache
from math import inf, sqrt

from app.drawing.layout import LINE, SLACK, lines, widest
from app.drawing.sides import Side, sides

PADDING, TIGHT = 8, 4  # px between a label and the sides, and where a word would else be broken
INK = 0.25  # of the font size: so much of a line is above and below what is seen of its letters
# How much of its box a label takes if it can. In an ellipse and a diamond a line has more room near the middle. In all
# other figures the declared box is all room; where that would break a word, a line may reach to their straight sides.
ROOM = {"ellipse": 0.7071, "diamond": 0.5}
TRIES, LONGEST = 8, 300  # widths between the widest word and the figure's, for texts of so many characters


@lru_cache(maxsize=256)
def wrap_width(kind: str, w: float, h: float, text: str, size: float, align: str, flip: str = "") -> float:
    """px. The usual width if its lines lie in a figure of this size, else another at which they nearly do."""
    usual = max(w * ROOM.get(kind, 1.0) - 2 * PADDING, size)
    if not text or w <= 0:
        return usual
    whole = widest(text, size)
    bounds = sides(kind) if whole > usual + SLACK else ()
    tried = widths(kind, w, text, size, usual, whole)

    def height(width: float, padding: float, ink: float) -> float:
        laid = lines(text, size, width)
        shares = [((line.width if align == "center" else width) / 2 + padding) / (w / 2) for line in laid]
        if bounds:
            return needed_within(bounds, shares, size, padding, ink, "y" in flip)
        return needed(kind, shares, size, padding, ink)

    for padding, ink in ((PADDING, 0.0), (TIGHT, INK * size)):
        for width in tried:
            if height(width, padding, ink) <= h + SLACK:
                return width
    heights = [height(width, TIGHT, INK * size) for width in tried]
    if min(heights, default=inf) < inf:
        return tried[heights.index(min(heights))]
    return whole if usual + SLACK < whole <= w - 2 * TIGHT else usual


def widths(kind: str, w: float, text: str, size: float, usual: float, whole: float) -> list[float]:
    """At which no word is broken, the best first."""
    found = [usual] if whole <= usual + SLACK else []
    most = widest_share(kind, not found) * w
    wide = most - 2 * (PADDING if whole <= most - 2 * PADDING else TIGHT)
    if whole > wide or len(text) > LONGEST or size <= 0:
        return found
    return [*found, *[whole + (wide - whole) * n / (TRIES - 1) for n in range(TRIES - 1, -1, -1)]]


def widest_share(kind: str, breaks: bool) -> float:
    """How wide a line in the middle may be, of the box's width; 0 if other widths than the usual are no use."""
    if kind in ROOM:
        return 1.0
    return min([most / across for across, _, most in sides(kind) if breaks and across > 0], default=0.0)


def needed_within(
    bounds: Sequence[Side], shares: Sequence[float], size: float, padding: float, ink: float, upside_down: bool
) -> float:
    """How high the label's box must be for lines with these shares of its width to lie within these sides, in px."""
    tallest = 0.0
    for n, share in enumerate(shares):
        above = (n - len(shares) / 2) * LINE * size + ink - padding
        below = (n + 1 - len(shares) / 2) * LINE * size - ink + padding
        for across, down, most in bounds:
            rest = most - across * share
            if rest <= 0:
                return inf
            slope = -down if upside_down else down
            tallest = max(tallest, 2 * slope * (below if slope > 0 else above) / rest)
    return tallest


def needed(kind: str, shares: Sequence[float], size: float, padding: float, ink: float) -> float:
    """How high a figure must be for lines with these shares of its width to lie within, in px."""
    most = 0.0
    for n, share in enumerate(shares):
        if kind in ROOM and share >= 1:
            return inf
        away = max(abs(n - len(shares) / 2), abs(n + 1 - len(shares) / 2)) * LINE * size - ink + padding
        rest = {"ellipse": sqrt(max(0.0, 1 - share * share)), "diamond": 1 - share}.get(kind, 1.0)
        most = max(most, 2 * away / rest)
    return most
