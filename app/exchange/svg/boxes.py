"""Boxes, and places in them."""

from collections.abc import Sequence
from math import cos, hypot, sin
from typing import NamedTuple

from app.exchange.svg.outlines import Place


class Box(NamedTuple):
    x: float
    y: float
    w: float
    h: float


def near(place: Place, others: Sequence[Place], box: Box) -> float:
    """px to the nearest of them, all in the unit box."""
    return min(hypot((place[0] - x) * box.w, (place[1] - y) * box.h) for x, y in others)


def turned(place: Place, angle: float) -> Place:
    if not angle:
        return place
    c, s = cos(angle), sin(angle)
    return place[0] * c - place[1] * s, place[0] * s + place[1] * c


def box_of(points: Sequence[Place]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def area_of(points: Sequence[Place]) -> float:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2
