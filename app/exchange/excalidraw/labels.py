"""Which texts are the labels of other shapes. Ours stand in the middle."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.exchange.excalidraw.custom import container_of
from app.exchange.ground.values import number

Element = Mapping[str, Any]
ROOMY = 2  # times the height of its label: in the middle the label would be somewhere else


def labels_of(elements: Sequence[Element]) -> tuple[dict[str, Element], dict[str, str]]:
    """By the ids of shapes their labels; and by the ids of a shape and a text that stays beside it, their group.

    A label at the top or the bottom of a roomy shape, such as the title of a part of a diagram, stays a text.
    """
    holders = {one["id"]: one for one in elements if one["type"] != "text"}
    labels: dict[str, Element] = {}
    ties: dict[str, str] = {}
    for text in elements:
        holder = holders.get(container_of(text)) if text["type"] == "text" else None
        if holder is None:
            continue
        if apart(text, holder):
            if not holder.get("groupIds"):
                ties |= dict.fromkeys((holder["id"], text["id"]), f"{holder['id']} and its title")
        else:
            labels[holder["id"]] = text
    return labels, ties


def apart(text: Element, holder: Element) -> bool:
    roomy = number(holder.get("height")) > ROOMY * number(text.get("height"))
    return text.get("verticalAlign") in ("top", "bottom") and roomy and holder["type"] != "arrow"
