"""A checkpoint as bytes: deflated lines of JSON. First what it is of, then shapes by their fields' names, some a line.

So it stays good when the code changes that draws shapes or keeps them in memory. *Measured* with 10,000 changes and
5,000 strokes of 60 points, in ms of the processor: the page of a moment takes 185 from a checkpoint and 74 from a
moment that was shown before. Each row that is folded takes 0.04.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

import orjson

from app.history.fold import Fold
from app.shapes import Shape, form_of, shape_of
from app.shapes.slices import slices

FORMAT = 1  # another form needs another number
LEVEL = 1  # zlib's


async def write(ts: int, fold: Fold) -> AsyncIterator[bytes]:
    """The event loop has its turn after each line, and a thread deflates. The fold must not change meanwhile."""
    squeeze = zlib.compressobj(LEVEL)
    head = {"format": FORMAT, "ts": str(ts), "live": len(fold.live), "gone": len(fold.gone)}
    yield squeeze.compress(orjson.dumps(head) + b"\n")
    for line in lines([*fold.live.values(), *fold.gone.values()]):
        if part := await asyncio.to_thread(squeeze.compress, line):
            yield part
    yield squeeze.flush()


def lines(shapes: list[Shape]) -> Iterator[bytes]:
    for piece in slices(shapes):
        yield orjson.dumps([fields_of(shape) for shape in piece]) + b"\n"


def fields_of(shape: Shape) -> dict[str, Any]:
    form = form_of(type(shape))
    return dict(zip(form.names, form.values(shape), strict=True))


async def read(ts: int, parts: AsyncIterator[bytes]) -> Fold:
    """Raises ValueError or KeyError if this is not a whole checkpoint of that ts."""
    head: dict[str, Any] | None = None
    shapes: list[Shape] = []
    async for line in unpacked(parts):
        if head is None:
            head = orjson.loads(line)
        else:
            shapes += map(shape_of, orjson.loads(line))
        await asyncio.sleep(0)
    if head is None or (head["format"], head["ts"], head["live"] + head["gone"]) != (FORMAT, str(ts), len(shapes)):
        raise ValueError("another checkpoint, or a part of one")
    live, gone = shapes[: head["live"]], shapes[head["live"] :]
    return Fold({shape.id: shape for shape in live}, {shape.id: shape for shape in gone})


async def unpacked(parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    unpack, rest = zlib.decompressobj(), b""
    try:
        async for part in parts:
            *whole, rest = (rest + unpack.decompress(part)).split(b"\n")
            for line in whole:
                yield line
    except zlib.error as error:
        raise ValueError(f"not a checkpoint: {error}") from error
    if rest or not unpack.eof:
        raise ValueError("a checkpoint that was cut short")
