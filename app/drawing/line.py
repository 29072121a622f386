"""What is drawn of a line or an arrow. The same as browser/kinds/line.ts."""

from typing import NamedTuple

from app.drawing.bind import bound_points
from app.drawing.boxes import around, grown, union
from app.drawing.caption import placed_label
from app.drawing.course import course_path, distinct, extent, flattened
from app.drawing.gap import cut_path
from app.drawing.heads import Heads, head_paths, head_places
from app.drawing.label import Label
from app.shapes import Box, Find, Line


class DrawnLine(NamedTuple):
    course: str
    heads: Heads
    label: Label


def drawn(line: Line, find: Find, origin: tuple[int, int]) -> DrawnLine:
    """Its paths, in twentieths, with the line's origin standing at `origin`."""
    points = distinct(bound_points(line, find))
    heads = head_paths(line, flattened(points, line.curved), origin)
    label, gap = placed_label(line, points)
    course = cut_path(points, line.curved, origin, gap) if gap else course_path(points, line.curved, origin)
    return DrawnLine(course, heads, label)


def ink(line: Line, find: Find) -> Box:
    """The local box around all of it."""
    points = distinct(bound_points(line, find))
    heads = head_places(line, flattened(points, line.curved))
    course = extent(points, line.curved)
    box = grown(union(course, around(heads)) if heads else course, line.width / 2)
    return union(box, placed_label(line, points).label.box) if line.text else box
