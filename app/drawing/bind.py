"""Where the ends of a line are that are bound to shapes. The same as browser/kinds/bind.ts."""

from collections.abc import Collection
from dataclasses import replace
from math import sqrt
from typing import Any, NamedTuple

from app.drawing.body import body
from app.drawing.boxes import to_board, to_local
from app.drawing.outline import inside, way_outside
from app.drawing.units import Point
from app.shapes import Binding, Box, Find, Line, Shape
from app.shapes.points import pack, unpack

GAP = 4  # px between an arrow's end and the line of the shape


class Target(NamedTuple):
    shape: Shape
    box: Box
    anchor: Point  # in the line's px
    inner: Point  # the same in the shape's


def bound_points(line: Line, find: Find) -> list[Point]:
    """A line's points as they are seen, in its own px; where what it is bound to is missing the kept points hold.

    A bound end is on the way from its neighbour to the anchor, a little outside the shape.
    """
    flat = unpack(line.points)
    points = [Point(x, y) for x, y in zip(flat[::2], flat[1::2], strict=True)]
    if line.from_ is None and line.to is None:
        return points
    start, end = _target(line, line.from_, find), _target(line, line.to, find)
    if start:
        points[0] = start.anchor
    if end:
        points[-1] = end.anchor
    first = _stopped(line, start, points[1]) if start else points[0]
    last = _stopped(line, end, points[-2]) if end else points[-1]
    return [first, *points[1:-1], last]


def settled(line: Line, find: Find) -> Line:
    """The line with the points that are seen: those that it keeps are from when somebody last moved it by itself."""
    return (
        replace(line, points=pack([number for point in bound_points(line, find) for number in point]))
        if line.bound
        else line
    )


def loosened(line: Line, gone: Collection[str], find: Find) -> dict[str, Any]:
    """The patch, in the API's form, by which a line stays as it is seen when these shapes go."""
    loose = {name: None for name, end in (("from", line.from_), ("to", line.to)) if end and end["id"] in gone}
    return {"points": unpack(settled(line, find).points), **loose}


def _target(line: Line, binding: Binding | None, find: Find) -> Target | None:
    shape = find(binding["id"]) if binding else None
    if binding is None or shape is None or shape.id == line.id:
        return None
    left, top, right, bottom = box = body(shape)
    inner = Point(left + (right - left) * binding["at"][0], top + (bottom - top) * binding["at"][1])
    return Target(shape, box, to_local(line, to_board(shape, inner)), inner)


def _stopped(line: Line, target: Target, start: Point) -> Point:
    """Where the line stops on its way from a place to an anchor."""
    shape, box, anchor, inner = target
    before = to_local(shape, to_board(line, start))
    if inside(shape, box, before):
        return anchor
    outside = way_outside(shape, box, before, inner)
    dx, dy = anchor.x - start.x, anchor.y - start.y
    length = sqrt(dx * dx + dy * dy)
    gap = GAP + line.width / 2 + getattr(shape, "width", 0.0) / 2
    # No room for the gap: up to the outline itself.
    part = outside - gap / length if length * outside > gap else outside
    return Point(start.x + dx * part, start.y + dy * part)
