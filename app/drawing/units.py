"""Lengths in the markup of shapes: whole twentieths of a px, halves rounded up.

What was computed in two languages may differ in the last digit, and a half of the one not be a half of the other: hence
the little more.
"""

from functools import lru_cache
from math import floor
from typing import NamedTuple


class Point(NamedTuple):
    x: float
    y: float


HALF = 0.500001


def twentieths(px: float) -> int:
    return floor(20 * px + HALF)


def side(px: float) -> int:
    """A width or height in twentieths: a box without one would not be drawn."""
    return max(1, twentieths(px))


def tenths(px: float) -> int:
    return floor(10 * px + HALF)


@lru_cache(maxsize=1024)  # most strokes have one of few widths
def number(value: float) -> str:
    """At most hundredths, without trailing zeros: `12`, `0.5`."""
    hundredths = floor(100 * value + 0.5)
    return str(hundredths // 100) if hundredths % 100 == 0 else repr(hundredths / 100)
