"""Ink whose width follows the pressure. The same as browser/kinds/ink.ts."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, pairwise, repeat
from math import sqrt
from typing import NamedTuple, TypeAlias

from perfect_freehand import get_stroke

from app.drawing.units import tenths, twentieths
from app.shapes import Stroke
from app.shapes.points import unpack, unpack_pressures

# What perfect-freehand is asked for, here and in the browser. The points are smooth already.
THINNING, SMOOTHING, STREAMLINE = 0.6, 0.5, 0.0

NEAR = 1  # tenths of a px: how far thinning may move the outline
STRAIGHT = 0.9  # the cosine of a turn that is no corner
MOST = 16  # points in a row that thinning leaves out

Place: TypeAlias = tuple[int, int]


class Outline(NamedTuple):
    """The edge of the ink, in twentieths of a px from the stroke's origin: where it begins, and how it goes on."""

    x: int
    y: int
    path: str


def most_radius(width: float) -> float:
    """px from a point to the edge of the ink, at full pressure; and what rounding adds."""
    return width * (0.5 + THINNING / 2) + 0.1


def outline_path(stroke: Stroke, origin: tuple[int, int]) -> str:
    x, y, path = outline(stroke.points, stroke.pressures, stroke.width)
    return f"M{origin[0] + x} {origin[1] + y}{path}".replace(" -", "-")


@lru_cache(maxsize=1024)  # *measured*: 600 points take 4 ms, and a stroke that only moves is drawn again
def outline(points: str, pressures: str, width: float) -> Outline:
    """Of packed points and pressures: a smooth line through the middles between the edge's points, as `path_data`'s."""
    flat = unpack(points)
    # Whatever got into the store: points that nobody said a pressure of have half of it.
    known = chain(unpack_pressures(pressures), repeat(0.5))
    pressed = list(zip(flat[::2], flat[1::2], known, strict=False))
    if len(set(zip(flat[::2], flat[1::2], strict=True))) == 1:
        return _dot(*pressed[0], width)
    edge = get_stroke(
        pressed,
        size=width,
        thinning=THINNING,
        smoothing=SMOOTHING,
        streamline=STREAMLINE,
        simulate_pressure=False,
        last=True,
    )
    kept = thinned([(tenths(x), tenths(y)) for x, y in edge])
    middles = [(a[0] + b[0], a[1] + b[1]) for a, b in pairwise([kept[-1], *kept, kept[0]])]
    (x, y), (to_x, to_y) = middles[0], middles[1]
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(middles[1:])]
    bend = f"q{2 * kept[0][0] - x} {2 * kept[0][1] - y} {to_x - x} {to_y - y}"
    return Outline(x, y, f"{bend}t{' '.join(steps)}z" if steps else f"{bend}z")


def thinned(edge: Sequence[Place]) -> list[Place]:
    """The closed edge without points that it passes within a tenth of a px anyway; corners keep their neighbours."""
    points = [point for before, point in pairwise([edge[-1], *edge]) if point != before] or [edge[0]]
    count = len(points)
    corner = [_corner(points[i - 1], points[i], points[(i + 1) % count]) for i in range(count)]
    kept = [points[0]]
    start = 0
    for i in range(1, count):
        end = (i + 1) % count
        needed = corner[i - 1] or corner[i] or corner[end] or i - start > MOST
        if needed or not _near(points[start], points[end], points[start + 1 : i + 1]):
            kept.append(points[i])
            start = i
    return kept


def _dot(x: float, y: float, pressure: float, width: float) -> Outline:
    radius = twentieths(width * (0.5 - THINNING * (0.5 - pressure)))
    arc = f"a{radius} {radius} 0 1 0"
    return Outline(twentieths(x) - radius, twentieths(y), f"{arc} {2 * radius} 0{arc} {-2 * radius} 0z")


def _corner(before: Place, point: Place, after: Place) -> bool:
    ax, ay, bx, by = point[0] - before[0], point[1] - before[1], after[0] - point[0], after[1] - point[1]
    return ax * bx + ay * by < STRAIGHT * sqrt((ax * ax + ay * ay) * (bx * bx + by * by))


def _near(start: Place, end: Place, between: Sequence[Place]) -> bool:
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = NEAR * sqrt(dx * dx + dy * dy)
    return all(abs((x - start[0]) * dy - (y - start[1]) * dx) <= far for x, y in between)
