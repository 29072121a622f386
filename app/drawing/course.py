"""The course of a line through its points: straight, or a smooth curve. The same as browser/kinds/course.ts."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import sqrt

from app.drawing.boxes import around
from app.drawing.units import Point, twentieths
from app.shapes import Box

PIECES = 16  # of a curve between two points, to measure it


def distinct(points: Sequence[Point]) -> list[Point]:
    """Without those that lie on the one before."""
    kept = [points[0]]
    for point in points[1:]:
        if point != kept[-1]:
            kept.append(point)
    return kept


def controls(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    """The two inner controls of a cubic for each leg of a smooth curve through distinct points.

    In each point it has the direction of the parabola through it and its neighbours, with knots at the square roots of
    the distances, so it neither loops nor swings.
    """
    knots = [sqrt(_distance(start, end)) for start, end in pairwise(points)]
    xs = _inner([point.x for point in points], knots)
    ys = _inner([point.y for point in points], knots)
    return [(Point(x1, y1), Point(x2, y2)) for (x1, x2), (y1, y2) in zip(xs, ys, strict=True)]


def flattened(points: Sequence[Point], curved: bool) -> Sequence[Point]:
    """The course through distinct points as a polyline."""
    if not curved or len(points) < 3:
        return points
    line = [points[0]]
    for start, (first, second), end in zip(points, controls(points), points[1:], strict=False):
        for piece in range(1, PIECES + 1):
            t = piece / PIECES
            s = 1 - t
            a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
            x = a * start.x + b * first.x + c * second.x + d * end.x
            line.append(Point(x, a * start.y + b * first.y + c * second.y + d * end.y))
    return line


def extent(points: Sequence[Point], curved: bool) -> Box:
    """The box around the course through distinct points."""
    places = list(points)
    if curved and len(points) > 2:
        for start, (first, second), end in zip(points, controls(points), points[1:], strict=False):
            places += [Point(x, start.y) for x in _turns(start.x, first.x, second.x, end.x)]
            places += [Point(start.x, y) for y in _turns(start.y, first.y, second.y, end.y)]
    return around(places)


def length(line: Sequence[Point]) -> float:
    """Of a polyline."""
    total = 0.0
    for start, end in pairwise(line):
        total += _distance(start, end)
    return total


def along(line: Sequence[Point], far: float) -> Point:
    """The place so far along a polyline; its end if it is shorter."""
    left = far
    for start, end in pairwise(line):
        leg = _distance(start, end)
        if leg >= left and leg > 0:
            part = left / leg
            return Point(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part)
        left -= leg
    return line[-1]


def course_path(points: Sequence[Point], curved: bool, origin: tuple[int, int]) -> str:
    """The path through distinct points, in twentieths."""

    def written(*places: Point) -> str:
        return " ".join(f"{origin[0] + twentieths(x)} {origin[1] + twentieths(y)}" for x, y in places)

    start = f"M{written(points[0])}"
    if len(points) == 1:
        return f"{start}h0"
    if not curved or len(points) < 3:
        return f"{start}L{written(*points[1:])}"
    legs = zip(controls(points), points[1:], strict=True)
    return start + "".join([f"C{written(*inner, end)}" for inner, end in legs])


def _inner(values: Sequence[float], knots: Sequence[float]) -> list[tuple[float, float]]:
    """Of one axis, the two inner controls of each leg."""
    slopes = [(end - start) / knot for start, end, knot in zip(values, values[1:], knots, strict=False)]
    tangents = [
        (slopes[i - 1] * knots[i] + slopes[i] * knots[i - 1]) / (knots[i - 1] + knots[i]) for i in range(1, len(slopes))
    ]
    if tangents:
        tangents = [2 * slopes[0] - tangents[0], *tangents, 2 * slopes[-1] - tangents[-1]]
    else:
        tangents = [slopes[0], slopes[0]]
    return [
        (values[i] + (tangents[i] * knot) / 3, values[i + 1] - (tangents[i + 1] * knot) / 3)
        for i, knot in enumerate(knots)
    ]


def _turns(p0: float, p1: float, p2: float, p3: float) -> Iterator[float]:
    """Where a cubic turns back, on one axis."""
    a, b, c = p3 - p0 + 3 * (p1 - p2), 2 * (p0 - 2 * p1 + p2), p1 - p0
    root = sqrt(max(0.0, b * b - 4 * a * c))
    q = -(b + (-root if b < 0 else root)) / 2  # the form that loses no digits when a is small
    for over, under in ((q, a), (c, q)):
        t = over / under if under else 0.0
        if 0 < t < 1:
            yield (1 - t) ** 3 * p0 + 3 * (1 - t) ** 2 * t * p1 + 3 * (1 - t) * t**2 * p2 + t**3 * p3


def _distance(start: Point, end: Point) -> float:
    dx, dy = end.x - start.x, end.y - start.y
    return sqrt(dx * dx + dy * dy)
