"""The pictures of a board within a file, in base64."""

from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import orjson

from app.convex.file_records import File, Stored
from app.convex.files import Files
from app.errors import NotFound
from app.images.embedding import in_base64
from app.shapes import Image, Shape

MOST = 40 * 2**20  # bytes of all pictures of a file; those that come then are the smallest that there are


async def pictures_of(
    shapes: list[Shape], files: Files, board: str, about: Callable[[str, str], dict[str, Any]]
) -> AsyncIterator[bytes]:
    """The entries `"id":{…}` of the pictures that the shapes show; one that is gone has none.

    `about` makes an entry of an id and the data: base64, which has to be what the entry ends with.
    """
    used, comma = 0, b""
    for id in dict.fromkeys(shape.file for shape in shapes if isinstance(shape, Image)):
        with suppress(NotFound):
            file = await files.get(board, id)
            variant = fitting(file, used)
            used += variant.size
            async with files.open(board, file, variant) as parts:
                yield comma + orjson.dumps(id) + b":" + orjson.dumps(about(id, ""))[:-2]
                async for part in in_base64(parts):
                    yield part.encode()
                yield b'"}'
                comma = b","


def fitting(file: File, used: int) -> Stored:
    return file.variants[0 if used + file.variants[0].size <= MOST else -1]
