"""Opening a board: the whole page, from request to last byte, with the server warm and just restarted."""

import random
import statistics
import time
import uuid
from dataclasses import dataclass

import aiohttp

from bench.strokes import stroke
from tests.people import Person
from tests.processes import Easel

BATCH = 100  # strokes a change
REPEATS = 9


@dataclass
class Opening:
    strokes: int
    warm: float  # ms, median
    cold: float  # ms, the first page after a restart
    compressed: int  # bytes on the wire with gzip
    plain: int  # bytes


async def seed(person: Person, strokes: int) -> str:
    """A board with so many strokes."""
    chance = random.Random(strokes)
    board = await person.create_board(f"{strokes} strokes", "link-edit")
    for _ in range(strokes // BATCH):
        change = {"changeId": str(uuid.uuid4()), "put": [stroke(chance) for _ in range(BATCH)]}
        answer = await person.post(f"/boards/{board}/changes", change)
        assert answer.status == 201, answer.body
    return board


async def measure(easel: Easel, strokes: int) -> Opening:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False) as http:
        person = await Person.sign_in(http, easel.url, "Bench")
        board = await seed(person, strokes)
        easel.program.stop()
        easel.start()
        cold, compressed = await fetch(person, board, "gzip")
        warm = [(await fetch(person, board, "gzip"))[0] for _ in range(REPEATS)]
        _, plain = await fetch(person, board, "identity")
    return Opening(strokes, statistics.median(warm), cold, compressed, plain)


async def fetch(person: Person, board: str, encoding: str) -> tuple[float, int]:
    """Milliseconds and bytes of one page."""
    start = time.perf_counter()
    answer = await person.get(f"/boards/{board}", headers={"Accept": "text/html", "Accept-Encoding": encoding})
    assert answer.status == 200, answer.body[:300]
    return (time.perf_counter() - start) * 1000, len(answer.body)
