"""The course of a line without the part behind its label. The same as browser/kinds/gap.ts."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.drawing.course import PIECES, controls, flattened, length
from app.drawing.units import Point, twentieths


def cut_path(points: Sequence[Point], curved: bool, origin: tuple[int, int], gap: tuple[float, float]) -> str:
    """The path of the course without the gap, in twentieths."""
    far = length(flattened(points, curved))
    return "".join([_part(points, curved, origin, *ends) for ends in ((0.0, gap[0]), (gap[1], far))])


def _part(points: Sequence[Point], curved: bool, origin: tuple[int, int], start: float, end: float) -> str:
    path, passed = "", 0.0
    for leg in _legs(points, curved):
        flat = _flat(leg)
        far = length(flat)
        low, high = start - passed, end - passed
        passed += far
        if high <= 0 or low >= far:
            continue
        first, *rest = _between(leg, _share(flat, low), _share(flat, high))
        path = path or f"M{_written([first], origin)}"
        path += f"{'C' if len(leg) == 4 else 'L'}{_written(rest, origin)}"
    return path


def _legs(points: Sequence[Point], curved: bool) -> Iterator[tuple[Point, ...]]:
    """Each with its inner controls, if it has any."""
    if not curved or len(points) < 3:
        yield from pairwise(points)
        return
    for start, (first, second), end in zip(points, controls(points), points[1:], strict=False):
        yield start, first, second, end


def _flat(leg: Sequence[Point]) -> list[Point]:
    return [_blossom(leg, [n / PIECES] * 3) for n in range(PIECES + 1)] if len(leg) == 4 else list(leg)


def _share(flat: Sequence[Point], far: float) -> float:
    """How much of a leg's parameter is behind so many px of it."""
    passed = 0.0
    for n, (a, b) in enumerate(pairwise(flat)):
        step = length((a, b))
        if passed + step > far:
            return (n + max(0.0, far - passed) / step) / (len(flat) - 1)
        passed += step
    return 1.0


def _between(leg: Sequence[Point], low: float, high: float) -> list[Point]:
    """The part of a leg between two parameters."""
    if len(leg) == 2:
        return [_mixed(leg[0], leg[1], low), _mixed(leg[0], leg[1], high)]
    return [_blossom(leg, at) for at in ([low] * 3, [low, low, high], [low, high, high], [high] * 3)]


def _blossom(leg: Sequence[Point], at: Sequence[float]) -> Point:
    places = list(leg)
    for t in at:
        places = [_mixed(a, b, t) for a, b in pairwise(places)]
    return places[0]


def _mixed(a: Point, b: Point, t: float) -> Point:
    return Point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)


def _written(places: Sequence[Point], origin: tuple[int, int]) -> str:
    return " ".join([f"{origin[0] + twentieths(x)} {origin[1] + twentieths(y)}" for x, y in places])
