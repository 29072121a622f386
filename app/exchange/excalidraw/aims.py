"""Where lines of older Excalidraw files aim: these say only to which shape an end is bound, and where it was seen."""

from collections.abc import Mapping
from math import cos, sin, sqrt
from typing import Any

from app.exchange.ground.values import between, number, table

Element = Mapping[str, Any]
GAP = 4.0  # px, if they do not say it
INSIDE = 1.0  # px: so far behind the outline


def aimed(element: Element, shape: dict[str, Any], by_id: Mapping[str, Element]) -> dict[str, Any]:
    """The line with its ends bound to where they point, a little inside of what they are bound to."""
    points = shape.get("points", [])
    if len(points) < 4:
        return shape
    ends = {"from": ("startBinding", points[0:2], points[2:4]), "to": ("endBinding", points[-2:], points[-4:-2])}
    for name, (theirs, end, before) in ends.items():
        bound, ours = table(element.get(theirs)), table(shape.get(name))
        holder = by_id.get(ours["id"]) if ours else None
        if holder is not None and not isinstance(bound.get("fixedPoint"), list):
            gap = between(0, number(bound.get("gap"), GAP), 100) + INSIDE
            dx, dy = end[0] - before[0], end[1] - before[1]
            length = sqrt(dx * dx + dy * dy) or 1.0
            x, y = number(element.get("x")) + end[0], number(element.get("y")) + end[1]
            shape[name] = {**ours, "at": fraction(holder, x + dx / length * gap, y + dy / length * gap)}
    return shape


def fraction(holder: Element, x: float, y: float) -> list[float]:
    """A place on the board in fractions of a shape's box, which may be turned about its middle."""
    w, h, angle = (number(holder.get(name)) for name in ("width", "height", "angle"))
    cx, cy = number(holder.get("x")) + w / 2, number(holder.get("y")) + h / 2
    dx, dy, c, s = x - cx, y - cy, cos(-angle), sin(-angle)
    u, v = (dx * c - dy * s) / w if w else 0.0, (dx * s + dy * c) / h if h else 0.0
    return [round(between(0, u + 0.5, 1), 4), round(between(0, v + 0.5, 1), 4)]
