"""HTML in a drawing: draw.io and Mermaid write their labels so. Its words become a text."""

from collections.abc import Iterator
from typing import Any

from cssselect2 import ElementWrapper

from app.drawing.layout import LINE
from app.drawing.layout import lines as laid
from app.exchange.ground.values import between, words
from app.exchange.svg.lengths import px
from app.exchange.svg.paint import ink
from app.exchange.svg.parts import Part, Parts
from app.exchange.svg.styles import Style, declarations, font
from app.exchange.svg.transforms import scale_of

BLOCKS = ("div", "p", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "blockquote")
UNSEEN = ("style", "script", "title")
ROOM = 1.3  # times the room that they give, which our wider letters may need
SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}
LONGEST = 5_000  # characters


def html(part: Part, parts: Parts) -> dict[str, Any] | None:
    """None without words."""
    said = "\n".join(" ".join(line.split()) for line in "".join(lines_of(part.element)).split("\n"))
    said = "\n".join(line for line in said.split("\n") if line)[:LONGEST]
    if not said:
        return None
    style, inner, box = looks(part, parts)
    times = scale_of(part.matrix)
    size = between(8, font(inner) * times, 400)
    align, down = arranged(style, inner)
    w = box[2] * times
    width = max(line.width for line in laid(said, size))
    wraps = w > size and width > ROOM * w and "nowrap" not in inner.get("white-space", "")
    rows = laid(said, size, w) if wraps else laid(said, size)
    width = w if wraps else width
    x, y = part.matrix.transformPoint((box[0] + box[2] * SHARES[align], box[1] + box[3] * down))
    color = ink(inner.get("color", "black"), inner)
    return {
        **{"kind": "text", "text": said, "size": round(size, 2), "align": align, "w": round(w, 2) if wraps else 0.0},
        **{"x": round(x - width * SHARES[align], 2), "y": round(y - len(rows) * LINE * size * down, 2)},
        **{"color": color.color if color else "#000000", "opacity": round(part.opacity, 3)},
    }


def lines_of(element: ElementWrapper) -> Iterator[str]:
    """Its words; blocks and breaks end lines."""
    yield inline(element.etree_element.text)
    for child in element.iter_children():
        name = child.local_name.lower()
        if name not in UNSEEN:
            edge = "\n" if name in BLOCKS else ""
            yield edge
            yield from ["\n"] if name == "br" else lines_of(child)
            yield edge
        yield inline(child.etree_element.tail)


def inline(text: str | None) -> str:
    return words(text or "").replace("\n", " ")


def looks(part: Part, parts: Parts) -> tuple[Style, Style, tuple[float, float, float, float]]:
    """The style of the outermost and of the innermost element with words, and the box that they stand in."""
    x, y = part.length("x", part.view.w), part.length("y", part.view.h)
    w, h = part.length("width", part.view.w), part.length("height", part.view.h)
    found: list[Style] = []
    style, element = part.style, part.element
    while (child := next((one for one in element.iter_children() if any(lines_of(one))), None)) is not None:
        own = {name: value for name, value, _ in declarations(child.etree_element.get("style", ""))}
        style = {**parts.style_of(child, style), **own, "font-size": parts.style_of(child, style)["font-size"]}
        found.append(style)
        element = child
    outer = found[0] if found else part.style
    if "padding-top" in outer:  # draw.io's: the place is in the style, and the box is the whole drawing's
        return (
            outer,
            style,
            (x + px(outer.get("margin-left")), y + px(outer["padding-top"]), px(outer.get("width")), 0.0),
        )
    return outer, style, (x, y, w, h)


def arranged(outer: Style, inner: Style) -> tuple[str, float]:
    """Left, centred or right; and how much of it lies above its place."""
    across = f"{outer.get('justify-content', '')} {inner.get('text-align', '')}"
    ends = {"center": "center", "flex-end": "right", "right": "right", "flex-start": "left", "left": "left"}
    align = next((name for word, name in ends.items() if word in outer.get("justify-content", "")), "")
    align = align or next((name for word, name in ends.items() if word in across), "center")
    if "padding-top" not in outer:
        return align, 0.5
    down = outer.get("align-items", "")
    return align, 0.0 if "flex-start" in down else 1.0 if "flex-end" in down else 0.5
