"""Who is on a board, told to its readers and to the other web processes."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from app.hub.access import Person
from app.hub.feed import Feed
from app.hub.people import RENEWAL, Face, People

INTERVAL = 0.5  # s between two messages about people, and between two announcements
VISIT = 8.0  # s: the longest that a window which keeps no stream waits to look in again, browser/sync/windows.ts
LEAVING = 1.0  # s for the last announcement


class Presence:
    """Says who comes and goes, at most twice a second, however many they are.

    `pages` counts the pages that this process has open, `show` tells readers who is here and how many pages there are.
    """

    def __init__(
        self, feed: Feed, board: str, process: str, pages: Callable[[], int], show: Callable[[list[Face], int], None]
    ) -> None:
        self.shown: list[Face] = []
        self.on_left: Callable[[set[str]], None] = lambda _: None
        """Told who is on the board no more, at once."""
        self.on_beat: Callable[[], None] = lambda: None
        """Another process has come, or asks for what it missed, or only renews its lease."""
        self._feed = feed
        self._board = {"board": board}
        self._process = process
        self._pages = pages
        self._show = show
        self._loop = asyncio.get_running_loop()
        self._people = People(process)
        self._watch = feed.watch("relay:presence", self._board)
        self._changed = asyncio.Event()
        self._announced: tuple[list[Face], int] = [], 0
        self._renewing = False
        self._shown_pages = 0
        self._shown_at = 0.0
        self._ids: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def everyone(self) -> list[Face]:
        return self._people.everyone()

    @property
    def watching(self) -> int:
        """How many pages have the board open, in all processes."""
        return self._pages() + self._people.elsewhere

    @property
    def elsewhere(self) -> bool:
        """Whether another process has it open."""
        return self._people.elsewhere > 0

    def join(self, viewer: Person | None) -> None:
        if viewer:
            self._people.join(viewer)
        self._update()

    def visit(self, viewer: Person | None) -> None:
        """Somebody looks in, and counts as here until they do so again."""
        self.join(viewer)
        if viewer:
            self._people.leave(viewer, self._loop.time() + VISIT)

    def leave(self, viewer: Person) -> None:
        self._people.leave(viewer, self._loop.time())

    def tick(self, now: float) -> None:
        self._people.expire(now, connected=self._feed.connected)
        self._update()

    def renew(self) -> None:
        """Announce ourselves, though nothing changed."""
        self._renewing = True
        self._changed.set()

    async def follow(self) -> None:
        async for rows in self._watch:
            before = self._people.beats()
            self._people.take(rows, self._loop.time())
            self._update()
            if self._people.beats().items() - before.items():
                self.on_beat()

    async def announce(self) -> None:
        """Tell the other processes who is here: when that changes, and to renew the lease."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(RENEWAL if any(self._announced) else None):
                    while self._mine() == self._announced and not self._renewing:
                        self._changed.clear()
                        await self._changed.wait()
            mine, self._renewing = self._mine(), False
            await self._say(*mine)
            self._announced = mine
            await asyncio.sleep(INTERVAL)

    async def withdraw(self) -> None:
        """Tell the other processes that everybody here is gone. If they cannot be told, the lease runs out."""
        if any(self._announced):
            with suppress(Exception):
                await self._say([], 0, timeout=LEAVING)

    def close(self) -> None:
        self._watch.close()
        if self._timer:
            self._timer.cancel()

    def _mine(self) -> tuple[list[Face], int]:
        return self._people.here(), self._pages()

    async def _say(self, faces: list[Face], pages: int, timeout: float = 10.0) -> None:
        people = [face.wire() for face in faces]
        args = {**self._board, "process": self._process, "people": people, "watching": float(pages)}
        await self._feed.mutation("relay:announce", args, timeout=timeout)

    def _update(self) -> None:
        self._changed.set()
        everyone = self._people.everyone()
        before, self._ids = self._ids, {face.id for face in everyone}
        if left := before - self._ids:
            self.on_left(left)
        if (everyone, self.watching) != (self.shown, self._shown_pages) and not self._timer:
            self._timer = self._loop.call_at(self._shown_at + INTERVAL, self._tell)

    def _tell(self) -> None:
        self._timer = None
        self._shown_at = self._loop.time()
        self.shown, self._shown_pages = self._people.everyone(), self.watching
        self._show(self.shown, self._shown_pages)
