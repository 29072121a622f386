"""A board as a `.excalidraw` file."""

from collections.abc import AsyncIterator
from typing import Any

import orjson

from app.convex.files import TYPE, Files
from app.errors import NotFound
from app.exchange.writing.elements import elements_of
from app.exchange.writing.pictures import pictures_of
from app.hub.json_shapes import seen
from app.pace import Pace
from app.shapes import Find, Image, Line, Shape

PIECE = 64 * 1024  # bytes that are sent at once
STATE = {"gridSize": None, "viewBackgroundColor": "#ffffff"}


async def excalidraw(source: str, shapes: list[Shape], find: Find, files: Files, board: str) -> AsyncIterator[bytes]:
    """`source` is Easel's address."""
    head = {"type": "excalidraw", "version": 2, "source": source}
    yield orjson.dumps(head)[:-1] + b',"elements":['
    comma, written, pace = b"", bytearray(), Pace()
    bound = bound_lines(shapes)
    for shape in shapes:
        size = await size_of(shape, files, board) if isinstance(shape, Image) and shape.crop else (1, 1)
        made = elements_of(seen(shape, find), find, bound.get(shape.id, ()), size)
        written += comma + b",".join([orjson.dumps(element) for element in made])
        comma = b","
        if len(written) >= PIECE:
            yield bytes(written)
            written.clear()
        await pace.rest()  # one takes 0.2 ms, and of 5,000 points 5
    yield bytes(written)
    yield b'],"appState":' + orjson.dumps(STATE) + b',"files":{'
    async for part in pictures_of(shapes, files, board, picture):
        yield part
    yield b"}}\n"


def bound_lines(shapes: list[Shape]) -> dict[str, list[str]]:
    """The lines that are bound to each shape."""
    found: dict[str, list[str]] = {}
    for line in shapes:
        for id in line.bound if isinstance(line, Line) else ():
            found.setdefault(id, []).append(line.id)
    return found


async def size_of(shape: Image, files: Files, board: str) -> tuple[int, int]:
    """Of its picture, in px."""
    try:
        whole = (await files.get(board, shape.file)).variants[0]
    except NotFound:
        return 1, 1
    return whole.width, whole.height


def picture(id: str, data: str) -> dict[str, Any]:
    return {"mimeType": TYPE, "id": id, "created": 1, "dataURL": f"data:{TYPE};base64,{data}"}
