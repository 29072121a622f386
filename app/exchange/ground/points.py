"""Points of other programs' lines."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

from app.exchange.ground.values import number

TOLERANCE = 0.3  # px; twice as much until there are few enough points


def flat(points: Any) -> list[float]:
    """x, y, x, y in whole tenths; one point is there twice."""
    given = points if isinstance(points, list) else []
    values = [value for point in given if isinstance(point, list) and len(point) > 1 for value in point[:2]]
    plain = {*map(type, values)} <= {float, int} and all(map(isfinite, values))
    found = [round(float(value) if plain else number(value), 1) for value in values]
    return found * 2 if len(found) == 2 else found


def fewer(points: Sequence[float], most: int) -> list[float]:
    """The thinnest that looks the same and is no more than so many points."""
    places = list(zip(points[::2], points[1::2], strict=True))
    tolerance = TOLERANCE
    kept = places
    while len(kept) > most:
        kept, tolerance = simplified(places, tolerance), 2 * tolerance
    return [value for place in kept for value in place]


def simplified(places: Sequence[tuple[float, float]], tolerance: float) -> list[tuple[float, float]]:
    """Ramer, Douglas and Peucker's: without the points that lie so near the line between those that stay."""
    keep = {0, len(places) - 1}
    waiting = [(0, len(places) - 1)]
    while waiting:
        first, last = waiting.pop()
        (ax, ay), (bx, by) = places[first], places[last]
        dx, dy = bx - ax, by - ay
        length = (dx * dx + dy * dy) ** 0.5
        far, at = tolerance, 0
        for n in range(first + 1, last):
            x, y = places[n][0] - ax, places[n][1] - ay
            away = abs(dx * y - dy * x) / length if length else (x * x + y * y) ** 0.5
            if away > far:
                far, at = away, n
        if at:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [places[n] for n in sorted(keep)]


def extent(points: Sequence[float], axis: int, length: float) -> tuple[float, float]:
    """From where to where; without points it is as long as it says."""
    values = points[axis::2]
    return (min(values), max(values)) if values else (0.0, length)
