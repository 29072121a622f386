"""An Excalidraw library: each item a group, side by side in about a square. The same as browser/intake/library.ts."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from app.exchange.excalidraw.elements import shapes_of
from app.exchange.ground.boxes import box_around
from app.exchange.ground.drawing import Drawing
from app.exchange.ground.values import entries
from app.shapes import Box

GAP = 60  # px between two items
WIDER = 1.2  # than high


def read_library(found: dict[str, Any]) -> Drawing:
    given = found.get("libraryItems", found.get("library"))  # version 2, and 1
    items = [
        one.get("elements") if isinstance(one, dict) else one for one in (given if isinstance(given, list) else [])
    ]
    drawing = Drawing()
    made = [item_of(entries(item), f"item {n}", drawing.lost) for n, item in enumerate(items)]
    drawing.shapes = arranged([(shapes, box) for shapes, box in made if box])
    return drawing


def item_of(elements: list[dict[str, Any]], name: str, lost: Counter[str]) -> tuple[list[dict[str, Any]], Box | None]:
    """The shapes of an item with ids of its own, and the box around them; None if none of them can be drawn."""
    shapes = [{**shape, "group": name} for shape in shapes_of(elements, lost)]
    for shape in shapes:
        shape["id"] = f"{name} {shape['id']}"
        for end in ("from", "to"):
            if shape.get(end):
                shape[end] = {**shape[end], "id": f"{name} {shape[end]['id']}"}
    return shapes, box_around(shapes)


def arranged(items: Sequence[tuple[list[dict[str, Any]], Box]]) -> list[dict[str, Any]]:
    sizes = [(right - left, bottom - top) for _, (left, top, right, bottom) in items]
    area = sum((w + GAP) * (h + GAP) for w, h in sizes)
    widest = max([area**0.5 * WIDER, *(w for w, _ in sizes)])
    x = y = high = 0.0
    found = []
    for (shapes, (left, top, *_)), (w, h) in zip(items, sizes, strict=True):
        if x > 0 and x + w > widest:
            x, y, high = 0.0, y + high + GAP, 0.0
        found += [{**one, "x": one["x"] + round(x - left), "y": one["y"] + round(y - top)} for one in shapes]
        x += w + GAP
        high = max(high, h)
    return found
