"""A part of the board with a title."""

from dataclasses import dataclass
from typing import Literal

from app.shapes.fields import Heading, Length, Z
from app.shapes.shape import Shape, ShapeIn


class FrameIn(ShapeIn):
    kind: Literal["frame"]
    z: Z | None = "back"
    w: Length
    h: Length
    text: Heading = ""


@dataclass(slots=True)
class Frame(Shape):
    """`text` is its title."""

    w: float
    h: float
    text: str
