"""Runs `worker.py`, once for each picture and so many at a time. A picture that breaks it breaks nothing else."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import orjson

from app.errors import Invalid, Unavailable
from app.images.spool import nameless

WORKER = Path(__file__).with_name("worker.py")
WORKERS = max(1, min(4, (os.cpu_count() or 2) // 2))  # of one web process: on the other half people draw
WAITING = 100  # pictures that may wait for a worker
PATIENCE = 90.0  # s for one picture, which has 15 s of processor time
REPORT = 16 * 1024  # bytes of what a worker says
SIDES = (4096, 1024, 256)  # px, in the order of the worker's files
BROKEN = b'{"error": "This picture takes too much memory or time to open: make it smaller."}'
BUSY = "Many pictures are being added just now: try again in a moment."


@dataclass(frozen=True)
class Variant:
    """One size of a picture. `side` is the longest it may have, in px, `size` in bytes, `sha256` in hex."""

    side: int
    width: int
    height: int
    size: int
    sha256: str
    file: BinaryIO


class Decoder:
    def __init__(self, workers: int = WORKERS) -> None:
        self._free = asyncio.Semaphore(workers)
        self._asked = 0

    @asynccontextmanager
    async def decoded(self, picture: BinaryIO, kind: str) -> AsyncIterator[list[Variant]]:
        """The harmless variants, the full one first, for as long as the context lasts.

        Raises Invalid for a picture that cannot be opened, Unavailable if too many wait.
        """
        with ExitStack() as files:
            outputs = {side: files.enter_context(nameless()) for side in SIDES}
            report = orjson.loads(await self._report(picture, kind, list(outputs.values())))
            if "error" in report:
                raise Invalid(report["error"], field="file")
            yield [Variant(**made, file=outputs[made["side"]]) for made in report["variants"]]

    async def _report(self, picture: BinaryIO, kind: str, outputs: list[BinaryIO]) -> bytes:
        if self._asked >= WAITING:
            raise Unavailable(BUSY, retry_after=5)
        self._asked += 1
        try:
            async with self._free:
                return await run(picture, kind, outputs) or BROKEN
        finally:
            self._asked -= 1


async def run(picture: BinaryIO, kind: str, outputs: list[BinaryIO]) -> bytes:
    """What the worker says; nothing if it did not live to say it.

    Raises Unavailable if it takes too long: its own limit is processor time, so this is the machine's fault.
    """
    fds = [file.fileno() for file in outputs]
    # Into a file, not a pipe: one that is never read to its end would keep us from hearing that the worker is gone.
    with nameless() as report:
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", str(WORKER), kind, *map(str, fds)),
            stdin=picture,
            stdout=report,
            stderr=asyncio.subprocess.DEVNULL,
            pass_fds=fds,
            env={},
        )
        try:
            async with asyncio.timeout(PATIENCE):
                ended_well = await worker.wait() == 0
        except TimeoutError:
            raise Unavailable(BUSY, retry_after=5) from None
        finally:
            if worker.returncode is None:
                worker.kill()
                await worker.wait()
        report.seek(0)
        return report.read(REPORT) if ended_well else b""
