"""What `transform` says."""

import re
from math import radians, tan

from fontTools.misc.transform import Transform

from app.exchange.svg.lengths import UNITS, numbers

STEP = re.compile(r"(matrix|translate|translateX|translateY|scale|rotate|skewX|skewY)\s*\(([^()]*)\)", re.IGNORECASE)
TURNS = {"rad": 57.29577951308232, "turn": 360.0, "grad": 0.9}
NONE = Transform()


def transform(text: str | None) -> Transform:
    made = NONE
    for name, inside in STEP.findall(text or ""):
        made = made.transform(step(name.lower(), numbers(inside), inside))
    return made


def step(name: str, given: list[float], inside: str) -> Transform:
    """What it cannot be is no change."""
    a, b, c, *_ = [*given, 0.0, 0.0, 0.0]
    if not given:
        return NONE
    match name:
        case "matrix" if len(given) == 6:
            return Transform(*given)
        case "translate":
            unit = next((times for unit, times in UNITS.items() if unit and unit in inside), 1.0)
            return NONE.translate(a * unit, b * unit)
        case "translatex":
            return NONE.translate(a, 0)
        case "translatey":
            return NONE.translate(0, a)
        case "scale":
            return NONE.scale(a, b if len(given) > 1 else a)
        case "rotate":
            turn = radians(a * next((times for unit, times in TURNS.items() if unit in inside), 1.0))
            return NONE.translate(b, c).rotate(turn).translate(-b, -c)
        case "skewx" | "skewy":
            slant = tan(radians(a))
            return Transform(1, 0, slant, 1, 0, 0) if name == "skewx" else Transform(1, slant, 0, 1, 0, 0)
    return NONE


def scale_of(matrix: Transform) -> float:
    """How many times as wide a line becomes."""
    a, b, c, d, _, _ = matrix
    return float(abs(a * d - b * c) ** 0.5)
