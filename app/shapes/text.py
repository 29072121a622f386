"""Text: on the board itself, and on a sticky note."""

from dataclasses import dataclass
from typing import Literal

from app.shapes.fields import Align, Length, Size, Words
from app.shapes.shape import Shape, ShapeIn


class TextIn(ShapeIn):
    kind: Literal["text"]
    w: Length = 0.0
    text: Words
    size: Size = 24.0
    align: Align = "left"


class NoteIn(ShapeIn):
    kind: Literal["note"]
    w: Length = 200.0
    h: Length = 200.0
    text: Words = ""
    size: Size = 20.0
    align: Align = "center"


@dataclass(slots=True)
class Text(Shape):
    """`w` is where lines break, in px; 0: only where the text says so."""

    w: float
    text: str
    size: float
    align: Align


@dataclass(slots=True)
class Note(Shape):
    """A sheet of `w` by `h` px, higher if its text needs it."""

    w: float
    h: float
    text: str
    size: float
    align: Align
