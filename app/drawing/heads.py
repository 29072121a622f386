"""Heads of arrows, as paths. The same as browser/kinds/heads.ts."""

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from app.drawing.course import along, length
from app.drawing.units import Point, twentieths
from app.shapes import Line

LONG, LONGER, PART = 8, 3, 0.5  # how far it goes back from its tip: px, plus widths; at most this part of the line
COS, SIN = 0.9, 0.43589  # of the angle between a wing and the line
DOT = 0.3  # its radius, in lengths of a head
WINGS = ((COS, SIN), (0, 0), (COS, -SIN))
# Where the head of each sort reaches, in lengths of the head: back from the tip, and aside.
REACH = {
    "arrow": WINGS,
    "triangle": WINGS,
    "bar": ((0, SIN), (0, -SIN)),
    "dot": ((0, DOT), (2 * DOT, DOT), (2 * DOT, -DOT), (0, -DOT)),
}


class Heads(NamedTuple):
    open: str
    filled: str


class Head(NamedTuple):
    sort: str
    long: float  # px
    tip: Point
    back: Point  # towards the line, a head's length

    def place(self, far: float, aside: float) -> Point:
        (x, y), (dx, dy) = self.tip, self.back
        return Point(x + dx * far - dy * aside, y + dy * far + dx * aside)


def head_length(line: Line, far: float) -> float:
    """How far a head goes back from its tip, on a line so long, in px."""
    return min(LONG + LONGER * line.width, far * PART)


def head_places(line: Line, flat: Sequence[Point]) -> list[Point]:
    """Corners around both heads, in px."""
    return [head.place(*reach) for head in _heads(line, flat) for reach in REACH[head.sort]]


def head_paths(line: Line, flat: Sequence[Point], origin: tuple[int, int]) -> Heads:
    """The paths of both, in twentieths: those that are only lines, and those that are filled."""
    opened, filled = "", ""
    for head in _heads(line, flat):

        def at(far: float, aside: float, head: Head = head) -> str:
            x, y = head.place(far, aside)
            return f"{origin[0] + twentieths(x)} {origin[1] + twentieths(y)}"

        # Half a circle: too short a radius is made just long enough. A rounded one would bulge, by up to 0.9 px.
        arc = "A1 1 0 1 0 "
        match head.sort:
            case "dot":
                filled += f"M{at(0, 0)}{arc}{at(2 * DOT, 0)}{arc}{at(0, 0)}Z"
            case "bar":
                opened += f"M{at(0, SIN)}L{at(0, -SIN)}"
            case "triangle":
                filled += f"M{at(COS, SIN)}L{at(0, 0)} {at(COS, -SIN)}Z"
            case _:
                opened += f"M{at(COS, SIN)}L{at(0, 0)} {at(COS, -SIN)}"
    return Heads(opened, filled)


def _heads(line: Line, flat: Sequence[Point]) -> Iterator[Head]:
    long = head_length(line, length(flat))
    for sort, course in ((line.start, flat), (line.end, flat[::-1])):
        tip, back = course[0], along(course, long)
        dx, dy = back.x - tip.x, back.y - tip.y
        away = sqrt(dx * dx + dy * dy)
        if sort != "none" and away:
            yield Head(sort, long, tip, Point((dx * long) / away, (dy * long) / away))
