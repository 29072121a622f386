"""Shapes in the API's form."""

import asyncio
from collections.abc import AsyncIterator

import orjson

from app.drawing.bind import settled
from app.shapes import Find, Line, Shape

SLICE = 50  # shapes made JSON before the event loop has its turn: about 1 ms


async def json_shapes(shapes: list[Shape], find: Find) -> AsyncIterator[bytes]:
    """A SLICE at a time, with commas between the shapes; bound lines end where they are seen."""
    for start in range(0, len(shapes), SLICE):
        piece = shapes[start : start + SLICE]
        yield b",".join([orjson.dumps(seen(shape, find).json()) for shape in piece])
        await asyncio.sleep(0)


def seen(shape: Shape, find: Find) -> Shape:
    return settled(shape, find) if isinstance(shape, Line) else shape
