"""Where Excalidraw's elements are, and through which points they go."""

from collections.abc import Mapping
from math import cos, sin
from typing import Any

from app.exchange.excalidraw.declared import HEADS
from app.exchange.ground.points import extent, fewer, flat
from app.exchange.ground.values import between, number
from app.shapes.declared import FIGURES, LIMITS

Element = Mapping[str, Any]


def geometry(element: Element, kind: str) -> dict[str, Any]:
    """Theirs turn about their middle, ours about their origin."""
    x, y, w, h = (number(element.get(name)) for name in ("x", "y", "width", "height"))
    rotation, points = number(element.get("angle")), flat(element.get("points"))
    (left, right), (top, bottom) = extent(points, 0, w), extent(points, 1, h)
    if points and kind in FIGURES:  # a closed line of theirs that is a figure here
        x, y, w, h, points = x + left, y + top, right - left, bottom - top, []
        left, right, top, bottom = 0.0, w, 0.0, h
    cx, cy, c, s = (left + right) / 2, (top + bottom) / 2, cos(rotation), sin(rotation)
    place = {"x": round(x + cx - cx * c + cy * s, 2), "y": round(y + cy - cx * s - cy * c, 2), "rotation": rotation}
    if not points:
        return {**place, "w": round(abs(w), 2), "h": round(abs(h), 2)}
    if kind == "stroke":
        return {**place, **ink(element, points)}
    ends = {"start": head(element.get("startArrowhead")), "end": head(element.get("endArrowhead"))}
    bound = {"from": binding(element.get("startBinding")), "to": binding(element.get("endBinding"))}
    return {**place, **ends, **bound, "points": fewer(points, LIMITS["corners"])}


def ink(element: Element, points: list[float]) -> dict[str, Any]:
    """Pressures of a pen are kept; those that Excalidraw only pretends are none."""
    pressures = element.get("pressures")
    real = element.get("simulatePressure") is False
    if isinstance(pressures, list) and real and len(pressures) == len(points) // 2 <= LIMITS["pressed"]:
        found = [round(between(0, number(value, 0.5), 1), 2) for value in pressures]
        if len(set(found)) > 1:
            return {"points": points, "pressures": found}
    return {"points": fewer(points, LIMITS["points"])}


def head(value: Any) -> str:
    return HEADS.get(value, "arrow") if isinstance(value, str) else "none"


def binding(bound: Any) -> dict[str, Any] | None:
    """Their fixed point is a fraction of the box; older ones have none, and aim at the middle."""
    if not isinstance(bound, Mapping) or not isinstance(bound.get("elementId"), str):
        return None
    fixed = bound.get("fixedPoint")
    u, v = fixed if isinstance(fixed, list) and len(fixed) == 2 else (0.5, 0.5)
    return {"id": bound["elementId"], "at": [between(0, number(u, 0.5), 1), between(0, number(v, 0.5), 1)]}
