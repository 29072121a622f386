"""Opening a board: the whole page, from request to last byte, with the server warm and just restarted."""

import asyncio
import random
import statistics
import time
import uuid

import aiohttp

from bench.process import memory, servers
from bench.strokes import stroke
from bench.table import Table
from harness.people import Person
from harness.processes import Easel

STROKES = (1_000, 10_000, 100_000)
BATCH = 100  # strokes a change
WRITERS = 4  # at once
REPEATS = 9
SETTLING = 2.0  # s in which pieces are compressed smaller, in the background


async def run(easel: Easel) -> Table:
    table = Table(
        "opening",
        "Easel: opening a board of 60-point strokes",
        ["strokes", "cold ms", "warm ms", "MB first", "MB", "MB plain", "server MB"],
        note="Cold: the first page after all processes were stopped and started again. MB: with gzip, first and then.",
    )
    for strokes in STROKES:
        table.add(strokes, *await measure(easel, strokes))
    return table


async def measure(easel: Easel, strokes: int) -> list[float]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False) as http:
        person = await Person.sign_in(http, easel.url, "Bench")
        board = await seed(person, strokes)
        easel.program.stop()
        easel.start()
        cold, first = await fetch(person, board, "gzip")
        await asyncio.sleep(SETTLING)
        warm = [await fetch(person, board, "gzip") for _ in range(REPEATS)]
        _, plain = await fetch(person, board, "identity")
        used = sum(map(memory, servers(easel)))
    return [cold, statistics.median(ms for ms, _ in warm), first / 1e6, warm[-1][1] / 1e6, plain / 1e6, used]


async def seed(person: Person, strokes: int, points: int = 60) -> str:
    """A board with so many strokes."""
    chance = random.Random(strokes)
    board = await person.create_board(f"{strokes} strokes", "link-edit")
    changes = iter([min(BATCH, strokes - done) for done in range(0, strokes, BATCH)])

    async def draw() -> None:
        for count in changes:
            change = {"changeId": str(uuid.uuid4()), "put": [stroke(chance, points) for _ in range(count)]}
            answer = await person.post(f"/boards/{board}/changes", change)
            assert answer.status == 201, answer.body

    await asyncio.gather(*(draw() for _ in range(WRITERS)))
    return board


async def fetch(person: Person, board: str, encoding: str) -> tuple[float, int]:
    """Milliseconds and bytes of one page."""
    start = time.perf_counter()
    answer = await person.get(f"/boards/{board}", headers={"Accept": "text/html", "Accept-Encoding": encoding})
    assert answer.status == 200, answer.body[:300]
    return (time.perf_counter() - start) * 1000, len(answer.body)
