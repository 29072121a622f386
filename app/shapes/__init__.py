"""Shapes: what the API takes and what the board keeps, with every limit. Pure. One file a kind, or a few alike."""

from collections.abc import Mapping
from typing import Any

from app.shapes.change import MAX_OPERATIONS, ChangeIn
from app.shapes.declared import FIGURES, LIMITS, PALETTE
from app.shapes.declared import KINDS as DECLARED
from app.shapes.fields import MAX_POINTS, Alt, Binding, Coordinate, Id
from app.shapes.figure import Figure
from app.shapes.frame import Frame
from app.shapes.image import Image
from app.shapes.line import Line
from app.shapes.record import record
from app.shapes.shape import Box, Find, Shape, form_of, unpacked
from app.shapes.stroke import Stroke
from app.shapes.text import Note, Text

__all__ = [
    "KINDS",
    "MAX_OPERATIONS",
    "MAX_POINTS",
    "MAX_SHAPES",
    "PALETTE",
    "Alt",
    "Binding",
    "Box",
    "ChangeIn",
    "Coordinate",
    "Figure",
    "Find",
    "Frame",
    "Id",
    "Image",
    "Line",
    "Note",
    "Shape",
    "Stroke",
    "Text",
    "form_of",
    "shape_of",
    "unpacked",
]

MAX_SHAPES = LIMITS["shapes"]  # live, of one board

_RECORDS: dict[str, type[Shape]] = {
    "stroke": Stroke,
    "line": Line,
    "arrow": Line,
    "text": Text,
    "note": Note,
    "frame": Frame,
    "image": Image,
    **dict.fromkeys(FIGURES, Figure),
}
KINDS = {kind: record(kind, _RECORDS.get(kind)) for kind in DECLARED}


def shape_of(wire: Mapping[str, Any]) -> Shape:
    """A shape as the relay reads it."""
    return KINDS[wire["kind"]].from_wire(wire)
