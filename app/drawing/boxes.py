"""Boxes (left, top, right, bottom), and places turned about a shape's origin."""

from math import cos, sin

from app.drawing.units import Point
from app.shapes import Box, Shape


def grown(box: Box, by: float) -> Box:
    left, top, right, bottom = box
    return left - by, top - by, right + by, bottom + by


def union(one: Box, other: Box) -> Box:
    lefts, tops, rights, bottoms = zip(one, other, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def overlap(one: Box | None, other: Box) -> bool:
    """No box, of a shape that has gone, overlaps nothing."""
    return one is not None and one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def around(places: list[Point]) -> Box:
    xs, ys = zip(*places, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def to_local(shape: Shape, place: Point) -> Point:
    """A place on the board in the shape's own coordinates."""
    return _turned(Point(place.x - shape.x, place.y - shape.y), -shape.rotation)


def to_board(shape: Shape, place: Point) -> Point:
    x, y = _turned(place, shape.rotation)
    return Point(x + shape.x, y + shape.y)


def on_board(shape: Shape, box: Box) -> Box:
    """The box on the board around a local one."""
    left, top, right, bottom = box
    if not shape.rotation:
        return left + shape.x, top + shape.y, right + shape.x, bottom + shape.y
    corners = Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)
    return around([to_board(shape, corner) for corner in corners])


def _turned(place: Point, angle: float) -> Point:
    if not angle:
        return place
    x, y = place
    return Point(x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle))
