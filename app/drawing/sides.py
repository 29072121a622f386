"""The sides of figures that are convex and have straight ones. The same as browser/kinds/sides.ts."""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.drawing.figures import parts
from app.shapes.declared import FIGURES

NEARLY = 1e-9


class Side(NamedTuple):
    """A line of the figure reaches from -x to x, at y, if across * x + down * y <= most for every side.

    0, 0 is the middle of the label's box, whose corners are 1 away on both axes.
    """

    across: float
    down: float
    most: float


@lru_cache(maxsize=64)
def sides(kind: str) -> tuple[Side, ...]:
    """None of a figure with curves or notches, and of one that is all box."""
    left, top, right, bottom = FIGURES[kind]["label"]
    outline = parts(FIGURES[kind]["outline"])
    if any(part.command == "C" for part in outline) or (left, top, right, bottom) == (0, 0, 1, 1):
        return ()
    corners = [
        ((2 * x - left - right) / (right - left), (2 * y - top - bottom) / (bottom - top))
        for part in outline
        for x, y in part.points
    ]
    found = []
    for (x, y), (to_x, to_y) in pairwise([*corners, *corners[:1]]):
        dx, dy = to_x - x, to_y - y
        if any(dx * (one_y - y) - dy * (one_x - x) < -NEARLY for one_x, one_y in corners):
            return ()
        found.append(Side(abs(dy), -dx, dy * x - dx * y))
    return tuple(found)
