"""Texts as Excalidraw's elements: those on the board, and the labels of other shapes."""

from typing import Any

from app.drawing.bind import bound_points
from app.drawing.body import figure_label, note_label, text_label
from app.drawing.boxes import to_board
from app.drawing.caption import placed_label
from app.drawing.course import distinct
from app.drawing.label import Label
from app.drawing.layout import LINE
from app.drawing.units import Point
from app.exchange.excalidraw.declared import BOXES, ENTRY
from app.exchange.writing.paint import CLEAR, theirs
from app.shapes import Figure, Find, Line, Note, Shape, Text

FONT = 5  # Excalifont, which is drawn by hand as ours is


def text_of(shape: Text) -> dict[str, Any]:
    return {"containerId": None, "autoResize": not shape.w, **written(shape.text, text_label(shape), "top")}


def label_of(shape: Shape, element: dict[str, Any], find: Find) -> dict[str, Any] | None:
    """The label of a figure, a note or a line, whose element there is."""
    if not isinstance(shape, (Figure, Note, Line)) or not shape.text:
        return None
    found = laid_out(shape, find)
    left, top, right, bottom = found.box
    middle = to_board(shape, Point((left + right) / 2, (top + bottom) / 2))
    apart = isinstance(shape, Figure) and shape.kind not in BOXES
    return {
        "id": f"{shape.id}-label",
        **{"x": middle.x - (right - left) / 2, "y": middle.y - (bottom - top) / 2},
        **{"width": right - left, "height": bottom - top, "angle": 0 if isinstance(shape, Line) else shape.rotation},
        **{"strokeColor": theirs("black" if isinstance(shape, Note) else shape.color), "backgroundColor": CLEAR},
        **{"fillStyle": "solid", "strokeWidth": 2, "strokeStyle": "solid", "roughness": 0, "roundness": None},
        **{name: element[name] for name in ("opacity", "groupIds", "locked")},
        **{"containerId": None if apart else shape.id, "boundElements": [], "autoResize": True},
        **written(shape.text, found, "middle"),
        **({"customData": {ENTRY: {"labels": shape.id}}} if apart else {}),
    }


def laid_out(shape: Figure | Note | Line, find: Find) -> Label:
    match shape:
        case Figure():
            return figure_label(shape)
        case Note():
            return note_label(shape)
    return placed_label(shape, distinct(bound_points(shape, find))).label


def written(text: str, label: Label, vertical: str) -> dict[str, Any]:
    return {
        **{"type": "text", "text": "\n".join(line.text for line in label.lines), "originalText": text},
        **{"fontSize": label.size, "fontFamily": FONT, "lineHeight": LINE},
        **{"textAlign": label.align, "verticalAlign": vertical},
    }
