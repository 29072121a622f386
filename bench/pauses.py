"""The longest pause of each event loop under load, and its cause."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from bench import garbage
from bench.garbage import Collection
from bench.placing import until_seen
from bench.probe import Answer
from bench.table import Table, percentile
from bench.whiteboard import Loop, Whiteboard
from harness.processes import ROOT

LOADS = ((200, 20), (50, 200))  # viewers, strokes a second
SECONDS = 15.0
Found = list[tuple[Loop, list[Answer]]]


async def run(whiteboard: Whiteboard) -> Table:
    table = Table(
        "pauses",
        f"{whiteboard.name}: pauses of the event loops, asked every 5 ms, ms",
        ["viewers", "strokes/s", "loop", "p50", "p99", "longest", "its cause", "longest with a core", "cause"],
        note="With a core: without what the loop waited for one, which on a shared machine is not its fault.",
    )
    for viewers, rate in LOADS:
        async with whiteboard.open(viewers) as board:
            await until_seen({*(await board.draw(rate, rate)).sent}, board.watching)
            async with probing(whiteboard.loops()) as found:
                await until_seen({*(await board.draw(rate, round(rate * SECONDS))).sent}, board.watching)
        for loop, answers in found:
            times = sorted(answer.ms for answer in answers)
            collections = [one for one in garbage.read(whiteboard.folder) if one.pid == loop.pid]
            shared = max(answers, key=lambda answer: answer.ms)
            own = max(map(with_a_core, answers), key=lambda answer: answer.ms)
            pauses = (shared.ms, cause(shared, collections), own.ms, cause(own, collections))
            table.add(viewers, rate, loop.name, percentile(times, 50), percentile(times, 99), *pauses)
    return table


@asynccontextmanager
async def probing(loops: Sequence[Loop]) -> AsyncIterator[Found]:
    """Asks the loops while the body runs. The answers are there afterwards."""
    found: Found = []
    probes = [await start(loop) for loop in loops]
    yield found
    for loop, probe in zip(loops, probes, strict=True):
        output, _ = await probe.communicate(b"")
        found.append((loop, [Answer(**answer) for answer in json.loads(output)]))


async def start(loop: Loop) -> asyncio.subprocess.Process:
    command = (sys.executable, "-m", "bench.probe", loop.url, str(loop.pid))
    probe = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=PIPE, stdout=PIPE)
    assert probe.stdout
    assert await probe.stdout.readline() == b"ready\n"
    return probe


def with_a_core(answer: Answer) -> Answer:
    return replace(answer, ms=answer.ms - min(answer.ms, answer.waited), waited=0.0)


def cause(pause: Answer, collections: Sequence[Collection]) -> str:
    """What took the most of it."""
    collected: Counter[str] = Counter()
    for one in collections:
        collected[f"garbage collection, {one.kind}"] += one.within(pause.start, pause.start + pause.ms / 1000)
    parts = {
        **collected,
        "its own work": pause.ran - collected.total(),
        "no core was free": pause.waited,
        "it slept: the disk, or another process": pause.ms - pause.ran - pause.waited,
    }
    most = max(parts, key=lambda part: parts[part])
    return f"{most} ({parts[most]:.0f} ms)"
