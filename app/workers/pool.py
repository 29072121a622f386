"""Runs scripts as processes under limits, so many at a time. One that breaks breaks nothing else."""

import asyncio
import os
import sys
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import Unavailable
from app.workers.nameless import nameless

CONFINED = Path(__file__).with_name("confined.py")
WORKERS = max(1, min(4, (os.cpu_count() or 2) // 2))  # of one web process: on the other half people draw
WAITING = 100  # jobs under way, those that wait for a worker included
CROWD = 50  # of these of one address
REPORT = 16 * 1024  # bytes of what a worker says
BUSY = "Many pictures are being read or made just now: try again in a moment."


@dataclass(frozen=True)
class Job:
    """A script and its limits. It reads standard input and writes to `outputs`, whose numbers are its last arguments.

    `memory` is bytes of address space, `cpu` s of processor time, `largest` bytes of a file that it writes. `patience`
    is s until the machine counts as too busy for it.
    """

    script: Path
    memory: int
    cpu: int
    largest: int
    patience: float


class Pool:
    """Addresses take turns: others wait for one job of an address, however many it sends. `each` is how many workers
    one address may have.
    """

    def __init__(
        self, workers: int = WORKERS, waiting: int = WAITING, crowd: int = CROWD, each: int | None = None
    ) -> None:
        self._free = workers
        self._each = each or workers
        self._running: Counter[str] = Counter()
        self._waiting, self._crowd = waiting, crowd
        self._asked: Counter[str] = Counter()
        self._lines: dict[str, deque[asyncio.Future[None]]] = {}  # by address, the next one first

    async def run(
        self, job: Job, read: BinaryIO, outputs: Sequence[BinaryIO], *arguments: str, address: str = ""
    ) -> bytes:
        """What the script says on standard output; nothing if it did not live to say it. `address` is whose job it is.

        Raises Unavailable if too many wait, or if it takes too long: its own limit is processor time, so this is the
        machine's fault.
        """
        if self._asked.total() >= self._waiting or self._asked[address] >= self._crowd:
            raise Unavailable(BUSY, retry_after=5)
        self._asked[address] += 1
        try:
            await self._turn(address)
            try:
                return await run(job, read, outputs, arguments)
            finally:
                self._end(address)
        finally:
            self._asked -= Counter([address])

    async def _turn(self, address: str) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._lines.setdefault(address, deque()).append(turn)
        self._next()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # it had its turn just now
                self._end(address)
            raise

    def _end(self, address: str) -> None:
        self._running -= Counter([address])
        self._free += 1
        self._next()

    def _next(self) -> None:
        """Gives free workers to the addresses that wait, the first in line first; each is the last then."""
        for address in list(self._lines):
            if not self._free:
                return
            if self._running[address] >= self._each:
                continue
            line = self._lines.pop(address)
            while line and line[0].done():  # gone meanwhile
                line.popleft()
            if line:
                self._free -= 1
                self._running[address] += 1
                line.popleft().set_result(None)
            if line:
                self._lines[address] = line


async def run(job: Job, read: BinaryIO, outputs: Sequence[BinaryIO], arguments: Sequence[str]) -> bytes:
    fds = [file.fileno() for file in outputs]
    limits = map(str, (job.memory, job.cpu, job.largest))
    # Into a file, not a pipe: one that is never read to its end would keep us from hearing that the worker is gone.
    with nameless() as report:
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", str(CONFINED), *limits, str(job.script), *arguments, *map(str, fds)),
            stdin=read,
            stdout=report,
            stderr=asyncio.subprocess.DEVNULL,
            pass_fds=fds,
            env={},
        )
        try:
            async with asyncio.timeout(job.patience):
                ended_well = await worker.wait() == 0
        except TimeoutError:
            raise Unavailable(BUSY, retry_after=5) from None
        finally:
            if worker.returncode is None:
                worker.kill()
                await worker.wait()
        report.seek(0)
        return report.read(REPORT) if ended_well else b""
