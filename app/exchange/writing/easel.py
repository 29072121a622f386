"""A board as Easel JSON: `{type, version, title, shapes, pictures}`, all that it takes to have the board again."""

from collections.abc import AsyncIterator
from typing import Any

import orjson

from app.convex.files import TYPE, Files
from app.exchange.writing.pictures import pictures_of
from app.hub.json_shapes import seen
from app.pace import Pace
from app.shapes import Find, Shape
from app.shapes.slices import slices

VERSION = 1
ABSENT = ("z", "author", "ts")  # the order says the first; the others are not the drawing's


async def easel(title: str, shapes: list[Shape], find: Find, files: Files, board: str) -> AsyncIterator[bytes]:
    head = {"type": "easel", "version": VERSION, "title": title}
    yield orjson.dumps(head)[:-1] + b',"shapes":['
    comma, pace = b"", Pace()
    for piece in slices(shapes):
        await pace.rest()
        yield comma + b",".join([orjson.dumps(form(seen(shape, find))) for shape in piece])
        comma = b","
    yield b'],"pictures":{'
    async for part in pictures_of(shapes, files, board, picture):
        yield part
    yield b"}}\n"


def form(shape: Shape) -> dict[str, Any]:
    """With every field, so that the file means the same when defaults have changed."""
    return {name: value for name, value in shape.json().items() if name not in ABSENT}


def picture(_: str, data: str) -> dict[str, str]:
    return {"type": TYPE, "data": data}
