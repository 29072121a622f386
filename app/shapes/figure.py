"""Rectangles, ellipses and diamonds, with a label inside."""

from dataclasses import dataclass
from typing import Literal

from app.shapes.fields import Align, Dash, Fill, FillColor, Length, Radius, Size, Width, Words
from app.shapes.shape import Shape, ShapeIn


class FigureIn(ShapeIn):
    kind: Literal["ellipse", "diamond"]
    w: Length
    h: Length
    width: Width = 4.0
    dash: Dash = "solid"
    fill: Fill = "none"
    fillColor: FillColor = ""
    radius: Radius = 0.0
    text: Words = ""
    size: Size = 20.0
    align: Align = "center"


class RectangleIn(FigureIn):
    kind: Literal["rectangle"]  # type: ignore[assignment]
    radius: Radius = 12.0


@dataclass(slots=True)
class Figure(Shape):
    """A rectangle, an ellipse or a diamond, of `w` by `h` px from x, y.

    `fillColor` is the colour of its body; "": that of its line.
    """

    w: float
    h: float
    width: float
    dash: Dash
    fill: Fill
    fillColor: str
    radius: float
    text: str
    size: float
    align: Align
