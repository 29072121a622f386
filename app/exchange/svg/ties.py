"""Which figures the ends of lines lead to: they are bound to them, so that a box takes its arrows along."""

from collections.abc import Sequence
from math import hypot
from typing import Any

from app.drawing.outline import inside
from app.drawing.units import Point
from app.exchange.ground.complete import record
from app.shapes import Figure

REACH = (0.5, 2, 4)  # px beyond an end, where the figure may begin
HEADED = (7, 11, 16)  # the same, of an end with a head, which markers let stand beyond it
MOST = 1_000_000  # pairs of ends and figures that are looked at

Shape = dict[str, Any]


def tied(shapes: list[Shape]) -> list[Shape]:
    figures = [one for shape in shapes if not shape.get("rotation") and isinstance(one := record(shape), Figure)]
    figures.sort(key=lambda one: one.w * one.h)
    lines = [shape for shape in shapes if shape["kind"] == "line"]
    if 2 * len(lines) * len(figures) > MOST:
        return shapes
    return [{**shape, **ends(shape, figures)} if shape["kind"] == "line" else shape for shape in shapes]


def ends(line: Shape, figures: Sequence[Figure]) -> Shape:
    """To two figures, or one: a line in a box, or around it, is no way to it."""
    flat = line["points"]
    places = [Point(line["x"] + x, line["y"] + y) for x, y in zip(flat[::2], flat[1::2], strict=True)]
    start = bound(places[1], places[0], line.get("start", "none") != "none", figures)
    end = bound(places[-2], places[-1], line.get("end", "none") != "none", figures)
    return {} if start and end and start["id"] == end["id"] else {"from": start, "to": end}


def bound(before: Point, end: Point, headed: bool, figures: Sequence[Figure]) -> dict[str, Any] | None:
    """The smallest figure that the line would be in if it went on, and where in its box."""
    length = hypot(end.x - before.x, end.y - before.y)
    if not length:
        return None
    ux, uy = (end.x - before.x) / length, (end.y - before.y) / length
    back = Point(end.x - min(REACH[-1], length) * ux, end.y - min(REACH[-1], length) * uy)
    for far in (*REACH, *(HEADED if headed else ())):
        place = Point(end.x + far * ux, end.y + far * uy)
        for one in figures:
            if holds(one, place) and not holds(one, before) and not holds(one, back):
                return {"id": one.id, "at": [round((place.x - one.x) / one.w, 4), round((place.y - one.y) / one.h, 4)]}
    return None


def holds(figure: Figure, place: Point) -> bool:
    local = Point(place.x - figure.x, place.y - figure.y)
    return figure.w > 0 and figure.h > 0 and inside(figure, (0.0, 0.0, figure.w, figure.h), local)
