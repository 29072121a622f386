"""Pictures of boards: how long they take, what they cost, and what the event loop feels of it."""

import asyncio
import contextlib
import statistics
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import aiohttp

from bench.opening import seed
from bench.ours import Ours
from bench.pauses import probing, with_a_core
from bench.process import TICK
from bench.table import Table
from harness.people import Person
from harness.pids import command_line, group
from harness.processes import Easel

STROKES = (100, 1_000, 10_000)
REPEATS = 3
LOOK = 0.01  # s between looks at the worker's memory


async def run(easel: Easel) -> Table:
    table = Table(
        "pictures",
        "Pictures of boards of 60-point strokes, as PNG",
        ["strokes", "picture", "s", "s of processor", "worker MB", "longest pause ms", "KB"],
        note=f"Medians of {REPEATS}. A board's two thumbnails are 480 px wide each. The pause is the event loop's, "
        "without what it waited for a core.",
    )
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        for strokes in STROKES:
            person = await Person.sign_in(http, easel.url, "Bench")
            board = await seed(person, strokes)
            await thumbnail(person, board)  # else it would be drawn meanwhile
            for name, query in {"usual": "", "2,000 px wide": "?width=2000", "480 px wide": "?width=480"}.items():
                table.add(strokes, name, *await measured(easel, partial(png, person, board, query)))
    return table


async def measured(easel: Easel, draw: Callable[[], Awaitable[int]]) -> list[float]:
    took, spent, size = [], [], 0
    peak = Peak(easel)
    async with probing(Ours(easel).loops()[:1]) as found, asyncio.TaskGroup() as group:
        watching = group.create_task(peak.watch())
        for _ in range(REPEATS):
            start, before = time.perf_counter(), processor_of_children(easel.web_pid)
            size = await draw()
            took.append(time.perf_counter() - start)
            spent.append((processor_of_children(easel.web_pid) - before) / 1000)
        watching.cancel()
    ((_, answers),) = found
    pause = max(with_a_core(answer).ms for answer in answers)
    return [statistics.median(took), statistics.median(spent), peak.most, pause, size / 1000]


async def png(person: Person, board: str, query: str) -> int:
    answer = await person.get(f"/boards/{board}.png{query}")
    assert answer.status == 200, answer.body
    return len(answer.body)


async def thumbnail(person: Person, board: str) -> None:
    while "ETag" not in (await person.get(f"/boards/{board}/thumbnail")).headers:
        pass


def processor_of_children(pid: int) -> float:
    """ms of processor time of the children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[13]) + int(fields[14])) * TICK


class Peak:
    """The most memory that a worker has taken, in MB."""

    def __init__(self, easel: Easel) -> None:
        self.easel = easel
        self.most = 0.0

    async def watch(self) -> None:
        while True:
            for pid in group(self.easel.program.pid):
                with contextlib.suppress(OSError, IndexError):  # it has just ended
                    if "pictures/worker.py" in command_line(pid):
                        self.most = max(self.most, peak_of(pid))
            await asyncio.sleep(LOOK)


def peak_of(pid: int) -> float:
    """MB that were resident at most."""
    return int(Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
