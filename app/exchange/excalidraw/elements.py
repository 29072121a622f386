"""Excalidraw's elements as our shapes. The same as browser/intake/excalidraw.ts, which reads what is pasted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from app.exchange.excalidraw.aims import aimed
from app.exchange.excalidraw.colors import colors, hex_of
from app.exchange.excalidraw.contents import EMBEDS, picture, said
from app.exchange.excalidraw.custom import container_of, customised, from_origin, is_own, kind_of
from app.exchange.excalidraw.declared import BOXES, INK, RADIUS
from app.exchange.excalidraw.geometry import geometry
from app.exchange.excalidraw.labels import labels_of
from app.exchange.ground.drawing import require_room
from app.exchange.ground.points import extent, flat
from app.exchange.ground.values import between, number

Element = Mapping[str, Any]
LABELLED = 2  # elements that may become one shape: it, and its label
NEAR = 2_000  # solid fills that are looked at: those of a million would take hours


def shapes_of(elements: Sequence[Element], lost: Counter[str]) -> list[dict[str, Any]]:
    """Our shapes for these, from the bottom up; a text in a box or on an arrow becomes its label."""
    require_room(len(elements) // LABELLED)
    known = [one for one in elements if kind_of(one) and isinstance(one.get("id"), str) and not one.get("isDeleted")]
    lost["kind"] += sum(not kind_of(one) for one in elements if not one.get("isDeleted"))
    by_id = {one["id"]: one for one in known}
    labels, ties = labels_of(known)
    filled = on_fills(known)
    made = []
    for element in known:
        if labels.get(container_of(element)) is not element:
            on_fill = element["id"] in filled and not is_own(element)
            shape = aimed(element, shape_of(element, on_fill, labels.get(element["id"])), by_id)
            made.append({**shape, "group": ties.get(element["id"], shape["group"])})
            count(element, lost)
    return made


def shape_of(element: Element, on_fill: bool = False, label: Element | None = None) -> dict[str, Any]:
    kind, element = kind_of(element), from_origin(element)
    read = {
        **{"id": element["id"], "kind": kind, "group": group_of(element), "locked": element.get("locked") is True},
        **look(element, on_fill),
        **geometry(element, kind),
        **(picture(element) if kind == "image" else {}),
        **said(element, label),
    }
    return customised(element, read)


def count(element: Element, lost: Counter[str]) -> None:
    """What of it is not kept."""
    lost["link"] += element["type"] in EMBEDS
    closed = element["type"] == "line" and (points := flat(element.get("points")))[:2] == points[-2:]
    fill = closed and hex_of(element.get("backgroundColor")) and kind_of(element) == "line"
    lost["filled"] += bool(fill)


def on_fills(elements: Sequence[Element]) -> set[str]:
    """The ids of those whose middle lies on a solid fill below them."""
    fills: list[tuple[float, float, float, float]] = []
    found = set()
    for element in elements:
        points = flat(element.get("points"))
        w, h = number(element.get("width")), number(element.get("height"))
        left, top = number(element.get("x")), number(element.get("y"))
        x, y = left + sum(extent(points, 0, w)) / 2, top + sum(extent(points, 1, h)) / 2
        if any(a <= x <= c and b <= y <= d for a, b, c, d in fills[-NEAR:]):
            found.add(element["id"])
        solid = element.get("fillStyle") == "solid" and hex_of(element.get("backgroundColor"))
        if solid and element["type"] in BOXES:
            fills.append((left, top, left + w, top + h))
    return found


def look(element: Element, on_fill: bool) -> dict[str, Any]:
    kind = element["type"]
    style, rounded = element.get("strokeStyle"), bool(element.get("roundness"))
    return {
        **colors(element, kind in BOXES, on_fill),
        "width": between(0.5, number(element.get("strokeWidth"), 2) * (INK if kind == "freedraw" else 1), 64),
        "dash": style if style in ("dashed", "dotted") else "solid",
        "opacity": between(0, number(element.get("opacity"), 100) / 100, 1),
        "radius": RADIUS if rounded and kind == "rectangle" else 0.0,
        "curved": rounded and element.get("elbowed") is not True,
    }


def group_of(element: Element) -> str:
    """The outermost: ours have no groups in groups."""
    groups = element.get("groupIds")
    outermost = groups[-1] if isinstance(groups, list) and groups else ""
    return outermost if isinstance(outermost, str) else ""
