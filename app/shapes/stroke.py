"""Ink."""

from dataclasses import dataclass

from app.shapes.shape import Shape


@dataclass(slots=True)
class Stroke(Shape):
    """`points` and `pressures` are packed, see app/shapes/points.py; no pressures: the line is as wide everywhere."""

    width: float
    points: str
    pressures: str
