"""Which of our figures an outline is, if it is one."""

from collections.abc import Iterator, Sequence
from math import atan2, hypot, pi, sqrt
from typing import Any

from app.drawing.figures import parts
from app.exchange.ground.points import simplified
from app.exchange.svg.boxes import Box, area_of, box_of, near, turned
from app.exchange.svg.cylinders import cylinder
from app.exchange.svg.outlines import Outline, Place
from app.shapes.declared import FIGURES

NEAR = 0.5  # px from the outline, or a part of the smaller side: so far it may be
SIDE = 0.015
AREA = 0.03  # of the area that may differ
STRAIGHT = 0.2  # px: a corner turns away so much
# Of the longer side: how far a corner may be where only our figure has a fill, as a slant is not always the same.
LOOSE, EXACT = 0.12, 0.02
SLANTED = ("triangle", "right-triangle", "diamond", "parallelogram", "trapezoid", "pentagon", "hexagon", "octagon")
FLIPS = ("", "x", "y", "xy")


def figure(outline: Outline, angle: float, filled: bool) -> dict[str, Any] | None:
    """`angle` is how far the part is turned. With a fill the nearest will do: without one a line is as good."""
    corners = corners_of(outline.points)
    closed = outline.closed or outline.points[0] == outline.points[-1]
    for turn in dict.fromkeys([0.0, angle, *square(corners)]):
        points = [turned(place, -turn) for place in outline.points]
        box = box_of(points)
        if box.w < 0.5 or box.h < 0.5:
            continue
        found = round_one(points, box) if closed else None
        if not found and closed and turn in (0.0, angle):
            found = named_one([turned(corner, -turn) for corner in corners], box, filled, outline)
        if not found and turn in (0.0, angle) and (closed or filled):
            found = cylinder(points, box)
        if found:
            x, y = turned((box.x, box.y), turn)
            place = {"x": round(x, 2), "y": round(y, 2), "w": round(box.w, 2), "h": round(box.h, 2)}
            return {**place, "rotation": round(turn, 6), **found}
    return None


def square(corners: Sequence[Place]) -> Iterator[float]:
    """How far a rectangle of four corners is turned, by less than a quarter."""
    if len(corners) == 4:
        (ax, ay), (bx, by), *_ = corners
        turn = atan2(by - ay, bx - ax)
        yield round((turn + pi / 4) % (pi / 2) - pi / 4, 9)


def round_one(points: Sequence[Place], box: Box) -> dict[str, Any] | None:
    """An ellipse, or a rectangle with or without round corners."""
    _, _, w, h = box
    near, area = max(NEAR, SIDE * min(w, h)), area_of(points)
    if abs(area - pi / 4 * w * h) < AREA * w * h and ellipse_away(points, box) <= near:
        return {"kind": "ellipse"}
    radius = min(sqrt(max(0.0, w * h - area) / (4 - pi)), min(w, h) / 2)
    if abs(w * h - (4 - pi) * radius * radius - area) < AREA * w * h and rectangle_away(points, box, radius) <= near:
        return {"kind": "rectangle", "radius": round(radius, 1) if radius > 0.5 else 0.0}
    return None


def ellipse_away(points: Sequence[Place], box: Box) -> float:
    a, b = box.w / 2, box.h / 2
    cx, cy = box.x + a, box.y + b
    return max(abs(hypot((x - cx) / a, (y - cy) / b) - 1) for x, y in points) * min(a, b)


def rectangle_away(points: Sequence[Place], box: Box, radius: float) -> float:
    cx, cy = box.x + box.w / 2, box.y + box.h / 2
    most = 0.0
    for x, y in points:
        dx, dy = abs(x - cx) - box.w / 2 + radius, abs(y - cy) - box.h / 2 + radius
        most = max(most, abs(hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - radius))
    return most


def named_one(corners: Sequence[Place], box: Box, filled: bool, outline: Outline) -> dict[str, Any] | None:
    """The nearest with so many corners."""
    if len(outline.points) > 2 * len(corners) + 2 or not 3 <= len(corners) <= 10:
        return None
    long = max(box.w, box.h)
    places = [((x - box.x) / box.w, (y - box.y) / box.h) for x, y in corners]
    best: tuple[float, str, str] | None = None
    for kind, declared in FIGURES.items():
        for flip in FLIPS:
            ours = (
                [place for part in parts(declared["outline"], flip) for place in part.points]
                if declared["outline"][0] == "M"
                else []
            )
            if len(ours) != len(corners):
                continue
            away = max(max(near(one, ours, box), near(two, places, box)) for one, two in zip(places, ours, strict=True))
            if away <= (LOOSE if filled and kind in SLANTED else EXACT) * long and (best is None or away < best[0]):
                best = away, kind, flip
    return {"kind": best[1], "flip": best[2]} if best else None


def corners_of(points: Sequence[Place]) -> list[Place]:
    kept = simplified(points, STRAIGHT)
    if kept[0] == kept[-1]:
        kept = kept[:-1]
    # Where it begins may lie on a side.
    while len(kept) > 3 and between(kept[-1], kept[0], kept[1]):
        kept = kept[1:]
    return kept


def between(a: Place, b: Place, c: Place) -> bool:
    dx, dy = c[0] - a[0], c[1] - a[1]
    return abs(dx * (b[1] - a[1]) - dy * (b[0] - a[0])) <= STRAIGHT * (hypot(dx, dy) or 1.0)
