"""How tests follow a room."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

from app.convex.deployment import ConvexInt64, Sync, Watch

PATIENCE = 20.0  # s


class Log:
    """What a reader of a room's tail has: every line once, in the order of commits, come what may."""

    def __init__(self, sync: Sync, room: str, step: int = 5) -> None:
        self.lines: list[str] = []
        self.ts = 0
        self._room = room
        self._step = step
        self.watch: Watch = sync.watch("rooms:tail", self._args())

    def _args(self) -> dict[str, Any]:
        return {"room": self._room, "after": ConvexInt64(self.ts)}

    async def read(self, count: int) -> None:
        """Until there are so many lines."""
        async with asyncio.timeout(PATIENCE):
            while len(self.lines) < count:
                self._take(await anext(self.watch))

    def _take(self, value: Any) -> None:
        new = [line for line in value["lines"] if line["ts"] > self.ts]
        for line in new:
            assert line["ts"] > self.ts
            self.ts = line["ts"]
            self.lines.append(line["text"])
        if value["more"] or (new and len(value["lines"]) >= self._step):
            self.watch.move(self._args())


async def states(sync: Sync) -> AsyncIterator[bool]:
    """Whether it is connected, now and each time that this has changed."""
    changed = asyncio.Event()

    def note(_: bool) -> None:
        changed.set()

    sync.on_state.append(note)
    try:
        while True:
            yield (last := sync.connected)
            while last == sync.connected:
                changed.clear()
                await changed.wait()
    finally:
        sync.on_state.remove(note)


async def until_state(sync: Sync, wanted: bool = True) -> None:
    async with asyncio.timeout(PATIENCE):
        async for state in states(sync):
            if state is wanted:
                return


async def until(watch: Watch, true: Callable[[Any], bool]) -> Any:
    """The first value that is right."""
    async with asyncio.timeout(PATIENCE):
        async for value in watch:
            if true(value):
                return value
    raise AssertionError("the watch ended")
