"""What the templates of shapes ask about a shape, as filters. Lengths come out in twentieths of a px."""

import math
from typing import Any

import orjson
from markupsafe import Markup

from app.drawing import body, contrast, figures, sheet
from app.drawing.ink import outline_path
from app.drawing.line import drawn
from app.drawing.units import number, side, twentieths
from app.shapes import Shape, Stroke
from app.shapes.points import path_data

FAR = 100_000  # px from the board's origin, where a float32 still holds a path's whole twentieths at every zoom
SAID = ("id", "z", "author", "ts")  # of the API's form, what the element says itself or need not


def placed(shape: Shape) -> bool:
    """Whether the element needs a transform: it is turned or far away. Of the others the path says where they stand.

    Measured in Chromium with 5,000 strokes: a frame takes 17 ms, and 85 ms if each has a transform of its own.
    """
    return bool(shape.rotation) or max(abs(shape.x), abs(shape.y)) > FAR


def origin(shape: Shape) -> tuple[int, int]:
    """Where the shape's own origin stands in its element's numbers."""
    return (0, 0) if placed(shape) else (twentieths(shape.x), twentieths(shape.y))


def path(stroke: Stroke) -> str:
    x, y = origin(stroke)
    return path_data(stroke.points, x, y)


def first(stroke: Stroke) -> str:
    """The first point, in tenths, if it is neither 0 0 nor to be seen from the path."""
    if (stroke.points.startswith("0 0") and stroke.points[3:4] in ("", " ")) or placed(stroke):
        return ""
    return " ".join(stroke.points.split(" ", 2)[:2])


def data(shape: Shape) -> Markup:
    """The API's form of the shape, for an attribute in single quotes."""
    kept = {name: value for name, value in shape.json().items() if name not in SAID}
    text = orjson.dumps(kept).decode()
    for char, escape in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("'", "&#39;")):
        text = text.replace(char, escape)
    return Markup(text)


def degrees(radians: float) -> str:
    return number(math.fmod(radians, math.tau) * (180 / math.pi))


def window(crop: list[float]) -> str:
    """The cropped part of a picture 1,000 by 1,000, as a viewBox."""
    left, top, right, bottom = crop
    return " ".join([number(1000 * part) for part in (left, top, right - left, bottom - top)])


TESTS: dict[str, Any] = {"placed": placed, "own_fill": contrast.own_fill}
FILTERS: dict[str, Any] = {
    "path": path,
    "first": first,
    "num": number,
    "degrees": degrees,
    "origin": origin,
    "data": data,
    "twentieths": twentieths,
    "side": side,
    "sheet": sheet.sheet,
    "figure_path": figures.path,
    "figure_icon": figures.icon,
    "drawn": drawn,
    "outline": outline_path,
    "figure_label": body.figure_label,
    "label_look": contrast.label_look,
    "text_label": body.text_label,
    "note_label": body.note_label,
    "frame_title": body.frame_title,
    "window": window,
}
