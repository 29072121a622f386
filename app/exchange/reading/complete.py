"""A shape with the fields of its kind, and no others."""

from typing import Any

from app.shapes.declared import fields_of


def complete(read: dict[str, Any]) -> dict[str, Any]:
    """What was not read has its default."""
    fields = {name: read.get(name, default) for name, default in fields_of(read["kind"]).items()}
    return {"id": read["id"], "kind": read["kind"], **fields}
