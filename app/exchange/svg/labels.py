"""Which texts stand in the middle of a figure: they become its label, and go where it goes."""

from typing import Any

from app.drawing.layout import LINE
from app.drawing.layout import lines as laid
from app.drawing.room import wrap_width
from app.exchange.svg.boxes import Box
from app.shapes.declared import FIGURES

OFF = 0.12  # of the figure's side, or px: so far from its middle the text's may be
LEAST = 3.0
SMALLER = (1.0, 0.95, 0.9, 0.85, 0.8)  # of its size: so small a text may become to stay in as many lines
NEAR = 300  # figures below a text that are looked at

Shape = dict[str, Any]


def labelled(shapes: list[Shape]) -> list[Shape]:
    """The shapes, without texts that are labels now."""
    inside: dict[int, list[int]] = {}
    for n, shape in enumerate(shapes):
        if shape["kind"] == "text" and (holder := holder_of(n, shapes)) is not None:
            inside.setdefault(holder, []).append(n)
    gone = set()
    for holder, texts in inside.items():
        figure, text = shapes[holder], shapes[texts[0]]
        if len(texts) == 1 and (size := fitting(figure, text)):
            words = {"text": text["text"], "align": text["align"], "size": round(size, 2)}
            shapes[holder] = {**figure, **words}
            gone.add(texts[0])
    return [shape for n, shape in enumerate(shapes) if n not in gone]


def holder_of(n: int, shapes: list[Shape]) -> int | None:
    """The topmost figure below a text that has all of its middle."""
    box = box_of(shapes[n])
    x, y = box.x + box.w / 2, box.y + box.h / 2
    for at in range(n - 1, max(-1, n - 1 - NEAR), -1):
        one = shapes[at]
        if one["kind"] in FIGURES and one["x"] <= x <= one["x"] + one["w"] and one["y"] <= y <= one["y"] + one["h"]:
            return at
    return None


def fitting(figure: Shape, text: Shape) -> float:
    """The size at which the text is the figure's label and looks the same; 0 if there is none."""
    if figure.get("rotation") or text.get("rotation") or figure.get("text") or text["w"]:
        return 0.0
    box = box_of(text)
    left, top, right, bottom = FIGURES[figure["kind"]]["label"]
    middle = figure["x"] + (left + right) / 2 * figure["w"], figure["y"] + (top + bottom) / 2 * figure["h"]
    across, down = abs(box.x + box.w / 2 - middle[0]), abs(box.y + box.h / 2 - middle[1])
    if across > max(LEAST, OFF * figure["w"]) or down > max(LEAST, OFF * figure["h"]):
        return 0.0
    rows = text["text"].count("\n") + 1
    wide, high = (right - left) * figure["w"], (bottom - top) * figure["h"]
    for share in SMALLER:
        size = share * text["size"]
        width = wrap_width(figure["kind"], wide, high, text["text"], size, text["align"])
        if size >= 8 and len(laid(text["text"], size, width)) == rows and rows * LINE * size <= figure["h"] + LEAST:
            return float(size)
    return 0.0


def box_of(text: Shape) -> Box:
    rows = laid(text["text"], text["size"], text["w"])
    return Box(text["x"], text["y"], text["w"] or max(row.width for row in rows), len(rows) * LINE * text["size"])
