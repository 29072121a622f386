"""People who draw: prepared bodies at an even rate, whether or not the answers keep up."""

import asyncio
import random
import time
import uuid
from dataclasses import dataclass, field

import aiohttp
import orjson

from bench.strokes import stroke
from bench.viewers import Viewer
from harness.people import Person

PATIENCE = 10.0  # s for the last stroke to reach everybody


@dataclass
class Placed:
    """What was drawn: when each shape was sent, and how long its answer took; and what was not accepted."""

    sent: dict[bytes, float] = field(default_factory=dict)
    acknowledged: dict[bytes, float] = field(default_factory=dict)  # ms
    refused: int = 0
    slipped: float = 0.0
    """s that the generator itself was late at the end: the rate was more than it could send."""


class Writer:
    """Draws on one board as these people, in turn."""

    def __init__(self, people: list[Person], board: str, seed: int = 1, points: int = 60) -> None:
        self.board = board
        self._people = people
        self._chance = random.Random(seed)
        self._points = points

    async def draw(self, rate: float, strokes: int, persist: bool = False) -> Placed:
        """`strokes` at `rate` a second. With `persist`, each is sent again under its change id until it is answered."""
        placed = Placed()
        bodies = [self._body() for _ in range(strokes)]
        start = time.perf_counter()
        async with asyncio.TaskGroup() as sending:
            for number, (name, body) in enumerate(bodies):
                await asyncio.sleep(max(0, start + number / rate - time.perf_counter()))
                person = self._people[number % len(self._people)]
                placed.sent[name] = time.perf_counter()
                sending.create_task(self._send(person, name, body, placed, persist))
            placed.slipped = time.perf_counter() - start - (strokes - 1) / rate
        return placed

    def _body(self) -> tuple[bytes, bytes]:
        shape = stroke(self._chance, self._points)
        return shape["id"].encode(), orjson.dumps({"changeId": str(uuid.uuid4()), "put": [shape]})

    async def _send(self, person: Person, name: bytes, body: bytes, placed: Placed, persist: bool) -> None:
        while True:
            try:
                answer = await person.request(
                    "POST", f"/boards/{self.board}/changes", data=body, headers={"Content-Type": "application/json"}
                )
                if answer.status < 300:
                    placed.acknowledged[name] = (time.perf_counter() - placed.sent[name]) * 1000
                    return
            except (aiohttp.ClientError, TimeoutError):
                pass
            if not persist:
                placed.refused += 1
                return
            await asyncio.sleep(0.2)


async def until_seen(names: set[bytes], viewers: list[Viewer], patience: float = PATIENCE) -> None:
    """Until every viewer has every shape, or nobody expects it any more."""
    end = time.perf_counter() + patience
    while time.perf_counter() < end and not all(names <= viewer.arrivals.keys() for viewer in viewers):
        await asyncio.sleep(0.02)
