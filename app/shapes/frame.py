"""A part of the board with a title."""

from dataclasses import dataclass

from app.shapes.shape import Shape


@dataclass(slots=True)
class Frame(Shape):
    """`text` is its title."""

    w: float
    h: float
    text: str
