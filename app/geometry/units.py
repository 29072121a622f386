"""Lengths in the markup of shapes: whole twentieths of a px, halves rounded up."""

from math import floor
from typing import NamedTuple


class Point(NamedTuple):
    x: float
    y: float


def twentieths(px: float) -> int:
    return floor(20 * px + 0.5)


def number(value: float) -> str:
    """At most hundredths, without trailing zeros: `12`, `0.5`."""
    hundredths = floor(100 * value + 0.5)
    return str(hundredths // 100) if hundredths % 100 == 0 else repr(hundredths / 100)
