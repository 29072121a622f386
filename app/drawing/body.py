"""The local box of each kind of shape, without its line's width, and its label. The same as in browser/kinds."""

from app.drawing.label import Label, label
from app.drawing.layout import LINE, fitted
from app.drawing.room import wrap_width
from app.shapes import Box, Figure, Frame, Line, Note, Shape, Stroke, Text
from app.shapes.declared import FIGURES
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
    w, h = (float(getattr(shape, name, 0)) for name in ("w", "h"))
    return 0.0, 0.0, w, h


def figure_label(shape: Figure) -> Label:
    """In the box that the declaration gives it, a part of the figure's."""
    left, top, right, bottom = FIGURES[shape.kind]["label"]
    left, right = (1 - right, 1 - left) if "x" in shape.flip else (left, right)
    top, bottom = (1 - bottom, 1 - top) if "y" in shape.flip else (top, bottom)
    wide, high = (right - left) * shape.w, (bottom - top) * shape.h
    w = wrap_width(shape.kind, wide, high, shape.text, shape.size, shape.align, shape.flip)
    start, middle = left * shape.w + (wide - w) / 2, top * shape.h + high / 2
    return label(shape.text, shape.size, shape.align, left=start, w=w, middle=middle)


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
