"""How many strokes a second 50 viewers get with a p99 below 250 ms and none lost. The rate grows until it fails."""

import asyncio

import aiohttp

from bench.table import Table, percentile
from bench.viewers import let_go, watch
from bench.writers import Placed, Writer, until_seen
from harness.people import Person
from harness.processes import Easel

VIEWERS = 50
WRITERS = 8
FIRST, FACTOR = 100.0, 1.3  # strokes a second, and from one step to the next
SECONDS = 4.0  # a step
LIMIT = 250.0  # ms
MOST = 3_000.0


async def run(easel: Easel) -> Table:
    table = Table(
        "saturation",
        f"Most strokes a second, {VIEWERS} viewers, {WRITERS} writers",
        ["offered /s", "reached /s", "p50 ms", "p99 ms", "refused", "lost", "held"],
        note=f"Held: p99 below {LIMIT:.0f} ms, nothing refused or lost, and the generator itself kept the rate.",
    )
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        people = [await Person.sign_in(http, easel.url, f"Bench {n}") for n in range(WRITERS)]
        rate = FIRST
        while rate <= MOST:
            row, held = await step(easel, people, rate)
            table.add(*row, "yes" if held else "no")
            if not held:
                break
            rate *= FACTOR
            await asyncio.sleep(0.5)
    return table


async def step(easel: Easel, people: list[Person], rate: float) -> tuple[list[float], bool]:
    board = await people[0].create_board(f"{rate:.0f} a second", "link-edit")
    watching = await watch(easel.url, board, VIEWERS)
    placed = await Writer(people, board, seed=int(rate)).draw(rate, round(rate * SECONDS))
    await until_seen({*placed.acknowledged}, watching)
    let_go(watching)
    times = sorted(
        (viewer.arrivals[name] - at) * 1000
        for viewer in watching
        for name, at in placed.sent.items()
        if name in viewer.arrivals
    )
    lost = VIEWERS * len(placed.acknowledged) - sum(
        len(placed.acknowledged.keys() & v.arrivals.keys()) for v in watching
    )
    p99 = percentile(times, 99)
    held = p99 < LIMIT and not lost and not placed.refused and placed.slipped < 0.25 * SECONDS
    return [rate, reached(placed), percentile(times, 50), p99, placed.refused, lost], held


def reached(placed: Placed) -> float:
    """Strokes a second, from the first sent to the last answered."""
    first = min(placed.sent.values())
    last = max((placed.sent[name] + ms / 1000 for name, ms in placed.acknowledged.items()), default=first + 1)
    return len(placed.acknowledged) / (last - first)
