"""How lines are drawn, and what lies on a solid fill."""

from typing import Any

from app.exchange.ground.values import between
from app.exchange.svg.lengths import numbers, px
from app.exchange.svg.paint import OURS, Ink, channels
from app.exchange.svg.parts import Part
from app.exchange.svg.transforms import scale_of

DOT = 1.6  # times its line's width: a dash is no longer than that in a dotted line
NEAR = 2_000  # solid fills that are looked at below a shape

Shape = dict[str, Any]


def width(part: Part) -> float:
    return round(between(0.5, own_width(part) * scale_of(part.matrix), 64), 2)


def own_width(part: Part) -> float:
    return px(part.style.get("stroke-width"), part.view.w, otherwise=1.0)


def dash(part: Part) -> str:
    given = numbers(part.style.get("stroke-dasharray"))
    if not any(one > 0 for one in given):
        return "solid"
    return "dotted" if given[0] <= DOT * own_width(part) else "dashed"


def lightness(color: str) -> float:
    """0 to 1, of #rrggbb."""
    return sum(channels(color)) / 765 if color.startswith("#") else 0.0


class Fills:
    """The solid fills so far. What lies on the paper has our colours by name, which follow the theme; what lies on a
    fill keeps its own, as a dark line on white would else be white on white in the dark.
    """

    def __init__(self) -> None:
        self._boxes: list[tuple[float, float, float, float]] = []

    def add(self, shape: Shape) -> None:
        if shape.get("fill") == "solid":
            self._boxes.append((shape["x"], shape["y"], shape["x"] + shape["w"], shape["y"] + shape["h"]))

    def color(self, ink: Ink, shape: Shape) -> str:
        x, y = (float(shape[at]) + float(shape.get(side, 0)) / 2 for at, side in (("x", "w"), ("y", "h")))
        on_fill = any(a <= x <= c and b <= y <= d for a, b, c, d in self._boxes[-NEAR:])
        return ink.color if on_fill else OURS.get(ink.color, ink.color)
