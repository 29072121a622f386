"""People who draw: prepared bodies, sent when they are due."""

import asyncio
import random
import uuid

import orjson

from bench.placing import PATIENCE, Placed, place
from bench.posting import Posting
from bench.strokes import stroke
from harness.people import Person


class Writer:
    """Draws on one board as these people, in turn."""

    def __init__(
        self, people: list[Person], board: str, seed: int = 1, points: int = 60, address: str = "127.0.0.1"
    ) -> None:
        self.board = board
        self._people = people
        self._changes = Posting(people[0].url, f"/boards/{board}/changes", address)
        self._chance = random.Random(seed)
        self._points = points

    async def draw(self, rate: float, strokes: int, persist: bool = False) -> Placed:
        """`strokes` at `rate` a second. With `persist`, each is sent again under its change id until it is answered."""

        async def send(number: int, name: bytes, body: bytes, placed: Placed) -> None:
            token = self._people[number % len(self._people)].token
            while not await self._accepted(token, body):
                if not persist:
                    placed.refused += 1
                    return
                await asyncio.sleep(0.2)
            placed.answered(name)

        return await place([self._body() for _ in range(strokes)], rate, send)

    def close(self) -> None:
        self._changes.close()

    def _body(self) -> tuple[bytes, bytes]:
        shape = stroke(self._chance, self._points)
        return shape["id"].encode(), orjson.dumps({"changeId": str(uuid.uuid4()), "put": [shape]})

    async def _accepted(self, token: str, body: bytes) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._changes.post(token, body) < 300
        except OSError:  # TimeoutError too
            return False
