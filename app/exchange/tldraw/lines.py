"""tldraw's lines and arrows."""

from collections.abc import Mapping
from math import acos, ceil, cos, pi, sin, sqrt
from typing import Any

from app.exchange.ground.points import fewer
from app.exchange.ground.values import between, entries, number, table
from app.exchange.tldraw import style
from app.exchange.tldraw.store import Place, Record, Store
from app.exchange.tldraw.words import said
from app.shapes.declared import LIMITS

STEP = pi / 8  # of an arrow's arc, between two of its points
Pair = tuple[float, float]


def line(props: dict[str, Any]) -> dict[str, Any]:
    """Its points are by name; in older files they are called handles."""
    given = props.get("points") or props.get("handles")
    ordered = sorted(entries(list(table(given).values())), key=lambda point: str(point.get("index", "")))
    points = fewer(tenths([pair_of(point) for point in ordered]), LIMITS["corners"])
    look = {"width": style.width(props), "dash": style.dash(props), "curved": props.get("spline") == "cubic"}
    return {"kind": "line", "points": points, **look}


def arrow(
    shape: Record, props: dict[str, Any], place: Place, store: Store, places: Mapping[str, Place]
) -> dict[str, Any]:
    ends = [end_of(shape, props, end, place, store, places) for end in ("start", "end")]
    bend = number(props.get("bend"))
    course = arc(ends[0][0], ends[1][0], bend) if props.get("kind") != "elbow" else elbow(ends[0][0], ends[1][0], props)
    return {
        **{"kind": "arrow", "points": tenths(course), "curved": len(course) > 2 and props.get("kind") != "elbow"},
        **{"width": style.width(props), "dash": style.dash(props)},
        "start": style.head(props.get("arrowheadStart"), "none"),
        "end": style.head(props.get("arrowheadEnd"), "arrow"),
        **{"from": ends[0][1], "to": ends[1][1], "text": said(props), "size": style.letters(props, style.CAPTIONS)},
    }


def end_of(
    shape: Record, props: dict[str, Any], end: str, place: Place, store: Store, places: Mapping[str, Place]
) -> tuple[Pair, dict[str, Any] | None]:
    """Where an end is, from the arrow's origin, and what it is bound to. One that is not precise aims at the middle."""
    bound = store.bound(shape, end)
    if bound is None or bound[0] not in places:
        return pair_of(table(props.get(end))), None
    target, how = bound
    anchor = table(how.get("normalizedAnchor")) if how.get("isPrecise") is not False else {}
    u, v = (between(0, number(anchor.get(name), 0.5), 1) for name in ("x", "y"))
    of, at = table(table(store.by_id.get(target)).get("props")), places[target]
    x, y = number(of.get("w"), 200) * u, (number(of.get("h"), 200) + number(of.get("growY"))) * v
    dx = at.x + x * cos(at.rotation) - y * sin(at.rotation) - place.x
    dy = at.y + x * sin(at.rotation) + y * cos(at.rotation) - place.y
    c, s = cos(-place.rotation), sin(-place.rotation)
    return (dx * c - dy * s, dx * s + dy * c), {"id": target, "at": [u, v]}


def arc(start: Pair, end: Pair, bend: float) -> list[Pair]:
    """The part of a circle through both ends whose middle is `bend` px beside the straight way."""
    (ax, ay), (bx, by) = start, end
    dx, dy = bx - ax, by - ay
    length = sqrt(dx * dx + dy * dy)
    if length < 1 or abs(bend) < 1:
        return [start, end]
    radius = (length * length / 4 + bend * bend) / (2 * abs(bend))
    side = 1 if bend > 0 else -1
    ux, uy = -dy / length * side, dx / length * side  # from the straight way to the middle of the arc
    far = abs(bend) - radius
    cx, cy = (ax + bx) / 2 + ux * far, (ay + by) / 2 + uy * far
    half = acos(between(-1, -far / radius, 1))
    count = max(2, ceil(2 * half / STEP))
    angles = [half * (2 * n / count - 1) for n in range(count + 1)]
    along = (dx / length, dy / length)
    return [
        (cx + radius * (ux * cos(a) + along[0] * sin(a)), cy + radius * (uy * cos(a) + along[1] * sin(a)))
        for a in angles
    ]


def elbow(start: Pair, end: Pair, props: dict[str, Any]) -> list[Pair]:
    """Two corners, as far along the longer way as it says."""
    part = between(0, number(props.get("elbowMidPoint"), 0.5), 1)
    (ax, ay), (bx, by) = start, end
    if abs(bx - ax) >= abs(by - ay):
        x = ax + (bx - ax) * part
        return [start, (x, ay), (x, by), end]
    y = ay + (by - ay) * part
    return [start, (ax, y), (bx, y), end]


def pair_of(point: Mapping[str, Any]) -> Pair:
    return number(point.get("x")), number(point.get("y"))


def tenths(points: list[Pair]) -> list[float]:
    found = [round(value, 1) for pair in points for value in pair]
    return found * 2 if len(found) == 2 else found
