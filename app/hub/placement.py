"""Where the shapes of a change go among those that a page already has."""

from collections.abc import Mapping
from typing import TypeAlias

from app.hub.order import Order
from app.shapes import Shape

Placed: TypeAlias = tuple[str, str | None]
"""An id, and the id that it goes right below: "" on top, None where it is."""


def placement(
    before: Mapping[str, float | None], shapes: Mapping[str, Shape], order: Order
) -> tuple[list[str], list[Placed]]:
    """The ids to remove, and the other shapes of `before` (the z that a page has of each) in the order it needs.

    From the top down those that go below another shape, so that the page has the other one by then; then, upwards,
    those that keep their place, and those that are new and on top of everything.
    """
    removed = [id for id in before if id not in shapes]
    moved = {id for id, z in before.items() if id in shapes and z != shapes[id].z}
    kept = [id for id in before if id in shapes and id not in moved]
    new = {id for id in moved if before[id] is None}
    on_top = order.top(new)

    def place(id: str) -> str:
        above = order.above(shapes[id].z, id)
        return "" if above is None or above in on_top[:1] else above

    below = sorted(moved.difference(on_top), key=lambda id: (shapes[id].z, id), reverse=True)
    return removed, [
        *((id, place(id)) for id in below),
        *((id, None) for id in kept),
        *((id, None) for id in on_top),
    ]
