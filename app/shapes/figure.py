"""Closed figures, with a label inside."""

from dataclasses import dataclass

from app.shapes.shape import Shape


@dataclass(slots=True)
class Figure(Shape):
    """A closed figure in a box of `w` by `h` px from x, y; shapes/kinds.json has its outline.

    `fillColor` is the colour of its body; "": that of its line.
    `flip` mirrors the outline and not the label: "", "x", "y" or "xy".
    """

    w: float
    h: float
    width: float
    dash: str
    fill: str
    fillColor: str
    radius: float
    text: str
    size: float
    align: str
    flip: str
