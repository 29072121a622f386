"""Cylinders, such as those that stand for a database."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from app.drawing.figures import parts
from app.exchange.svg.boxes import Box, near
from app.exchange.svg.outlines import Place, on_curve
from app.shapes.declared import FIGURES

LID = 0.09  # of the height: lids are not all as high
LEAST = 8  # points of a cylinder
PIECES = 8  # of a curve or a side that points are compared with


def cylinder(points: Sequence[Place], box: Box) -> dict[str, Any] | None:
    """Many programs draw its lid in the same line."""
    declared = FIGURES["cylinder"]
    ours = [place for name in ("outline", "details") for place in course(declared[name])]
    places = [((x - box.x) / box.w, (y - box.y) / box.h) for x, y in points]
    apart = len(points) > LEAST and not any(y < 0.02 and x in (0, 1) for x, y in places)
    return {"kind": "cylinder"} if apart and all(near(one, ours, box) <= LID * box.h for one in places) else None


@cache
def course(path: str) -> list[Place]:
    """Places along an outline, in the unit box: no further apart than a lid may be away."""
    ends = flat_of(path)
    return [
        (a[0] + (b[0] - a[0]) * n / PIECES, a[1] + (b[1] - a[1]) * n / PIECES)
        for a, b in pairwise(ends)
        for n in range(PIECES)
    ]


def flat_of(path: str) -> list[Place]:
    """In straight pieces."""
    found: list[Place] = []
    for part in parts(path):
        if part.command == "C":
            for n in range(0, len(part.points), 3):
                first, second, end = part.points[n : n + 3]
                found += [on_curve(found[-1], first, second, end, piece / PIECES) for piece in range(1, PIECES + 1)]
        else:
            found += part.points or found[:1]
    return found
