"""Text: on the board itself, and on a sticky note."""

from dataclasses import dataclass

from app.shapes.shape import Shape


@dataclass(slots=True)
class Text(Shape):
    """`w` is where lines break, in px; 0: only where the text says so."""

    w: float
    text: str
    size: float
    align: str


@dataclass(slots=True)
class Note(Shape):
    """A sheet of `w` by `h` px, higher if its text needs it."""

    w: float
    h: float
    text: str
    size: float
    align: str
