"""Pictures that people bring."""

from dataclasses import dataclass
from typing import Literal

from app.shapes.fields import Alt, Crop, Flip, Id, Length
from app.shapes.shape import Shape, ShapeIn


class ImageIn(ShapeIn):
    kind: Literal["image"]
    w: Length
    h: Length
    file: Id
    alt: Alt = ""
    crop: Crop | None = None
    flip: Flip = ""


@dataclass(slots=True)
class Image(Shape):
    """`crop` is the part of the picture that is shown: left, top, right, bottom in fractions of it; None: all."""

    w: float
    h: float
    file: str
    alt: str
    crop: list[float] | None
    flip: Flip
