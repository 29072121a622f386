"""Where a line's label stands: in a gap of the line if enough of that is left, else beside it.

The same as browser/kinds/caption.ts. Only the line itself is left out behind a label: what lies below stays whole.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from app.drawing.course import along, flattened, length
from app.drawing.heads import SIN, head_length
from app.drawing.label import Label, label
from app.drawing.layout import widest
from app.drawing.units import Point
from app.shapes import Box, Line

LETTERS = 12  # of a label's line, of its size each
AROUND, BESIDE = 4, 4  # px: from a label to the line's ends at the gap, and to a line that it stands beside
REST = 8  # px of the line, besides a head, that a gap leaves on either side
UPRIGHT = 0.001  # a line that leans less has its label on the right, any other above
NEARLY = 1e-6


class Placed(NamedTuple):
    label: Label
    gap: tuple[float, float] | None  # how far along the line it begins and ends, in px


def placed_label(line: Line, points: Sequence[Point]) -> Placed:
    """The label of a line through these distinct points."""
    flat = flattened(points, line.curved)
    far = length(flat)
    middle = along(flat, far / 2)
    usual = LETTERS * line.size
    whole = min(widest(line.text, line.size), usual)
    rest = min(usual, max(whole, far - 2 * max(_ends(line, far)) - 2 * AROUND))
    tried = [_around(line, middle, width) for width in (usual, rest, whole)]
    if far == 0 or not tried[0].rows():
        return Placed(tried[0], None)
    for it in tried:
        gap = _gap(line, flat, far, middle, it.box)
        if gap:
            return Placed(it, gap)
    dx, dy = _direction(flat, far / 2)
    side = Point(dy, -dx) if dx > UPRIGHT or (dx >= -UPRIGHT and dy > 0) else Point(-dy, dx)
    lying = abs(dx) > abs(dy)
    width = min(usual, max(whole, far)) if lying else usual
    left, top, right, bottom = _around(line, middle, width).box
    away = (abs(side.x) * (right - left) + abs(side.y) * (bottom - top)) / 2 + line.width / 2
    away += max(BESIDE, 0.0 if line.start == line.end == "none" else SIN * head_length(line, far))  # past the wings
    return Placed(_around(line, Point(middle.x + side.x * away, middle.y + side.y * away), width), None)


def _around(line: Line, place: Point, w: float) -> Label:
    return label(line.text, line.size, "center", left=place.x - w / 2, w=w, middle=place.y)


def _gap(line: Line, flat: Sequence[Point], far: float, middle: Point, box: Box) -> tuple[float, float] | None:
    left, top, right, bottom = box
    wide = left - AROUND, top, right + AROUND, bottom
    before = far / 2 - _until_outside(_onward(flat[::-1], far / 2, middle), wide)
    behind = far / 2 - _until_outside(_onward(flat, far / 2, middle), wide)
    enough = _ends(line, far)
    if before + NEARLY < enough[0] or behind + NEARLY < enough[1]:
        return None
    return before, far - behind


def _ends(line: Line, far: float) -> list[float]:
    """How much of the line is to be seen before and behind its label, in px."""
    head = head_length(line, far)
    return [REST + (0.0 if end == "none" else head) for end in (line.start, line.end)]


def _onward(flat: Sequence[Point], start: float, place: Point) -> list[Point]:
    """The polyline from a place on it, so far from its beginning."""
    passed = 0.0
    for n, (a, b) in enumerate(pairwise(flat), start=1):
        passed += length((a, b))
        if passed >= start:
            return [place, *flat[n:]]
    return [place]


def _until_outside(flat: Sequence[Point], box: Box) -> float:
    """How far the polyline, which begins in the box, runs within it."""
    left, top, right, bottom = box
    passed = 0.0
    for a, b in pairwise(flat):
        far = length((a, b))
        if left <= b.x <= right and top <= b.y <= bottom:
            passed += far
            continue
        dx, dy = b.x - a.x, b.y - a.y
        across = ((right if dx > 0 else left) - a.x) / dx if dx else inf
        down = ((bottom if dy > 0 else top) - a.y) / dy if dy else inf
        return passed + min(across, down) * far
    return inf


def _direction(flat: Sequence[Point], start: float) -> Point:
    """Of the line so far from its beginning, 1 px long."""
    passed = 0.0
    for a, b in pairwise(flat):
        far = length((a, b))
        passed += far
        if passed >= start and far > 0:
            return Point((b.x - a.x) / far, (b.y - a.y) / far)
    return Point(1.0, 0.0)
