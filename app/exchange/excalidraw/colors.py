"""The colours of Excalidraw's elements as ours. The same as browser/intake/excalidraw-colors.ts."""

import re
from collections.abc import Mapping
from typing import Any

from app.exchange.excalidraw.declared import COLORS, NAMES

UNSEEN = re.compile(r"#(...0|.{6}00)")
DIGITS = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")


def colors(element: Mapping[str, Any], boxed: bool, on_fill: bool) -> dict[str, str]:
    """What lies on the paper itself gets our colours by name, which follow the theme.

    A solid fill keeps its own, and so do the line around it and what lies on it: a dark line on white would else be
    white on white in the dark. `boxed` has a line and a body; `on_fill` lies on a solid fill.
    """
    line, body = hex_of(element.get("strokeColor")), hex_of(element.get("backgroundColor"))
    solid = element.get("fillStyle") == "solid"
    if not body:
        return look(named(line or "#000000", on_fill), "none")
    if not line:
        return look(named(body, on_fill), "solid" if solid else "tint")
    if not solid:
        color, tint = named(line, on_fill), COLORS.get(body, body)
        return look(color, "tint", "" if tint == color else tint)
    return look(line, "solid", "" if body == line else body) if boxed else {"color": named(line, on_fill)}


def look(color: str, fill: str, fill_color: str = "") -> dict[str, str]:
    return {"color": color, "fill": fill, "fillColor": fill_color}


def named(value: str, on_fill: bool) -> str:
    return value if on_fill else COLORS.get(value, value)


def hex_of(value: Any) -> str | None:
    """#rrggbb of a colour of CSS; None for none at all, or one that cannot be seen. What is not known is black."""
    text = value.strip().lower() if isinstance(value, str) else ""
    if not text or text == "transparent" or UNSEEN.fullmatch(text):
        return None
    if found := DIGITS.fullmatch(text):
        digits = found[1]
        return f"#{digits[:6]}" if len(digits) > 4 else "#" + "".join(digit * 2 for digit in digits[:3])
    return NAMES.get(text, "#000000")
