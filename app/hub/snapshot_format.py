"""A snapshot as bytes: shapes with their pictures and boxes, so that a hub need not read and draw each of them.

Deflated lines of JSON, each some shapes in z order: `[[kind, fields, svg, box], ...]`. *Measured* with 10,000 strokes
of 60 points: the first page after a restart takes 250 ms instead of 620.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable, Sequence
from typing import NamedTuple

import orjson

from app.pace import Pace
from app.shapes import KINDS, Box, Shape, form_of
from app.sources import digest

LINE = 200  # shapes: about 2 ms
LEVEL = 1  # zlib's
# Of the code that a picture depends on. A snapshot of another version is not used.
VERSION = digest("shapes", "app/shapes", "app/drawing", "templates/shapes*", "templates/picture.html")


class DrawnShape(NamedTuple):
    shape: Shape
    svg: str
    box: Box


async def write(ids: Sequence[str], drawn: Callable[[Sequence[str]], list[DrawnShape]]) -> AsyncIterator[bytes]:
    """The shapes of these ids that are still there; `drawn` gives some of them with their pictures.

    The event loop has its turn after each line, and a thread deflates. A shape that changes meanwhile is written as it
    is by then. Its ts is newer than the snapshot's, so the same change from the log then does nothing.
    """
    squeeze = zlib.compressobj(LEVEL)
    for start in range(0, len(ids), LINE):
        line = dumps(drawn(ids[start : start + LINE]))
        if part := await asyncio.to_thread(squeeze.compress, line):
            yield part
    yield squeeze.flush()


def dumps(drawn: Sequence[DrawnShape]) -> bytes:
    return (
        orjson.dumps([(shape.kind, form_of(type(shape)).values(shape), svg, box) for shape, svg, box in drawn]) + b"\n"
    )


async def read(parts: AsyncIterator[bytes]) -> AsyncIterator[list[DrawnShape]]:
    """Raises ValueError if this is not a whole snapshot."""
    unpack, rest, pace = zlib.decompressobj(), b"", Pace()
    try:
        async for part in parts:
            *whole, rest = (rest + unpack.decompress(part)).split(b"\n")
            for line in whole:
                await pace.rest()
                yield [
                    DrawnShape(KINDS[kind](*fields), svg, (box[0], box[1], box[2], box[3]))
                    for kind, fields, svg, box in orjson.loads(line)
                ]
    except zlib.error as error:
        raise ValueError(f"not a snapshot: {error}") from error
    if rest or not unpack.eof:
        raise ValueError("a snapshot that was cut short")
