"""Strokes that are placed at an even rate, whether or not the answers keep up."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Protocol

PATIENCE = 10.0  # s for the last stroke to reach everybody


class Watching(Protocol):
    """A viewer: when each of the bench's shapes arrived, in seconds of `time.perf_counter`."""

    arrivals: dict[bytes, float]
    bytes: int


@dataclass
class Placed:
    """What was drawn: when each shape was sent, and how long its answer took; and what was not accepted."""

    sent: dict[bytes, float] = field(default_factory=dict)
    acknowledged: dict[bytes, float] = field(default_factory=dict)  # ms
    refused: int = 0
    slipped: float = 0.0
    """s that the generator itself was late at the end: the rate was more than it could send."""

    def answered(self, name: bytes) -> None:
        self.acknowledged[name] = (time.perf_counter() - self.sent[name]) * 1000


Send = Callable[[int, bytes, bytes, Placed], Coroutine[None, None, None]]


async def place(bodies: Sequence[tuple[bytes, bytes]], rate: float, send: Send) -> Placed:
    """Calls `send` for each name and body when it is due. It notes in `placed` what became of it."""
    placed = Placed()
    start = time.perf_counter()
    async with asyncio.TaskGroup() as sending:
        for number, (name, body) in enumerate(bodies):
            await asyncio.sleep(max(0, start + number / rate - time.perf_counter()))
            placed.sent[name] = time.perf_counter()
            sending.create_task(send(number, name, body, placed))
        placed.slipped = time.perf_counter() - start - (len(bodies) - 1) / rate
    return placed


async def until_seen(names: set[bytes], watching: Sequence[Watching], patience: float = PATIENCE) -> None:
    """Until every viewer has every shape, or nobody expects it any more."""
    end = time.perf_counter() + patience
    while time.perf_counter() < end and not all(names <= viewer.arrivals.keys() for viewer in watching):
        await asyncio.sleep(0.02)
