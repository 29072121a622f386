"""Outlines as our lines: smooth where a smooth line of ours goes the same way, else straight from point to point."""

from collections.abc import Sequence
from math import hypot
from typing import Any

from app.drawing.course import distinct, flattened
from app.drawing.units import Point
from app.exchange.ground.points import TOLERANCE, fewer, simplified
from app.exchange.svg.outlines import Outline, Place
from app.shapes.declared import LIMITS

NEAR = 0.6  # px that a smooth line may be away from the curve
KNOTS = 40  # of a smooth line: comparing it takes the square of that


def line(outline: Outline) -> dict[str, Any]:
    """A line, or ink where a line cannot have so many points."""
    if outline.smooth and 2 < len(outline.knots) <= KNOTS and goes_with(outline):
        return placed("line", outline.knots) | {"curved": True}
    points = simplified(outline.points, TOLERANCE)
    return placed("line" if len(points) <= LIMITS["corners"] else "stroke", points)


def placed(kind: str, points: Sequence[Place]) -> dict[str, Any]:
    (x, y), *_ = points
    flat = [round(value, 1) for place in points for value in (place[0] - x, place[1] - y)]
    return {"kind": kind, "x": round(x, 2), "y": round(y, 2), "points": fewer(flat, LIMITS["points"])}


def goes_with(outline: Outline) -> bool:
    """Whether the smooth line through the knots stays near the curve."""
    course = flattened(distinct([Point(*place) for place in outline.knots]), True)
    return all(away(place, course) <= NEAR for place in outline.points)


def away(place: Place, course: Sequence[Place]) -> float:
    """px from the pieces of a line, as if each were as long as it takes."""
    least = min(range(len(course)), key=lambda n: (course[n][0] - place[0]) ** 2 + (course[n][1] - place[1]) ** 2)
    found = hypot(course[least][0] - place[0], course[least][1] - place[1])
    for a, b in zip(course[max(0, least - 1) : least + 1], course[max(0, least - 1) + 1 : least + 2], strict=False):
        dx, dy = b[0] - a[0], b[1] - a[1]
        length = hypot(dx, dy)
        if length:
            along = min(1.0, max(0.0, ((place[0] - a[0]) * dx + (place[1] - a[1]) * dy) / length / length))
            found = min(found, hypot(place[0] - a[0] - along * dx, place[1] - a[1] - along * dy))
    return found
