"""What is drawn of a line or an arrow. The same as static/js/kinds/line.js."""

from collections.abc import Sequence
from typing import NamedTuple

from app.geometry.bind import bound_points
from app.geometry.boxes import around, grown, union
from app.geometry.course import along, course_path, distinct, extent, flattened, length
from app.geometry.heads import Heads, head_paths, head_places
from app.geometry.label import Label, label
from app.geometry.units import Point
from app.shapes import Box, Find, Line

LETTERS = 12  # of a label's line, of its size each


class Drawn(NamedTuple):
    course: str
    heads: Heads
    label: Label


def drawn(line: Line, find: Find, origin: tuple[int, int]) -> Drawn:
    """Its paths, in twentieths, with the line's origin standing at `origin`."""
    points = distinct(bound_points(line, find))
    heads = head_paths(line, flattened(points, line.curved), origin)
    return Drawn(course_path(points, line.curved, origin), heads, _label(line, points))


def ink(line: Line, find: Find) -> Box:
    """The local box around all of it."""
    points = distinct(bound_points(line, find))
    heads = head_places(line, flattened(points, line.curved))
    course = extent(points, line.curved)
    box = grown(union(course, around(heads)) if heads else course, line.width / 2)
    return union(box, _label(line, points).box) if line.text else box


def _label(line: Line, points: Sequence[Point]) -> Label:
    flat = flattened(points, line.curved)
    x, y = along(flat, length(flat) / 2)
    w = LETTERS * line.size
    return label(line.text, line.size, "center", left=x - w / 2, w=w, middle=y)
