"""Ink."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from app.shapes.fields import MAX_PRESSED, Points, Pressures, Width
from app.shapes.shape import Shape, ShapeIn


def _one_a_point(pressures: list[float], info: ValidationInfo) -> list[float]:
    points = len(info.data.get("points", ())) // 2
    if not points or len(pressures) in (0, points):
        return pressures
    raise PydanticCustomError(
        "pressures",
        "must be none, or one a point of at most {limit} points: {count} for {points} points",
        {"count": len(pressures), "points": points, "limit": MAX_PRESSED},
    )


class StrokeIn(ShapeIn):
    kind: Literal["stroke"]
    width: Width = 4.0
    points: Points
    pressures: Annotated[Pressures, AfterValidator(_one_a_point)] = Field([])


@dataclass(slots=True)
class Stroke(Shape):
    """`points` and `pressures` are packed, see app/shapes/points.py; no pressures: the line is as wide everywhere."""

    width: float
    points: str
    pressures: str
