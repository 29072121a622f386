"""Heads of arrows, as paths. The same as static/js/kinds/heads.js."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from app.geometry.course import along, length
from app.geometry.units import Point, twentieths
from app.shapes import Line

LONG, LONGER, PART = 8, 3, 0.5  # how far it goes back from its tip: px, plus widths; at most this part of the line
COS, SIN = 0.9, 0.43589  # of the angle between a wing and the line
FILLED = ("triangle", "dot")


class Heads(NamedTuple):
    open: str = ""
    filled: str = ""


def head_length(width: float, of_line: float) -> float:
    """px, of a head on a line of this width and length."""
    return min(LONG + LONGER * width, of_line * PART)


def head_paths(line: Line, flat: Sequence[Point], origin: tuple[int, int]) -> Heads:
    """The paths of both ends, in twentieths: those that are only lines, and those that are filled."""
    long = head_length(line.width, length(flat))
    if not long:
        return Heads()
    ends = (line.start, flat), (line.end, flat[::-1])
    drawn = [
        (head in ("triangle", "dot"), _head(head, course, long, origin)) for head, course in ends if head != "none"
    ]
    return Heads("".join([d for filled, d in drawn if not filled]), "".join([d for filled, d in drawn if filled]))


def _head(head: str, course: Sequence[Point], long: float, origin: tuple[int, int]) -> str:
    """The course begins at the tip."""
    x, y = course[0]
    back = along(course, long)
    away = sqrt((back.x - x) * (back.x - x) + (back.y - y) * (back.y - y))
    if not away:
        return ""
    # Towards the line, a head's length.
    dx, dy = ((back.x - x) * long) / away, ((back.y - y) * long) / away

    def place(far: float, aside: float) -> str:
        """Both in lengths of the head."""
        at_x, at_y = twentieths(x + dx * far - dy * aside), twentieths(y + dy * far + dx * aside)
        return f"{origin[0] + at_x} {origin[1] + at_y}"

    if head == "bar":
        return f"M{place(0, SIN)}L{place(0, -SIN)}"
    if head == "dot":
        radius = twentieths(long * 0.3)
        return f"M{place(0, 0)}A{radius} {radius} 0 1 0 {place(0.6, 0)}A{radius} {radius} 0 1 0 {place(0, 0)}Z"
    return f"M{place(COS, SIN)}L{place(0, 0)} {place(COS, -SIN)}{'Z' if head == 'triangle' else ''}"
