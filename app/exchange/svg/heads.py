"""Heads of arrows: as markers, or as small shapes beside the end of a line."""

from collections.abc import Sequence
from math import hypot
from typing import Any

from app.exchange.svg.figures import corners_of
from app.exchange.svg.outlines import Outline, Place
from app.exchange.svg.parts import Part, Parts

LARGE, WIDER = 18.0, 6.0  # px of a head, and for each px of its line
NEAR = 3.0  # px from a line's end to its head
TIP = 1.5  # px: a line that ends so near a corner of its head ends in its tip


def markers(part: Part, parts: Parts) -> dict[str, str]:
    """The heads that a part's style names."""
    found = {}
    for end in ("start", "end"):
        name = part.style.get(f"marker-{end}", "none")
        if "#" in name:
            marker = parts.by_id.get(name.split("#", 1)[1].rstrip(")\"' "))
            if marker is not None:
                found[end] = marked(marker)
    return found


def marked(marker: Any) -> str:
    drawn = [one for one in marker.iter_subtree() if one is not marker and one.local_name not in ("g", "style", "defs")]
    if any(one.local_name in ("circle", "ellipse") for one in drawn):
        return "dot"
    return "triangle" if drawn and all(closed(one) for one in drawn) else "arrow"


def closed(element: Any) -> bool:
    source = element.etree_element
    if "fill:none" in f"{source.get('style', '')};fill:{source.get('fill', '')}".replace(" ", ""):
        return False
    return element.local_name == "polygon" or "z" in source.get("d", "").lower()


def head_of(
    line: dict[str, Any], outline: Outline, figure: dict[str, Any] | None, filled: bool
) -> dict[str, Any] | None:
    """The line with this small shape as its head; None if it is none."""
    left, top, right, bottom = outline.box
    if max(right - left, bottom - top) > LARGE + WIDER * line["width"]:
        return None
    ends = {"start": end_at(line, 0), "end": end_at(line, -2)}
    for name, place in ends.items():
        if line.get(name, "none") != "none" or not near(place, (left, top, right, bottom)):
            continue
        corners = corners_of(outline.points)
        if figure and figure["kind"] == "ellipse":
            return {**with_end(line, name, ((left + right) / 2, (top + bottom) / 2)), name: "dot"}
        if not outline.closed and not filled:
            return {**line, name: "arrow"} if len(corners) == 3 else None
        if 3 <= len(corners) <= 5:
            return {**with_end(line, name, tip(place, corners)), name: "triangle"}
    return None


def end_at(line: dict[str, Any], at: int) -> Place:
    x, y = line["points"][at : at + 2 or None]
    return line["x"] + x, line["y"] + y


def near(place: Place, box: tuple[float, float, float, float]) -> bool:
    return box[0] - NEAR <= place[0] <= box[2] + NEAR and box[1] - NEAR <= place[1] <= box[3] + NEAR


def tip(end: Place, corners: Sequence[Place]) -> Place:
    away = [hypot(x - end[0], y - end[1]) for x, y in corners]
    least = min(away)
    return corners[away.index(least if least <= TIP else max(away))]


def with_end(line: dict[str, Any], name: str, place: Place) -> dict[str, Any]:
    x, y = round(place[0] - line["x"], 1), round(place[1] - line["y"], 1)
    points = [x, y, *line["points"][2:]] if name == "start" else [*line["points"][:-2], x, y]
    return {**line, "points": points}
