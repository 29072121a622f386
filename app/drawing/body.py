"""The local box of each kind of shape, without its line's width, and its label. The same as in browser/kinds."""

from app.drawing.label import Label, label
from app.drawing.layout import LINE, fitted
from app.drawing.room import wrap_width
from app.shapes import Box, Figure, Frame, Image, Line, Note, Shape, Stroke, Text
from app.shapes.points import extent

NOTE_PADDING = 16  # px between a label and the sides
TITLE, ABOVE = 16, 6  # px: a frame's title's letters, and from its line to the frame


def body(shape: Shape) -> Box:
    """Of lines and strokes the box around the points as they are kept."""
    match shape:
        case Stroke() | Line():
            return extent(shape.points)
        case Text():
            _, _, right, bottom = text_label(shape).box
            return 0.0, 0.0, shape.w or right, bottom
        case Note():
            return 0.0, 0.0, shape.w, note_height(shape)
        case Figure() | Frame() | Image():
            return 0.0, 0.0, shape.w, shape.h
    raise TypeError(shape.kind)


def figure_label(shape: Figure) -> Label:
    w = wrap_width(shape.kind, shape.w, shape.h, shape.text, shape.size, shape.align)
    return label(shape.text, shape.size, shape.align, left=(shape.w - w) / 2, w=w, middle=shape.h / 2)


def text_label(shape: Text) -> Label:
    return label(shape.text, shape.size, shape.align, w=shape.w)


def note_label(shape: Note) -> Label:
    w = _room(shape)
    return label(shape.text, shape.size, shape.align, left=(shape.w - w) / 2, w=w, middle=note_height(shape) / 2)


def note_height(shape: Note) -> float:
    """px, of what is drawn."""
    return max(shape.h, label(shape.text, shape.size, shape.align, w=_room(shape)).box[3] + 2 * NOTE_PADDING)


def frame_title(shape: Frame) -> Label:
    """On one line, no longer than the frame."""
    text = fitted(shape.text.replace("\n", " "), TITLE, shape.w)
    return label(text, TITLE, "left", w=0.0, middle=-ABOVE - (TITLE * LINE) / 2)


def _room(shape: Note) -> float:
    return max(shape.w - 2 * NOTE_PADDING, shape.size)
