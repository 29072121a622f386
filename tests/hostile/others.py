"""What an attack costs others: from before it until its end one person draws, and another reads.

A stroke takes until it is answered and has come to the reader. The median may be LIMIT; on a busy machine it may be
TIMES what the same person measured right before, if that is more, and grows with the machine's load. The slowest
strokes get more room, since the other tests that run on the machine's two cores make single strokes wait. *Measured*
in the 95th percentile at a load of 20: without an attack 6 to 72 ms from one run to the next, with one 40 to 180 ms;
with the event loop stopped for a second 885 ms.
"""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from statistics import median

from harness.processes import ROOT, Easel
from tests.hostile.drawing import LEAST, PATIENCE

LIMIT = 0.1  # s
TIMES = 3
SLOW = 4  # times the limit, for the 95th percentile and for twenty in a row
ONCE = 20  # times the limit, for the slowest stroke: one moment in which a busy machine does something else


@dataclass
class Strokes:
    """How long each took, in s."""

    before: list[float] = field(default_factory=list)
    during: list[float] = field(default_factory=list)
    limit: float = LIMIT
    busy: float = 1  # how many times as slow the machine's load makes a stroke

    def check(self) -> None:
        usual, most = (max(self.limit, TIMES * of(self.before)) for of in (median, percentile95))
        took = {
            "median": (median(self.during), usual * self.busy),
            "95th percentile": (percentile95(self.during), SLOW * most),
            "median of the slowest twenty in a row": (max(map(median, in_a_row(self.during))), SLOW * usual),
            "slowest": (max(self.during), ONCE * most),
        }
        for name, (seconds, allowed) in took.items():
            assert seconds < allowed, f"{name}: {seconds:.3f} s, and {allowed:.3f} are allowed\n{self}"

    def __str__(self) -> str:
        return "; ".join(
            f"{name}: {len(took)} strokes, median {median(took):.3f}, 95th {percentile95(took):.3f}, {max(took):.3f} s"
            for name, took in (("before", self.before), ("during", self.during))
        )


def percentile95(took: list[float]) -> float:
    return sorted(took)[int(0.95 * (len(took) - 1))]


def in_a_row(took: list[float]) -> list[list[float]]:
    return [took[start : start + LEAST] for start in range(len(took) - LEAST + 1)]


@contextlib.asynccontextmanager
async def others(easel: Easel, limit: float = LIMIT) -> AsyncIterator[Strokes]:
    """They draw while the block runs; the answer has all strokes when the block has ended.

    In a process of their own, so that the attacker's work is not in their way. Raises AssertionError when a stroke
    was refused, never came, or took too long.
    """
    pipe = asyncio.subprocess.PIPE
    command = [sys.executable, "-m", "tests.hostile.drawing", easel.url]
    command += [str(easel.web_pid), str(easel.deployment_pid)]
    program = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe)
    assert program.stdin
    assert program.stdout
    strokes = Strokes(limit=limit)
    try:
        async with asyncio.timeout(PATIENCE):
            while len(strokes.before) < LEAST:
                line = await program.stdout.readline()
                assert line, "a stroke was refused"
                strokes.before.append(float(line))
        reading = asyncio.create_task(read(program.stdout, strokes.during))
        program.stdin.write(b"the attack begins\n")
        yield strokes
        program.stdin.write_eof()
        await reading
        assert await program.wait() == 0, "a stroke was refused, or never came"
    finally:
        with contextlib.suppress(ProcessLookupError):
            program.kill()
        await program.wait()
    strokes.busy = max(1, os.getloadavg()[0] / (2 * (os.cpu_count() or 1)))
    strokes.check()


async def read(lines: asyncio.StreamReader, into: list[float]) -> None:
    async for line in lines:
        into.append(float(line))
