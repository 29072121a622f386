"""A board as a `.excalidraw` file."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import orjson

from app.convex.files import TYPE, Files
from app.errors import NotFound
from app.exchange.writing.elements import elements_of
from app.exchange.writing.pictures import pictures_of
from app.hub.json_shapes import seen
from app.shapes import Find, Image, Line, Shape
from app.shapes.slices import slices

STATE = {"gridSize": None, "viewBackgroundColor": "#ffffff"}


async def excalidraw(source: str, shapes: list[Shape], find: Find, files: Files, board: str) -> AsyncIterator[bytes]:
    """`source` is Easel's address."""
    head = {"type": "excalidraw", "version": 2, "source": source}
    yield orjson.dumps(head)[:-1] + b',"elements":['
    comma = b""
    bound = bound_lines(shapes)
    for piece in slices(shapes):
        sizes = {one.id: await size_of(one, files, board) for one in piece if isinstance(one, Image) and one.crop}
        yield comma + await asyncio.to_thread(written, piece, find, bound, sizes)
        comma = b","
    yield b'],"appState":' + orjson.dumps(STATE) + b',"files":{'
    async for part in pictures_of(shapes, files, board, picture):
        yield part
    yield b"}}\n"


def written(
    shapes: list[Shape], find: Find, bound: Mapping[str, list[str]], sizes: Mapping[str, tuple[int, int]]
) -> bytes:
    """In a thread: a stroke of 5,000 points takes 20 ms."""
    made = [elements_of(seen(one, find), find, bound.get(one.id, ()), sizes.get(one.id, (1, 1))) for one in shapes]
    return b",".join([orjson.dumps(element) for elements in made for element in elements])


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
