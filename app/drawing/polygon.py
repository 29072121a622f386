"""Places and polygons, which end where they begin. The same as browser/kinds/polygon.ts."""

from collections.abc import Sequence
from itertools import pairwise

from app.drawing.units import Point

NEAR = 1e-6  # px: so close to an outline is on it


def inside(outline: Sequence[Point], place: Point) -> bool:
    """Whether a place is in a polygon, or on it."""
    odd = False
    for a, b in pairwise(outline):
        if _away(a, b, place) <= NEAR * NEAR:
            return True
        if (a.y > place.y) != (b.y > place.y) and place.x < (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x:
            odd = not odd
    return odd


def first_crossing(outline: Sequence[Point], start: Point, end: Point) -> float:
    """How much of the way from a place outside is before the polygon: 0..1."""
    dx, dy = end.x - start.x, end.y - start.y
    first = 1.0
    for a, b in pairwise(outline):
        ex, ey = b.x - a.x, b.y - a.y
        across = dx * ey - dy * ex
        if across == 0:
            continue
        along = ((a.x - start.x) * ey - (a.y - start.y) * ex) / across
        part = ((a.x - start.x) * dy - (a.y - start.y) * dx) / across
        if 0 <= along < first and -NEAR <= part <= 1 + NEAR:
            first = along
    return first


def _away(a: Point, b: Point, place: Point) -> float:
    """The square of the distance from a segment."""
    ex, ey = b.x - a.x, b.y - a.y
    length = ex * ex + ey * ey
    along = ((place.x - a.x) * ex + (place.y - a.y) * ey) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    dx, dy = place.x - a.x - along * ex, place.y - a.y - along * ey
    return dx * dx + dy * dy
