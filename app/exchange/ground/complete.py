"""A shape with the fields of its kind, and no others: as the API takes it, and as the board keeps it."""

from typing import Any

from app.shapes import Shape, shape_of
from app.shapes.declared import fields_of
from app.shapes.shape import packed


def complete(read: dict[str, Any]) -> dict[str, Any]:
    """What was not read has its default."""
    fields = {name: read.get(name, default) for name, default in fields_of(read["kind"]).items()}
    return {"id": read["id"], "kind": read["kind"], **fields}


def record(read: dict[str, Any]) -> Shape | None:
    """None for one whose fields are not what they should be."""
    try:
        return shape_of(packed({**complete(read), "z": 0.0, "author": "", "ts": 0}))
    except (TypeError, ValueError, AttributeError, ArithmeticError):
        return None
