"""Pictures that people bring."""

from dataclasses import dataclass

from app.shapes.shape import Shape


@dataclass(slots=True)
class Image(Shape):
    """`crop` is the part of the picture that is shown: left, top, right, bottom in fractions of it; None: all."""

    w: float
    h: float
    file: str
    alt: str
    crop: list[float] | None
    flip: str
