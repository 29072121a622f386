"""The box around shapes that were read."""

from collections.abc import Sequence
from typing import Any

from app.drawing.boxes import union
from app.drawing.measure import bounds
from app.exchange.ground.complete import record
from app.shapes import Box


def box_around(shapes: Sequence[dict[str, Any]]) -> Box | None:
    """left, top, right, bottom on the board; None if none of them can be drawn."""
    records = {shape["id"]: one for shape in shapes if (one := record(shape))}
    box: Box | None = None
    for one in records.values():
        try:
            around = bounds(one, records.get)
        except (
            TypeError,
            ValueError,
            AttributeError,
            LookupError,
            ArithmeticError,
        ):  # refused when it is checked
            continue
        box = union(box, around) if box else around
    return box
