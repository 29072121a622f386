"""What people do on a board at this moment, sent to its readers and to the other web processes."""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from app.hub import events
from app.hub.access import Person
from app.hub.audience import Audience
from app.hub.feed import Feed
from app.hub.presence.attendance import Attendance
from app.hub.presence.awareness import Awareness

FRAMES = 900  # a second, at most, to all readers together; each page waits as long, browser/presence/pace.ts
PUBLISHING = 0.1  # s between two documents for the other processes, at least
LEAVING = 1.0  # s for the last one


class Signals:
    """Sends what changed as one frame to every page: at once to a few, in turns to many."""

    def __init__(self, feed: Feed, board: str, process: str, audience: Audience, attendance: Attendance) -> None:
        self.awareness = Awareness(process)
        self._feed = feed
        self._board = {"board": board}
        self._process = process
        self._audience = audience
        self._attendance = attendance
        self._loop = asyncio.get_running_loop()
        self._watch = feed.watch("relay:signals", self._board)
        self._changed = asyncio.Event()
        self._published = ""
        self._sent_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def report(self, viewer: Person, page: str, seq: int | None, report: Mapping[str, Any]) -> None:
        """Raises Gap."""
        key = f"{viewer.person}.{page}"
        try:
            if report.get("gone"):
                self.awareness.leave(key)
            else:
                self.awareness.report(key, viewer.name, seq, report, self._loop.time())
        finally:
            self._update()

    def settle(self, ids: Iterable[str]) -> None:
        self.awareness.settle(ids)

    def forget(self, people: Iterable[str]) -> None:
        self.awareness.forget(people)
        self._update()

    def tick(self, now: float) -> None:
        self.awareness.expire(now)
        self._update()

    def meet(self) -> None:
        """Another process may be new, or lacks points: publish all of the wet ink to it."""
        self.awareness.ask_whole(self._loop.time())
        self._changed.set()

    def greeting(self, watching: int) -> bytes:
        """The frame with the state of all pages, for a new reader. Call `flush` first."""
        return events.event("presence", {"all": True, "watching": watching, "pages": self.awareness.state()})

    async def follow(self) -> None:
        """Take what the other processes publish. One whose ink does not fit publishes all of it after our next beat."""
        async for rows in self._watch:
            self.awareness.take({row["process"]: row["signs"] for row in rows}, self._loop.time())
            self._update()
            if self.awareness.missed:
                self.awareness.missed = False
                self._attendance.renew()

    async def publish(self) -> None:
        """Write for the other processes while there are any: one document, replaced each time."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            if self._attendance.shared:
                signs = self.awareness.publish(self._loop.time())
                if signs != self._published:
                    await self._write(signs)
                    self._published = signs
            await asyncio.sleep(PUBLISHING)

    async def withdraw(self) -> None:
        if self._published:
            with suppress(Exception):
                await self._write("", LEAVING)

    def close(self) -> None:
        self._watch.close()
        if self._timer:
            self._timer.cancel()

    def flush(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if news := self.awareness.news():
            self._sent_at = self._loop.time()
            self._audience.send_to_pages(events.event("presence", {"pages": news}))

    async def _write(self, signs: str, timeout: float = 10.0) -> None:
        args = {**self._board, "process": self._process, "signs": signs}
        await self._feed.mutation("relay:signal", args, timeout=timeout)

    def _update(self) -> None:
        """Send the first news after a while at once; with many readers, hold what follows and send it together."""
        self._changed.set()
        due = self._sent_at + self._audience.pages / FRAMES
        if self._loop.time() >= due:
            self.flush()
        elif not self._timer:
            self._timer = self._loop.call_at(due, self.flush)
