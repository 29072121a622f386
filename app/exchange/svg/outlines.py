"""The lines that a part is made of, in px of the board: curves in straight pieces that stay within `TOLERANCE`."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from math import ceil, hypot, isfinite, sqrt

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path.parser import parse_path

from app.exchange.ground.drawing import Refused
from app.exchange.svg.parts import Part
from app.exchange.svg.paths import path_of

TOLERANCE = 0.1  # px, from a curve to its pieces
PIECES = 64  # of a curve, at most
MOST = 500_000  # points of a drawing
WIDE = 1e6  # px
SPACE = re.compile(r"[\s,]+")

Place = tuple[float, float]


@dataclass
class Outline:
    """`points` are where it goes. `knots` are fewer: a smooth line through them goes there too, if it is `smooth`."""

    points: list[Place] = field(default_factory=list)
    knots: list[Place] = field(default_factory=list)
    closed: bool = False
    smooth: bool = True

    def straight_to(self, place: Place) -> None:
        self.points.append(place)
        self.knots.append(place)
        self.smooth = False

    def curve_to(self, first: Place, second: Place, end: Place) -> None:
        start = self.points[-1]
        count = pieces(start, first, second, end)
        curve = [on_curve(start, first, second, end, n / count) for n in range(1, count)]
        self.points += [*curve, end]
        self.knots += [*curve[1::3], end]

    @property
    def box(self) -> tuple[float, float, float, float]:
        xs, ys = zip(*self.points, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


class Pen(BasePen):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.outlines: list[Outline] = []

    def _moveTo(self, place: Place) -> None:
        self.outlines.append(Outline([place], [place]))

    def _lineTo(self, place: Place) -> None:
        self.outlines[-1].straight_to(place)

    def _curveToOne(self, first: Place, second: Place, end: Place) -> None:
        self.outlines[-1].curve_to(first, second, end)

    def _closePath(self) -> None:
        outline = self.outlines[-1]
        outline.closed = True
        if outline.points[0] != outline.points[-1]:
            outline.straight_to(outline.points[0])


class Outlines:
    """Counts the points of all parts. Raises Refused for too many."""

    def __init__(self) -> None:
        self._points = 0

    def of(self, part: Part) -> list[Outline]:
        """Without those that have no length. Of a path with something wrong, what comes before that."""
        pen = Pen()
        with suppress(ValueError, IndexError, ArithmeticError, TypeError, AttributeError, AssertionError):
            parse_path(SPACE.sub(" ", path_of(part)), TransformPen(pen, part.matrix))
        found = [outline for outline in pen.outlines if sound(outline)]
        self._points += sum(len(outline.points) for outline in found)
        if self._points > MOST:
            raise Refused(f"This SVG drawing has more than {MOST:,} points: it can only be added as a picture.")
        return found


def sound(outline: Outline) -> bool:
    flat = [value for place in outline.points for value in place]
    return len(set(outline.points)) > 1 and all(isfinite(value) and abs(value) < WIDE for value in flat)


def pieces(a: Place, b: Place, c: Place, d: Place) -> int:
    bend = max(
        hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1]), hypot(b[0] - 2 * c[0] + d[0], b[1] - 2 * c[1] + d[1])
    )
    return min(PIECES, max(2, ceil(sqrt(6 * bend / (8 * TOLERANCE))))) if isfinite(bend) else 1


def on_curve(a: Place, b: Place, c: Place, d: Place, t: float) -> Place:
    s = 1 - t
    p, q, r, u = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
    return p * a[0] + q * b[0] + r * c[0] + u * d[0], p * a[1] + q * b[1] + r * c[1] + u * d[1]
