"""Shapes in the API's form."""

from collections.abc import AsyncIterator

import orjson

from app.drawing.bind import settled
from app.pace import Pace
from app.shapes import Find, Line, Shape
from app.shapes.slices import slices


async def json_shapes(shapes: list[Shape], find: Find) -> AsyncIterator[bytes]:
    """A slice at a time, with commas between the shapes; bound lines end where they are seen."""
    pace = Pace()
    for piece in slices(shapes):
        await pace.rest()
        yield b",".join([orjson.dumps(seen(shape, find).json()) for shape in piece])


def seen(shape: Shape, find: Find) -> Shape:
    return settled(shape, find) if isinstance(shape, Line) else shape
