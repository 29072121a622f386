"""Who is on a board: sent to its readers and, as a lease, to the other web processes."""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from app.drawing import render
from app.hub import events
from app.hub.access import Person
from app.hub.audience import Audience
from app.hub.feed import Feed
from app.hub.presence.people import RENEWAL, Face, People

INTERVAL = 0.5  # s between two frames about people, and between two announcements
VISIT = 8.0  # s: the longest that a window which keeps no stream waits to look in again, browser/sync/windows.ts
LEAVING = 1.0  # s for the last announcement


class Attendance:
    """Sends who came and went at most twice a second, however many they are."""

    def __init__(self, feed: Feed, board: str, process: str, audience: Audience) -> None:
        self.shown: list[Face] = []
        """The people in the latest frame that readers were sent."""
        self._feed = feed
        self._board = {"board": board}
        self._process = process
        self._audience = audience
        self._loop = asyncio.get_running_loop()
        self._people = People(process)
        self._changed = asyncio.Event()
        self._announced: tuple[list[Face], int] = [], 0
        self._renewing = False
        self._shown_pages = 0
        self._shown_at = 0.0
        self._ids: set[str] = set()
        self._left: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def everyone(self) -> list[Face]:
        return self._people.everyone()

    @property
    def watching(self) -> int:
        """How many pages have the board open, in all processes."""
        return self._audience.pages + self._people.elsewhere

    @property
    def shared(self) -> bool:
        """Whether another process has the board open."""
        return self._people.elsewhere > 0

    def join(self, viewer: Person | None) -> None:
        if viewer:
            self._people.join(viewer)
        self._update()

    def visit(self, viewer: Person | None) -> None:
        """Count this person as here until a page of theirs had to read its next short stream."""
        self.join(viewer)
        if viewer:
            self._people.leave(viewer, self._loop.time() + VISIT)

    def leave(self, viewer: Person) -> None:
        self._people.leave(viewer, self._loop.time())

    def tick(self, now: float) -> None:
        self._people.expire(now, connected=self._feed.connected)
        self._update()

    def pop_left(self) -> set[str]:
        """The ids of the people who left the board since the last call."""
        left, self._left = self._left, set()
        return left

    def renew(self) -> None:
        """Announce this process again, although nothing changed."""
        self._renewing = True
        self._changed.set()

    def take(self, rows: Iterable[Mapping[str, Any]]) -> bool:
        """The leases of all processes. Whether another one is new, renewed its lease, or asks for what it missed."""
        before = self._people.beats()
        self._people.take(rows, self._loop.time())
        self._update()
        return bool(self._people.beats().items() - before.items())

    async def announce(self) -> None:
        """Write the lease: when the people here change, and to renew it."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(RENEWAL if any(self._announced) else None):
                    while self._here() == self._announced and not self._renewing:
                        self._changed.clear()
                        await self._changed.wait()
            here, self._renewing = self._here(), False
            await self._write(*here)
            self._announced = here
            await asyncio.sleep(INTERVAL)

    async def withdraw(self) -> None:
        """Write that nobody is here. If that fails, the lease runs out."""
        if any(self._announced):
            with suppress(Exception):
                await self._write([], 0, timeout=LEAVING)

    def close(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _here(self) -> tuple[list[Face], int]:
        return self._people.here(), self._audience.pages

    async def _write(self, faces: list[Face], pages: int, timeout: float = 10.0) -> None:
        people = [face.wire() for face in faces]
        args = {**self._board, "process": self._process, "people": people, "watching": float(pages)}
        await self._feed.mutation("relay:announce", args, timeout=timeout)

    def _update(self) -> None:
        self._changed.set()
        everyone = self._people.everyone()
        before, self._ids = self._ids, {face.id for face in everyone}
        self._left = (self._left | before) - self._ids
        if (everyone, self.watching) != (self.shown, self._shown_pages) and not self._timer:
            self._timer = self._loop.call_at(self._shown_at + INTERVAL, self._show)

    def _show(self) -> None:
        self._timer = None
        self._shown_at = self._loop.time()
        self.shown, self._shown_pages = self._people.everyone(), self.watching
        self._audience.send_html(render.people(self.shown))
        self._audience.send_to_pages(events.event("presence", {"watching": self._shown_pages}))
