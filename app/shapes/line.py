"""Lines and arrows, whose ends may be bound to other shapes."""

from dataclasses import dataclass

from app.shapes.fields import Binding
from app.shapes.shape import Shape


@dataclass(slots=True)
class Line(Shape):
    """A line or an arrow. `points` are packed (app/shapes/points.py); a bound end stores where it was last seen."""

    width: float
    points: str
    curved: bool
    dash: str
    start: str
    end: str
    from_: Binding | None
    to: Binding | None
    text: str
    size: float

    @property
    def bound(self) -> list[str]:
        """The shapes that its ends are bound to."""
        return [binding["id"] for binding in (self.from_, self.to) if binding]
