"""What elements of some kinds have in Excalidraw's files: points, ends, a picture."""

from collections.abc import Iterable
from typing import Any

from app.drawing.units import Point
from app.shapes import Binding, Image, Line
from app.shapes.points import unpack

GAP = 4  # px between an arrow and what it is bound to


def pairs(packed: str) -> list[list[float]]:
    numbers = unpack(packed)
    return [[x, y] for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


def flat(points: Iterable[Point]) -> list[list[float]]:
    return [[round(x, 2), round(y, 2)] for x, y in points]


def ends(line: Line | None) -> dict[str, Any]:
    """Heads and bindings. Ours are called as Excalidraw's are."""
    return {
        "lastCommittedPoint": None,
        "startBinding": binding(line.from_) if line else None,
        "endBinding": binding(line.to) if line else None,
        "startArrowhead": None if line is None or line.start == "none" else line.start,
        "endArrowhead": None if line is None or line.end == "none" else line.end,
    }


def binding(bound: Binding | None) -> dict[str, Any] | None:
    return bound and {"elementId": bound["id"], "focus": 0, "gap": GAP, "fixedPoint": bound["at"]}


def image(shape: Image, size: tuple[int, int]) -> dict[str, Any]:
    scale = [-1 if "x" in shape.flip else 1, -1 if "y" in shape.flip else 1]
    about = {"type": "image", "fileId": shape.file, "status": "saved", "scale": scale, "crop": None}
    if shape.crop is None:
        return about
    wide, high = size
    left, top, right, bottom = shape.crop
    part = {"x": left * wide, "y": top * high, "width": (right - left) * wide, "height": (bottom - top) * high}
    return about | {"crop": part | {"naturalWidth": wide, "naturalHeight": high}}
