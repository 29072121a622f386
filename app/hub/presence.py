"""Who is on a board, told to its readers and to the other web processes."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from app.hub.access import Person
from app.hub.feed import Feed
from app.hub.people import RENEWAL, Face, People

INTERVAL = 0.5  # s between two messages about people, and between two announcements
LEAVING = 1.0  # s for the last announcement


class Presence:
    """Says who comes and goes, at most twice a second, however many they are."""

    def __init__(self, feed: Feed, board: str, process: str, show: Callable[[list[Face]], None]) -> None:
        self.shown: list[Face] = []
        self._feed = feed
        self._board = {"board": board}
        self._process = process
        self._show = show
        self._loop = asyncio.get_running_loop()
        self._people = People(process)
        self._watch = feed.watch("relay:presence", self._board)
        self._changed = asyncio.Event()
        self._announced: list[Face] = []
        self._shown_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def everyone(self) -> list[Face]:
        return self._people.everyone()

    def join(self, viewer: Person) -> None:
        self._people.join(viewer)
        self._update()

    def leave(self, viewer: Person) -> None:
        self._people.leave(viewer, self._loop.time())

    def tick(self, now: float) -> None:
        self._people.expire(now, connected=self._feed.connected)
        self._update()

    async def follow(self) -> None:
        async for rows in self._watch:
            self._people.take(rows, self._loop.time())
            self._update()

    async def announce(self) -> None:
        """Tell the other processes who is here: when that changes, and to renew the lease."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(RENEWAL if self._announced else None):
                    while self._people.here() == self._announced:
                        self._changed.clear()
                        await self._changed.wait()
            here = self._people.here()
            await self._say(here)
            self._announced = here
            await asyncio.sleep(INTERVAL)

    async def withdraw(self) -> None:
        """Tell the other processes that everybody here is gone. If they cannot be told, the lease runs out."""
        if self._announced:
            with suppress(Exception):
                await self._say([], timeout=LEAVING)

    def close(self) -> None:
        self._watch.close()
        if self._timer:
            self._timer.cancel()

    async def _say(self, faces: list[Face], timeout: float = 10.0) -> None:
        people = [face.wire() for face in faces]
        args = {**self._board, "process": self._process, "people": people}
        await self._feed.mutation("relay:announce", args, timeout=timeout)

    def _update(self) -> None:
        self._changed.set()
        if self._people.everyone() != self.shown and not self._timer:
            self._timer = self._loop.call_at(self._shown_at + INTERVAL, self._tell)

    def _tell(self) -> None:
        self._timer = None
        self._shown_at = self._loop.time()
        self.shown = self._people.everyone()
        self._show(self.shown)
