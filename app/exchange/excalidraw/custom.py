"""What Easel writes into an Excalidraw element beside what Excalidraw knows: its own kind, and fields without a word.

Each field says what reading the element gives (`was`) and what it should be (`is`). Whoever changed the element in
Excalidraw made `was` something else: then the change holds.
"""

from collections.abc import Mapping
from typing import Any

from app.exchange.excalidraw.declared import ENTRY, KINDS
from app.exchange.ground.points import flat
from app.exchange.ground.values import number, pick, table
from app.shapes.declared import FIGURES, fields_of
from app.shapes.declared import KINDS as OURS

PLAIN = {
    kind for kind, own in OURS.items() if kind not in {*KINDS.values(), *FIGURES} and "points" not in own["fields"]
}
OTHERS = {"rectangle": PLAIN, "line": {*FIGURES}, "arrow": {"line"}}  # kinds that an element of theirs may mean


def kind_of(element: Mapping[str, Any]) -> str:
    """Our kind; empty for what we have none for."""
    theirs = element.get("type")
    kind = str(pick(theirs, KINDS, ""))
    meant = entry(element).get("kind")
    return str(meant) if isinstance(meant, str) and meant in pick(theirs, OTHERS, ()) else kind


def container_of(element: Mapping[str, Any]) -> str:
    """The shape that a text is the label of; "" for none. Excalidraw lets no closed line have one: there we say it."""
    for value in (element.get("containerId"), entry(element).get("labels")):
        if isinstance(value, str) and value:
            return value
    return ""


def customised(element: Mapping[str, Any], read: dict[str, Any]) -> dict[str, Any]:
    """The shape that was read, with the fields that it had when Easel wrote the element."""
    own = table(entry(element).get("fields"))
    known = fields_of(read["kind"])
    kept = {
        name: change.get("is")
        for name, change in own.items()
        if name in known and isinstance(change, dict) and change.get("was") == read.get(name)
    }
    return {**read, **kept}


def from_origin(element: Mapping[str, Any]) -> Mapping[str, Any]:
    """The element with its points as Easel had them: in Excalidraw the first is at 0, 0."""
    at, points = entry(element).get("origin"), flat(element.get("points"))
    if not isinstance(at, list) or len(at) != 2 or not points:
        return element
    dx, dy = map(number, at)
    back = [[x + dx, y + dy] for x, y in zip(points[::2], points[1::2], strict=True)]
    return {**element, "x": number(element.get("x")) - dx, "y": number(element.get("y")) - dy, "points": back}


def is_own(element: Mapping[str, Any]) -> bool:
    """Whether Easel wrote it."""
    return ENTRY in table(element.get("customData"))


def entry(element: Mapping[str, Any]) -> dict[str, Any]:
    return table(table(element.get("customData")).get(ENTRY))
