"""Easel JSON, which `app/exchange/writing/easel.py` writes."""

from typing import Any

from app.exchange.ground.complete import complete
from app.exchange.ground.data import in_base64
from app.exchange.ground.drawing import Drawing, Refused, require_room
from app.exchange.ground.values import entries, table
from app.shapes.declared import KINDS

VERSION = 1


def read_easel(found: dict[str, Any]) -> Drawing:
    version = found.get("version")
    if not isinstance(version, int) or version < 1:
        raise Refused("This is an Easel board, but it does not say its version: a part of it is missing or damaged.")
    if version > VERSION:
        raise Refused(f"A newer Easel made this file (version {version:,}): this one reads version {VERSION}.")
    shapes = entries(found.get("shapes"))
    require_room(len(shapes))
    for n, shape in enumerate(shapes):
        if not isinstance(shape.get("id"), str) or str(shape.get("kind")) not in KINDS:
            raise Refused(f"Shape {n + 1:,} of this Easel board has no kind that Easel knows, or no id.")
    pictures = {id: in_base64(table(one).get("data")) for id, one in table(found.get("pictures")).items()}
    title = found.get("title")
    return Drawing(
        title=title if isinstance(title, str) else "",
        shapes=[complete(shape) for shape in shapes],
        pictures={id: picture for id, picture in pictures.items() if picture},
        strict=True,
    )
