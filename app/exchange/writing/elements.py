"""Our shapes as Excalidraw's elements: each as itself, with its label as a text of its own.

What reading an element again would not give is in its `customData` (app/exchange/excalidraw/custom.py).
"""

from collections.abc import Sequence
from math import cos, sin
from typing import Any

from app.drawing.body import body
from app.drawing.boxes import around
from app.drawing.figures import polygon
from app.exchange.excalidraw.custom import kind_of
from app.exchange.excalidraw.declared import BOXES, ENTRY, KINDS
from app.exchange.excalidraw.elements import shape_of
from app.exchange.writing.forms import ends, flat, image, pairs
from app.exchange.writing.labels import label_of, text_of
from app.exchange.writing.paint import paint
from app.shapes import Box, Figure, Find, Image, Line, Shape, Stroke, Text
from app.shapes.declared import fields_of
from app.shapes.points import unpack, unpack_pressures

Element = dict[str, Any]
FRESH = {"seed": 1, "version": 1, "versionNonce": 1, "isDeleted": False, "updated": 1, "link": None, "frameId": None}


def elements_of(shape: Shape, find: Find, bound: Sequence[str] = (), size: tuple[int, int] = (1, 1)) -> list[Element]:
    """The shape, and its label if it has one. `bound` are the lines bound to it, `size` is its picture's in px."""
    element = from_zero({**FRESH, **placed(shape), **paint(shape), **own(shape, size)})
    label = label_of(shape, element, find)
    tied = [{"id": line, "type": "arrow"} for line in bound]
    labels = [{"id": label["id"], "type": "text"}] if label and label["containerId"] else []
    element["boundElements"] = [*tied, *labels]
    element["customData"] = {ENTRY: custom(shape, element, label)}  # even if empty, it tells that Easel wrote it
    return [element, {**FRESH, **label}] if label else [element]


def placed(shape: Shape) -> Element:
    left, top, right, bottom = box_of(shape)
    cx, cy, c, s = (left + right) / 2, (top + bottom) / 2, cos(shape.rotation), sin(shape.rotation)
    tie = [f"{shape.id}-label"] if apart(shape) else []
    return {
        **{"id": shape.id, "x": shape.x + cx * c - cy * s - cx, "y": shape.y + cx * s + cy * c - cy},
        **{"width": right - left, "height": bottom - top, "angle": shape.rotation},
        **{"groupIds": [*tie, shape.group] if shape.group else tie, "locked": bool(shape.locked)},
    }


def box_of(shape: Shape) -> Box:
    """The local box as Excalidraw has it: around the points, if there are any."""
    if isinstance(shape, Figure) and shape.kind not in BOXES:
        return around(polygon(shape.kind, shape.w, shape.h, shape.radius, shape.flip))
    return body(shape)


def apart(shape: Shape) -> bool:
    """Whether its label is a text beside it: Excalidraw's closed lines have none."""
    return isinstance(shape, Figure) and shape.kind not in BOXES and bool(shape.text)


def own(shape: Shape, size: tuple[int, int]) -> Element:
    """What only elements of its kind have."""
    match shape:
        case Stroke():
            pressures = unpack_pressures(shape.pressures)
            return {
                "type": "freedraw",
                "points": pairs(shape.points),
                "pressures": pressures,
                "simulatePressure": False,
                "lastCommittedPoint": None,
            }
        case Line():
            theirs = "line" if shape.kind == "line" and not shape.text else "arrow"
            return {"type": theirs, "points": pairs(shape.points), "elbowed": False, **ends(shape)}
        case Figure() if shape.kind not in BOXES:
            points = flat(polygon(shape.kind, shape.w, shape.h, shape.radius, shape.flip))
            return {"type": "line", "polygon": True, "points": points, **ends(None)}
        case Text():
            return text_of(shape)
        case Image():
            return image(shape, size)
    theirs = shape.kind if shape.kind in KINDS else "rectangle"
    return {"type": theirs, **({"name": getattr(shape, "text", "") or None} if theirs == "frame" else {})}


def from_zero(element: Element) -> Element:
    """With its first point at 0, 0, as Excalidraw has it."""
    if not (points := element.get("points")):
        return element
    (left, top), xs, ys = points[0], *zip(*points, strict=True)
    return {
        **element,
        **{"x": element["x"] + left, "y": element["y"] + top},
        **{"width": round(max(xs) - min(xs), 2), "height": round(max(ys) - min(ys), 2)},
        "points": [[round(x - left, 2), round(y - top, 2)] for x, y in points],
    }


def custom(shape: Shape, element: Element, label: Element | None) -> Element:
    """What it takes to read the very same shape again."""
    meant: Element = {"kind": shape.kind} if kind_of(element) != shape.kind else {}
    if isinstance(shape, (Line, Stroke)) and any(first := unpack(shape.points)[:2]):
        meant["origin"] = first
    read = shape_of({**element, "customData": {ENTRY: meant}}, label=label)
    fields = {
        name: {"was": read.get(name), "is": value}
        for name, value in shape.json().items()
        if name in fields_of(shape.kind) and name != "locked" and read.get(name) != value
    }
    return {**meant, **({"fields": fields} if fields else {})}
