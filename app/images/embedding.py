"""A board's drawing with its pictures in it, for files that have to stand alone."""

import base64
import re
from collections.abc import AsyncIterator
from contextlib import suppress

from app.convex.file_records import File, Stored
from app.convex.files import TYPE, Files
from app.errors import NotFound

MOST = 8 * 2**20  # bytes of all pictures of one drawing; of what comes then nothing is shown
HALF = MOST // 2  # when so many are used, the rest comes small
SMALL = 256  # px
CHUNK = 3 * 2**16  # bytes turned into base64 at a time: whole threes, and less than a millisecond


async def embedded(drawing: AsyncIterator[str], files: Files, board: str, sharpness: float = 1.0) -> AsyncIterator[str]:
    """The drawing's pieces, with `data:` in place of the addresses of this board's pictures.

    `sharpness` is how many px a px of the board will have.
    """
    address = re.compile(rf'href="/boards/{re.escape(board)}/images/([\w-]+)\?size=(\d+)"')
    used = 0
    async for piece in drawing:
        end = 0
        for found in address.finditer(piece):
            yield piece[end : found.start()]
            end = found.end()
            with suppress(NotFound):
                file = await files.get(board, found[1])
                variant = fitting(file, round(int(found[2]) * sharpness), used)
                if variant:
                    used += variant.size
                    async for part in data(files, board, file, variant):
                        yield part
        yield piece[end:]


def fitting(file: File, side: int, used: int) -> Stored | None:
    """The variant that there is room for."""
    variant = file.variant(SMALL if used > HALF else side)
    if used + variant.size > MOST:
        variant = file.variant(SMALL)
    return variant if used + variant.size <= MOST else None


async def data(files: Files, board: str, file: File, variant: Stored) -> AsyncIterator[str]:
    """`href="data:…"`, in pieces. Raises NotFound before the first of them."""
    async with files.open(board, file, variant) as parts:
        yield f'href="data:{TYPE};base64,'
        async for part in in_base64(parts):
            yield part
        yield '"'


async def in_base64(parts: AsyncIterator[bytes]) -> AsyncIterator[str]:
    waiting = b""
    async for part in parts:
        waiting += part
        whole = len(waiting) - len(waiting) % 3
        if whole >= CHUNK:
            yield base64.b64encode(waiting[:whole]).decode()
            waiting = waiting[whole:]
    yield base64.b64encode(waiting).decode()
