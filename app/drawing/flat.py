"""A drawing in plain colours, for programs that know little of CSS: every one that draws SVG shows the same."""

import re

from app.drawing.contrast import shade_of
from app.drawing.looks import look
from app.shapes import PALETTE

# What templates/shapes writes. Text cannot look like it: of attributes only data-shape has quotation marks inside.
TOKEN = re.compile(
    r" data-shape='[^']*'"
    r'|<g id="(?P<id>[^"]+)" (?:class="(?P<hue>\w+)"|color="(?P<custom>#\w+)")'
    r'|class="(?P<part>[\w -]+)"(?: color="(?P<other>#\w+)")?'
)


def flat(elements: str, theme: int) -> str:
    """The elements of whole shapes, without classes and data-shape. `theme` is 0 in light, 1 in dark."""
    color = "black"

    def plain(found: re.Match[str]) -> str:
        nonlocal color
        if found["id"]:
            color = found["hue"] or found["custom"]
            return f'<g id="{found["id"]}" color="{shade_of(color, theme)}"'
        part = found["part"]
        if part is None:
            return ""
        if part in PALETTE:
            return f'stroke="{shade_of(part, theme)}"'
        if part.startswith("body"):
            return body(part.split()[1:], found["other"])
        return f'style="{look(part, color, theme)}"'

    def body(names: list[str], custom: str | None) -> str:
        own = custom or names[-1]
        fill = f"{look('tint', own, theme)};" if "tint" in names else ""
        return f'color="{shade_of(own, theme)}" style="{fill}stroke:none"'

    return TOKEN.sub(plain, elements)
