"""What people do on a board at this moment, told to its readers and to the other web processes."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from app.hub import events
from app.hub.access import Person
from app.hub.awareness import Awareness
from app.hub.feed import Feed

INTERVAL = 1 / 30  # s between two messages to readers, at least
PUBLISHING = 0.1  # s between two documents for the other processes, at least
LEAVING = 1.0  # s for the last one


class Signals:
    """`tell` sends a frame to every page; `elsewhere` is whether another process has the board open, `ask_again` asks
    those for their wet ink from its beginning.
    """

    def __init__(
        self,
        feed: Feed,
        board: str,
        process: str,
        tell: Callable[[bytes], None],
        elsewhere: Callable[[], bool],
        ask_again: Callable[[], None],
    ) -> None:
        self.awareness = Awareness(process)
        self._feed = feed
        self._board = {"board": board}
        self._process = process
        self._tell = tell
        self._elsewhere = elsewhere
        self._ask_again = ask_again
        self._loop = asyncio.get_running_loop()
        self._watch = feed.watch("relay:signals", self._board)
        self._changed = asyncio.Event()
        self._published = ""
        self._told_at = 0.0
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
        """Another process has said something of itself: it may be new here."""
        self.awareness.ask_whole(self._loop.time())
        self._changed.set()

    def greeting(self, watching: int) -> bytes:
        """All there is, for a reader who comes now; `flush` comes first."""
        return events.event("presence", {"all": True, "watching": watching, "pages": self.awareness.state()})

    async def follow(self) -> None:
        async for rows in self._watch:
            self.awareness.take({row["process"]: row["signs"] for row in rows}, self._loop.time())
            self._update()
            if self.awareness.missed:
                self.awareness.missed = False
                self._ask_again()

    async def publish(self) -> None:
        """Write for the other processes while there are any: one document, replaced each time."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            if self._elsewhere():
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
            self._told_at = self._loop.time()
            self._tell(events.event("presence", {"pages": news}))

    async def _write(self, signs: str, timeout: float = 10.0) -> None:
        args = {**self._board, "process": self._process, "signs": signs}
        await self._feed.mutation("relay:signal", args, timeout=timeout)

    def _update(self) -> None:
        """The first news after a while is told at once, what follows within a tick together."""
        self._changed.set()
        due = self._told_at + INTERVAL
        if self._loop.time() >= due:
            self.flush()
        elif not self._timer:
            self._timer = self._loop.call_at(due, self.flush)
