"""Has `worker.py` read a file, in a process of its own. A file that breaks it breaks nothing else."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import orjson

from app.errors import Invalid
from app.workers.nameless import nameless
from app.workers.pool import Job, Pool

JOB = Job(
    script=Path(__file__).with_name("worker.py"),
    memory=1536 * 2**20,  # 64 MiB of JSON in small pieces take 1 GB (measured)
    cpu=30,
    largest=192 * 2**20,
    patience=120.0,
)
BROKEN = b'{"error": "This file takes too much memory or time to open: split it into several."}'
PIECE = 256 * 1024  # bytes of a picture read at once


@dataclass(frozen=True)
class Opened:
    """A file that was read. `title` is "" if it has none; `lost` says in words what could not be kept.

    The output has the bodies of so many `changes`, a line each, then the pictures, each with its key and size.
    """

    title: str
    shapes: int
    changes: int
    lost: list[str]
    pictures: list[tuple[str, int]]
    pictures_at: int
    output: BinaryIO

    async def bodies(self) -> AsyncIterator[bytes]:
        """In order."""
        lines = self._lines()
        for _ in range(self.changes):
            yield await asyncio.to_thread(next, lines)

    def _lines(self) -> Iterator[bytes]:
        with open(self.output.fileno(), "rb", closefd=False) as reader:
            reader.seek(0)
            reader.readline()  # the pictures
            yield from reader

    async def picture(self, at: int, size: int) -> AsyncIterator[bytes]:
        """The bytes of the picture that begins there, after `pictures_at`."""
        for start in range(0, size, PIECE):
            self.output.seek(self.pictures_at + at + start)
            yield await asyncio.to_thread(self.output.read, min(PIECE, size - start))


@asynccontextmanager
async def opened(
    pool: Pool,
    file: BinaryIO,
    seed: str,
    at: tuple[float, float] | None,
    address: str = "",
    job: Job = JOB,
    how: str = "shapes",
) -> AsyncIterator[Opened]:
    """The same seed gives the same changes. `at` is where the middle goes; None: where the file says. `how` is `shapes`
    or, for a file that is to be opened only if it looks the same, `alike`.

    Raises Invalid for a file that cannot be opened, Unavailable if too many wait.
    """
    with nameless() as output:
        place = f"{at[0]!r},{at[1]!r}" if at else "-"
        report = orjson.loads(await pool.run(job, file, [output], seed, place, how, address=address) or BROKEN)
        if "error" in report:
            raise Invalid(report["error"], field="file")
        output.seek(0)
        pictures = await asyncio.to_thread(index, output)
        yield Opened(**report, pictures=pictures, output=output)


def index(output: BinaryIO) -> list[tuple[str, int]]:
    with open(output.fileno(), "rb", closefd=False) as reader:
        return [(key, size) for key, size in orjson.loads(reader.readline())["pictures"]]
