"""Opening a tldraw board: from the connection to the last byte of the answer to `connect`, which has all shapes."""

import asyncio
import random
import statistics
import time
import uuid

from bench import opening
from bench.peers.tldraw.client import Client
from bench.peers.tldraw.program import Board, Tldraw
from bench.table import Table


async def run(tldraw: Tldraw) -> Table:
    table = Table(
        "opening", "tldraw: opening a board of 60-point strokes", ["strokes", "cold ms", "warm ms", "MB", "server MB"]
    )
    for strokes in opening.STROKES:
        table.add(strokes, *await measure(tldraw, strokes))
    return table


async def measure(tldraw: Tldraw, strokes: int) -> list[float]:
    room = str(uuid.uuid4())
    await seed(tldraw, room, strokes)
    tldraw.program.stop()
    tldraw.start()
    cold, first = await fetch(tldraw, room)
    await asyncio.sleep(opening.SETTLING)
    warm = [await fetch(tldraw, room) for _ in range(opening.REPEATS)]
    used = tldraw.memory()
    for client in (first, *(client for _, client in warm)):
        client.close()
    return [cold, statistics.median(ms for ms, _ in warm), first.bytes / 1e6, used]


async def seed(tldraw: Tldraw, room: str, strokes: int) -> None:
    client = await tldraw.enter(room)
    board = Board([], [], client, random.Random(strokes))
    for done in range(0, strokes, opening.BATCH):
        bodies = [board.body()[1] for _ in range(min(opening.BATCH, strokes - done))]
        assert await client.push(bodies)
    client.close()


async def fetch(tldraw: Tldraw, room: str) -> tuple[float, Client]:
    start = time.perf_counter()
    client = await tldraw.enter(room)
    return (time.perf_counter() - start) * 1000, client
