"""tldraw's records: shapes in the order in which they are drawn, each with its place on its page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, sin
from typing import Any

from app.exchange.ground.drawing import Refused, require_room
from app.exchange.ground.values import between, entries, number, table

Record = Mapping[str, Any]
DEEPEST = 50  # shapes in shapes


@dataclass(frozen=True)
class Place:
    """Where a shape's origin stands on its page, and what it has from the groups and frames around it."""

    x: float = 0.0
    y: float = 0.0
    rotation: float = 0.0
    opacity: float = 1.0
    locked: bool = False
    group: str = ""

    def inside(self, shape: Record) -> "Place":
        x, y, c, s = number(shape.get("x")), number(shape.get("y")), cos(self.rotation), sin(self.rotation)
        own = str(shape["id"]) if shape.get("type") == "group" else ""
        return Place(
            self.x + x * c - y * s,
            self.y + x * s + y * c,
            self.rotation + number(shape.get("rotation")),
            self.opacity * between(0, number(shape.get("opacity"), 1), 1),
            self.locked or shape.get("isLocked") is True,
            self.group or own,
        )


class Store:
    def __init__(self, records: list[dict[str, Any]]) -> None:
        self.by_id = {str(one["id"]): one for one in records if isinstance(one.get("id"), str)}
        shapes = [one for one in self.by_id.values() if one.get("typeName") == "shape"]
        require_room(len(shapes))
        self._children: dict[str, list[Record]] = {}
        for one in sorted(shapes, key=index):
            self._children.setdefault(str(one.get("parentId")), []).append(one)
        self._bindings = {
            (str(one.get("fromId")), str(table(one.get("props")).get("terminal"))): one
            for one in self.by_id.values()
            if one.get("typeName") == "binding"
        }

    def pages(self) -> list[Record]:
        return sorted((one for one in self.by_id.values() if one.get("typeName") == "page"), key=index)

    def shapes(self, parent: str, place: Place = Place(), depth: int = 0) -> Iterator[tuple[Record, Place]]:
        """Of a page, a frame or a group, from the bottom up. A shape that is its own ancestor is never reached."""
        for shape in self._children.get(parent, ()):
            inside = place.inside(shape)
            yield shape, inside
            if depth < DEEPEST:
                yield from self.shapes(str(shape["id"]), inside, depth + 1)

    def bound(self, arrow: Record, end: str) -> tuple[str, Record] | None:
        """The shape that an end of an arrow is bound to, and how: in a record of its own, or in older files in it."""
        found = self._bindings.get((str(arrow["id"]), end))
        if found:
            return str(found.get("toId")), table(found.get("props"))
        own = table(table(arrow.get("props")).get(end))
        return (str(own.get("boundShapeId")), own) if own.get("type") == "binding" else None

    def asset(self, props: Record) -> dict[str, Any]:
        return table(self.by_id.get(str(props.get("assetId"))))


def index(record: Record) -> tuple[str, str]:
    """Their order: fractions written in letters."""
    return str(record.get("index", "")), str(record.get("id", ""))


def store_of(found: dict[str, Any]) -> Store:
    """Of a file or a clipboard. Raises Refused."""
    if "records" in found:
        if not isinstance(found["records"], list):
            raise Refused("This file is a tldraw drawing, but a part of it is missing or damaged.")
        return Store(entries(found["records"]))
    data = table(found.get("data"))
    if not isinstance(data.get("shapes"), list):
        raise Refused(
            "This is a piece of a tldraw drawing that only tldraw can unpack: save it there as a file (.tldr)."
        )
    roots = {str(id) for id in data.get("rootShapeIds", ()) if isinstance(id, str)}
    page = {"id": "page:here", "typeName": "page", "name": "", "index": "a1"}
    shapes = [{"typeName": "shape", **one} for one in entries(data["shapes"])]
    shapes = [{**one, "parentId": page["id"]} if one.get("id") in roots else one for one in shapes]
    others = [{"typeName": "binding", **one} for one in entries(data.get("bindings"))]
    assets = [{"typeName": "asset", **one} for one in entries(data.get("assets"))]
    return Store([page, *shapes, *others, *assets])
