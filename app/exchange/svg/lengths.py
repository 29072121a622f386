"""Lengths, places and the boxes that a drawing is seen through."""

import re
from collections.abc import Mapping
from math import isfinite
from typing import NamedTuple

from fontTools.misc.transform import Transform

UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}
FONT = {"em": 1.0, "rem": 1.0, "ex": 0.5, "ch": 0.5}
LENGTH = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z%]*)", re.IGNORECASE)
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
SHARES = {"min": 0.0, "mid": 0.5, "max": 1.0}
UNKNOWN = (300.0, 150.0)  # px, of a drawing that says nothing of its size, as browsers have it
MOST = 1e6  # px


class View(NamedTuple):
    """What per cent are of."""

    w: float
    h: float


def px(text: str | None, whole: float = 0.0, letters: float = 16.0, otherwise: float = 0.0) -> float:
    """`whole` is what per cent are of, `letters` the font's size."""
    found = LENGTH.match(text or "")
    if not found:
        return otherwise
    value, unit = float(found[1]), found[2].lower()
    times = whole / 100 if unit == "%" else FONT[unit] * letters if unit in FONT else UNITS.get(unit, 1.0)
    return value * times if isfinite(value) and abs(value * times) < MOST * 100 else otherwise


def numbers(text: str | None) -> list[float]:
    found = [float(value) for value in NUMBER.findall(text or "")]
    return [value for value in found if isfinite(value)]


def seen_through(given: Mapping[str, str], w: float, h: float) -> tuple[Transform, View]:
    """What a `viewBox` makes of what is inside, in a box so wide and high."""
    box = numbers(given.get("viewBox"))
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return Transform(), View(w, h)
    how = given.get("preserveAspectRatio", "xMidYMid").lower()
    across, down = w / box[2], h / box[3]
    if "none" not in how:
        across = down = max(across, down) if "slice" in how else min(across, down)
    share_x, share_y = (
        SHARES.get(found[1], 0.5) if (found := re.search(f"{axis}(min|mid|max)", how)) else 0.5 for axis in "xy"
    )
    moved = Transform().translate((w - box[2] * across) * share_x, (h - box[3] * down) * share_y)
    return moved.scale(across, down).translate(-box[0], -box[1]), View(box[2], box[3])


def size_of(given: Mapping[str, str]) -> View:
    """px, of the whole drawing."""
    box = numbers(given.get("viewBox"))
    wide, high = (box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else UNKNOWN
    w, h = (0.0 if "%" in given.get(side, "%") else px(given.get(side)) for side in ("width", "height"))
    if w <= 0 and h <= 0:
        w, h = wide, high
    return View(w if w > 0 else h * wide / high, h if h > 0 else w * high / wide)
