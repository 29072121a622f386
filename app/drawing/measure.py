"""The box on the board around all that is drawn of a shape. The same as in browser/kinds."""

from app.drawing import line
from app.drawing.body import body, figure_label, frame_title, note_label, text_label
from app.drawing.boxes import grown, on_board, union
from app.drawing.ink import most_radius
from app.shapes import Box, Figure, Find, Frame, Line, Note, Shape, Stroke, Text
from app.shapes.points import extent

FRAME_WIDTH = 1.5  # px


def bounds(shape: Shape, find: Find) -> Box:
    """left, top, right, bottom in board px."""
    return on_board(shape, ink(shape, find))


def ink(shape: Shape, find: Find) -> Box:
    """The local box around everything that is drawn."""
    match shape:
        case Stroke():
            half = most_radius(shape.width) if shape.pressures else shape.width / 2
            return grown(extent(shape.points), half)
        case Line():
            return line.ink(shape, find)
        case Figure():
            box = grown(body(shape), shape.width / 2)
            return union(box, figure_label(shape).box) if shape.text else box
        case Text():
            return union(body(shape), text_label(shape).box)
        case Note():
            return union(body(shape), note_label(shape).box)
        case Frame():
            box = grown(body(shape), FRAME_WIDTH / 2)
            return union(box, frame_title(shape).box) if shape.text else box
    return grown(body(shape), getattr(shape, "width", 0) / 2)
