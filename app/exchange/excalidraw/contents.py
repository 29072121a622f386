"""What is in Excalidraw's elements: words, and pictures."""

from collections.abc import Mapping
from typing import Any

from app.drawing.layout import lines as laid
from app.exchange.ground.values import between, number, table, words

Element = Mapping[str, Any]
FRAMES = ("frame", "magicframe")
EMBEDS = ("embeddable", "iframe")
SHARE = {"left": 0.0, "center": 0.5, "right": 1.0}  # of the room that a narrower font leaves, on a text's left


def picture(element: Element) -> dict[str, Any]:
    scale = element.get("scale")
    across, down = (number(one, 1) for one in scale) if isinstance(scale, list) and len(scale) == 2 else (1, 1)
    flip = f"{'x' if across < 0 else ''}{'y' if down < 0 else ''}"
    return {"file": str(element.get("fileId")), "flip": flip, "crop": part(table(element.get("crop")))}


def part(crop: Mapping[str, Any]) -> list[float] | None:
    """The crop, which theirs has in px of the picture."""
    x, y, w, h, wide, high = (
        number(crop.get(name)) for name in ("x", "y", "width", "height", "naturalWidth", "naturalHeight")
    )
    if not (wide > 0 and high > 0 and w > 0 and h > 0):
        return None
    sides = [x / wide, y / high, (x + w) / wide, (y + h) / high]
    return [between(0, side, 1) for side in sides]


def said(element: Element, label: Element | None) -> dict[str, Any]:
    """The words in it. Ours may be as wide as theirs or not: a centred text stays centred."""
    kind = element["type"]
    if kind in FRAMES:
        return {"text": words(element.get("name") or "Frame")[:200], "color": "grey"}
    if kind in EMBEDS and label is None:
        return {"text": words(element.get("link"))}
    source = element if kind == "text" else label
    if source is None:
        return {}
    text = words(source.get("originalText") or source.get("text"))
    align = source["textAlign"] if source.get("textAlign") in ("left", "center", "right") else "left"
    size = between(8, number(source.get("fontSize"), 20), 400)
    found = {"text": text, "align": align, "size": size}
    if kind != "text":
        return found
    wide = abs(number(element.get("width")))
    if element.get("autoResize") is False:
        return {**found, "w": round(wide, 2)}
    room = wide - max(line.width for line in laid(text[:5_000], size))
    shift = SHARE[align] * room if align != "left" and not element.get("angle") else 0.0
    return {**found, "w": 0.0, **({"x": round(number(element.get("x")) + shift, 2)} if shift else {})}
