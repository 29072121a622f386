"""Lines and arrows, whose ends may be bound to other shapes."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from app.shapes.fields import Binding, Corners, Dash, End, Size, Width, Words
from app.shapes.shape import Shape, ShapeIn


class LineIn(ShapeIn):
    kind: Literal["line"]
    width: Width = 4.0
    points: Corners
    curved: bool = False
    dash: Dash = "solid"
    start: End = "none"
    end: End = "none"
    from_: Binding | None = Field(None, alias="from")
    to: Binding | None = None
    text: Words = ""
    size: Size = 20.0


class ArrowIn(LineIn):
    kind: Literal["arrow"]  # type: ignore[assignment]
    end: End = "arrow"


@dataclass(slots=True)
class Line(Shape):
    """A line or an arrow. `points` are packed (app/shapes/points.py); a bound end stores where it was last seen."""

    width: float
    points: str
    curved: bool
    dash: Dash
    start: End
    end: End
    from_: Binding | None
    to: Binding | None
    text: str
    size: float

    @property
    def bound(self) -> list[str]:
        """The shapes that its ends are bound to."""
        return [binding["id"] for binding in (self.from_, self.to) if binding]
