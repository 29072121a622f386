"""Stroke to viewer: from the moment a stroke is sent to the moment its SVG reaches each reader's socket."""

import asyncio
import random
import time
import uuid
from dataclasses import dataclass

import aiohttp

from bench.strokes import stroke
from bench.viewers import Viewer, watch
from tests.people import Person

RATE = 20  # strokes a second, by one writer
STROKES = 200


@dataclass
class Latency:
    viewers: int
    p50: float  # ms
    p99: float
    worst: float
    acknowledged_p50: float  # ms from sending to the answer
    bytes_per_stroke: float  # a viewer
    lost: int


async def measure(url: str, viewers: int, strokes: int = STROKES) -> Latency:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        person = await Person.sign_in(http, url, "Bench")
        board = await person.create_board("Latency", "link-edit")
        watching = await watch(url, board, viewers)
        await place(person, board, watching, 10)
        for viewer in watching:
            viewer.bytes = 0
        sent, acknowledged = await place(person, board, watching, strokes)
        for viewer in watching:
            viewer.transport.close()
    arrivals = [(viewer.arrivals.get(name), at) for viewer in watching for name, at in sent.items()]
    times = sorted((there - at) * 1000 for there, at in arrivals if there is not None)
    size = sum(viewer.bytes for viewer in watching) / len(watching) / strokes
    return Latency(
        viewers=viewers,
        p50=percentile(times, 50),
        p99=percentile(times, 99),
        worst=times[-1],
        acknowledged_p50=percentile(sorted(acknowledged), 50),
        bytes_per_stroke=size,
        lost=len(arrivals) - len(times),
    )


async def place(
    person: Person, board: str, watching: list[Viewer], strokes: int
) -> tuple[dict[bytes, float], list[float]]:
    """Draws at RATE, then waits until everybody has all, 10 s at most. When each was sent; ms to each answer."""
    chance = random.Random(1)
    sent: dict[bytes, float] = {}
    acknowledged: list[float] = []
    start = time.perf_counter()
    for number in range(strokes):
        await asyncio.sleep(max(0, start + number / RATE - time.perf_counter()))
        shape = stroke(chance)
        change = {"changeId": str(uuid.uuid4()), "put": [shape]}
        name = shape["id"].encode()
        sent[name] = time.perf_counter()
        answer = await person.post(f"/boards/{board}/changes", change)
        assert answer.status == 201, answer.body
        acknowledged.append((time.perf_counter() - sent[name]) * 1000)
    end = time.perf_counter() + 10
    while time.perf_counter() < end and not all(sent.keys() <= viewer.arrivals.keys() for viewer in watching):
        await asyncio.sleep(0.02)
    return sent, acknowledged


def percentile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]
