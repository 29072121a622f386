"""Lines that go on from each other are one. Some programs draw each side of a shape alone, and twice."""

from collections.abc import Iterable, Sequence
from math import hypot

from app.exchange.svg.outlines import Outline, Place

NEAR = 0.5  # px between an end and the next start
TWICE = 2.0  # px between the middles of two lines with the same ends


def chained(outlines: Sequence[Outline]) -> list[Outline]:
    found: list[Outline] = []
    for outline in without_twins(outlines):
        last = found[-1] if found else None
        if last and not last.closed and not outline.closed and apart(last.points[-1], outline.points[0]) <= NEAR:
            found[-1] = ended(Outline([*last.points, *outline.points[1:]], [], smooth=False))
        else:
            found.append(outline)
    return found


def ended(outline: Outline) -> Outline:
    """Closed if it comes back to where it began."""
    outline.closed = apart(outline.points[0], outline.points[-1]) <= NEAR
    return outline


def without_twins(outlines: Iterable[Outline]) -> list[Outline]:
    seen: dict[tuple[int, ...], list[Place]] = {}
    found = []
    for outline in outlines:
        key = tuple(sorted((round(x), round(y)) for x, y in (outline.points[0], outline.points[-1])))
        flat = tuple(value for place in key for value in place)
        middle = middle_of(outline)
        if any(apart(middle, other) <= TWICE for other in seen.setdefault(flat, [])):
            continue
        seen[flat].append(middle)
        found.append(outline)
    return found


def middle_of(outline: Outline) -> Place:
    left, top, right, bottom = outline.box
    return (left + right) / 2, (top + bottom) / 2


def apart(one: Place, other: Place) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
