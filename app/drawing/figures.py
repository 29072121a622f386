"""Closed figures, drawn from their outlines in shapes/kinds.json. The same as browser/kinds/figures.ts.

Only + - * / and roots, in one order: both sides get the same numbers to the last bit.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from app.drawing.units import Point, number, side
from app.shapes import Figure
from app.shapes.declared import FIGURES

PIECES = 12  # of a curve, for what is measured
CORNER = 4  # of the curve of a rounded corner
ICON = 17  # of 24: the larger side of a figure in an icon

PARTS = re.compile(r"([MLCZ])([^MLCZ]*)")


class Part(NamedTuple):
    """`M`, `L`, `C` or `Z` with its points in the unit box."""

    command: str
    points: tuple[Point, ...]


@lru_cache(maxsize=256)
def parts(path: str, flip: str = "") -> list[Part]:
    """`flip` is that of the figure."""
    found = [(command, [float(value) for value in text.split()]) for command, text in PARTS.findall(path)]
    return [Part(command, tuple(map(_flipped(flip), flat[::2], flat[1::2]))) for command, flat in found]


def _flipped(flip: str) -> Callable[[float, float], Point]:
    """Makes a place in the unit box as a mirror shows it."""
    return lambda x, y: Point(1 - x if "x" in flip else x, 1 - y if "y" in flip else y)


def path(figure: Figure, origin: tuple[int, int]) -> str:
    """Path data, in twentieths."""
    outline = parts(FIGURES[figure.kind]["outline"], figure.flip)
    w, h = side(figure.w), side(figure.h)
    details = _plain(parts(FIGURES[figure.kind].get("details", ""), figure.flip), origin, w, h)
    corners = _corners(outline)
    if not figure.radius or not corners:
        return _plain(outline, origin, w, h) + details
    return _rounded(_scaled(corners, w, h), 20 * figure.radius, origin) + details


def icon(kind: str) -> str:
    """Path data in a box of 24 by 24."""
    wide, high = FIGURES[kind].get("size", (160, 100))
    w, h = (ICON * side / max(wide, high) for side in (wide, high))
    outline, details = (parts(FIGURES[kind].get(name, "")) for name in ("outline", "details"))
    origin = (24 - w) / 2, (24 - h) / 2
    corners = _scaled(_corners(outline), w, h)
    return (_rounded(corners, 1, origin) if corners else _plain(outline, origin, w, h)) + _plain(details, origin, w, h)


@lru_cache(maxsize=256)
def polygon(kind: str, w: float, h: float, radius: float, flip: str = "") -> list[Point]:
    """The outline in straight pieces, in px from the shape's origin; it ends where it begins."""
    outline = parts(FIGURES[kind]["outline"], flip)
    corners = _corners(outline)
    if not radius or not corners:
        return _scaled(_flat(outline), w, h)
    ends = _scaled(corners, w, h)
    cuts = [_cut(ends, n, radius) for n in range(len(ends))]
    found: list[Point] = []
    for n in range(1, len(ends) + 1):
        start, end = _along(ends, n - 1, 1 - cuts[n - 1]), _along(ends, n, cuts[n % len(ends)])
        found += [_curve((start, ends[n % len(ends)], end), piece / CORNER) for piece in range(CORNER + 1)]
    return [*found, found[0]]


def _plain(outline: Sequence[Part], origin: tuple[float, float], w: float, h: float) -> str:
    return "".join(
        [part.command + " ".join([_at(place, origin) for place in _scaled(part.points, w, h)]) for part in outline]
    )


def _rounded(ends: Sequence[Point], radius: float, origin: tuple[float, float]) -> str:
    cuts = [_cut(ends, n, radius) for n in range(len(ends))]
    found = f"M{_at(_along(ends, 0, cuts[0]), origin)}"
    for n in range(1, len(ends) + 1):
        corner, end = ends[n % len(ends)], _along(ends, n, cuts[n % len(ends)])
        found += f"L{_at(_along(ends, n - 1, 1 - cuts[n - 1]), origin)}Q{_at(corner, origin)} {_at(end, origin)}"
    return f"{found}Z"


def _at(place: Point, origin: tuple[float, float]) -> str:
    return f"{number(origin[0] + place.x)} {number(origin[1] + place.y)}"


def _scaled(points: Sequence[Point], w: float, h: float) -> list[Point]:
    return [Point(x * w, y * h) for x, y in points]


def _corners(outline: Sequence[Part]) -> list[Point]:
    """Of a polygon; an outline with curves has none that are rounded."""
    curved = any(part.command == "C" for part in outline)
    return [] if curved else [place for part in outline for place in part.points]


def _cut(ends: Sequence[Point], n: int, radius: float) -> float:
    """How far from a corner its curve begins, as a share of the side that begins there."""
    a, b = ends[n], ends[(n + 1) % len(ends)]
    dx, dy = b.x - a.x, b.y - a.y
    length = sqrt(dx * dx + dy * dy)
    return min(0.5, radius / length) if length else 0.5


def _along(ends: Sequence[Point], n: int, part: float) -> Point:
    """On the way from corner n to the next."""
    a, b = ends[n % len(ends)], ends[(n + 1) % len(ends)]
    return Point(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part)


def _flat(outline: Sequence[Part]) -> list[Point]:
    """In the unit box."""
    found: list[Point] = []
    for command, points in outline:
        if command == "C":
            for n in range(0, len(points), 3):
                course = (found[-1], *points[n : n + 3])
                found += [_curve(course, piece / PIECES) for piece in range(1, PIECES + 1)]
        else:
            found += points or found[:1]
    return found


def _curve(course: Sequence[Point], t: float) -> Point:
    """The place on a Bézier curve, as de Casteljau finds it."""
    while len(course) > 1:
        course = [Point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t) for a, b in pairwise(course)]
    return course[0]
