"""A shape's points in their three forms, and a stroke's pressures in their two. Pure.

- the API's: `[x0, y0, x1, y1, …]`, floats in board px;
- packed, as stored: `"0 0 12 -3"`, tenths of a px, the first pair absolute, the rest steps between points; pressures
  are whole hundredths, `"50 52"`;
- SVG path data, in twentieths of a px, drawn under `scale(.05)`: exact, for no number in it is ever rounded.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from operator import add, sub

import orjson


def pack(points: Sequence[float]) -> str:
    """`[0, 0, 1.2, -0.3]` -> `"0 0 12 -3"`."""
    tenths = [round(value * 10) for value in points]
    return _spaced([*tenths[:2], *map(sub, tenths[2:], tenths)])


def unpack(packed: str) -> list[float]:
    """`"0 0 12 -3"` -> `[0.0, 0.0, 1.2, -0.3]`."""
    xs, ys = absolute(packed)
    return [value / 10 for pair in zip(xs, ys, strict=True) for value in pair]


def pack_pressures(pressures: Sequence[float]) -> str:
    """`[0.5, 0.52]` -> `"50 52"`."""
    return _spaced([round(value * 100) for value in pressures])


def unpack_pressures(packed: str) -> list[float]:
    """`"50 52"` -> `[0.5, 0.52]`."""
    return [value / 100 for value in _numbers(packed)] if packed else []


def extent(packed: str) -> tuple[float, float, float, float]:
    """left, top, right, bottom of the points in px, relative to the shape's origin."""
    xs, ys = absolute(packed)
    return min(xs) / 10, min(ys) / 10, max(xs) / 10, max(ys) / 10


def path_data(packed: str, x: int = 0, y: int = 0) -> str:
    """SVG path data through the points' midpoints, in twentieths of a px: `M0 0l12-3q12-3 17 1l5 4`.

    `x, y` is where the points' origin stands, in twentieths too.

    With d_i the step from point i to the next, the path is M 2p₀ l d₀ q d₀ d₀+d₁ t d₁+d₂ … l d_last: each `t`
    ends on the next midpoint, and reflecting its control point about the last one gives the point between.
    """
    numbers = _numbers(packed)
    start = f"M{2 * numbers[0] + x} {2 * numbers[1] + y}"
    if len(numbers) == 2:
        path = f"{start}h0"
    elif len(numbers) == 4:
        path = f"{start}l{2 * numbers[2]} {2 * numbers[3]}"
    else:
        first, last = f"{numbers[2]} {numbers[3]}", f"{numbers[-2]} {numbers[-1]}"
        to_x, to_y, *rest = _spaced(list(map(add, numbers[2:], numbers[4:]))).split(" ", 2)
        path = f"{start}l{first}q{first} {to_x} {to_y}{'t' if rest else ''}{''.join(rest)}l{last}"
    return path.replace(" -", "-")


@lru_cache(maxsize=64)  # a board that opens draws and measures a batch, one after the other
def _numbers(packed: str) -> list[int]:
    # orjson reads and writes runs of integers 3.4 times faster than split, map(int), map(str) and join.
    numbers: list[int] = orjson.loads(f"[{packed.replace(' ', ',')}]")
    return numbers


def _spaced(numbers: list[int]) -> str:
    return orjson.dumps(numbers)[1:-1].decode().replace(",", " ")


def absolute(packed: str) -> tuple[list[int], list[int]]:
    """The points' x and y in tenths, relative to the shape's origin."""
    numbers = _numbers(packed)
    return list(accumulate(numbers[::2])), list(accumulate(numbers[1::2]))
