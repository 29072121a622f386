"""Colours of fills and lines: each as #rrggbb with its opacity. A gradient is the middle of its colours."""

from collections import Counter
from typing import NamedTuple

from cssselect2 import ElementWrapper
from tinycss2.color4 import parse_color

from app.exchange.svg.parts import Part, Parts, href, share
from app.exchange.svg.styles import Style
from app.shapes import PALETTE

OURS = {light: name for name, (light, _) in PALETTE.items()} | {"#000000": "black"}
GRADIENTS = ("linearGradient", "radialGradient")
LINKS = 5  # gradients that are another's but for something


class Ink(NamedTuple):
    color: str
    opacity: float = 1.0


class Paint:
    def __init__(self, parts: Parts, lost: Counter[str]) -> None:
        self._parts, self._lost = parts, lost

    def of(self, part: Part, name: str) -> Ink | None:
        """`name` is `fill` or `stroke`. None for none, and for what cannot be seen."""
        value = part.style.get(name, "none").strip()
        found = self._linked(value, part.style) if value.lower().startswith("url(") else ink(value, part.style)
        if found is None:
            return None
        opacity = found.opacity * share(part.style.get(f"{name}-opacity")) * part.opacity
        return Ink(found.color, round(opacity, 3)) if opacity > 0.01 else None

    def _linked(self, value: str, style: Style) -> Ink | None:
        name, _, otherwise = value[4:].partition(")")
        element = self._parts.by_id.get(name.strip("\"' ").removeprefix("#"))
        if element is not None and element.local_name in GRADIENTS:
            self._lost["gradient"] += 1
            return self._middle(element, style)
        self._lost["pattern"] += element is not None
        return ink(otherwise.strip(), style)

    def _middle(self, gradient: ElementWrapper, style: Style, links: int = LINKS) -> Ink | None:
        stops = [one for one in gradient.iter_children() if one.local_name == "stop"]
        if not stops and links:
            other = self._parts.by_id.get(href(gradient.etree_element).removeprefix("#"))
            return self._middle(other, style, links - 1) if other is not None else None
        styles = [self._parts.style_of(stop, style) for stop in stops]
        inks = [(ink(one.get("stop-color", "black"), one), share(one.get("stop-opacity"))) for one in styles]
        seen = [(channels(one.color), one.opacity * opacity) for one, opacity in inks if one]
        if not seen:
            return None
        middle = [sum(parts) / len(seen) for parts in zip(*(color for color, _ in seen), strict=True)]
        return Ink(hex_of(middle), sum(opacity for _, opacity in seen) / len(seen))


def ink(value: str, style: Style) -> Ink | None:
    """Of a colour in CSS's words. None for none, and for what is no colour."""
    if value.lower() == "currentcolor":
        value = style.get("color", "black")
    found = parse_color(value)
    if found is None or isinstance(found, str):
        return None
    red, green, blue = found.to("srgb").coordinates
    return Ink(hex_of([255 * one for one in (red, green, blue)]), min(1.0, max(0.0, found.alpha)))


def channels(color: str) -> list[int]:
    return [int(color[at : at + 2], 16) for at in (1, 3, 5)]


def hex_of(values: list[float]) -> str:
    return "#" + "".join(f"{round(min(255, max(0, value))):02x}" for value in values)
