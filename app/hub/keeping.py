"""Where a board's drawing comes from when it is opened, and what is left behind for the next time."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from app.hub.change import Change
from app.hub.drawing import Drawing
from app.hub.snapshot import VERSION, read, write

LEAST = 500  # shapes that were drawn since: for less, a snapshot saves nobody any time
MANY = 10_000  # shapes: so many are not left to the next quiet moment
QUIET = 10.0  # s without a reader
INTERVAL = 60.0  # s between two snapshots

log = logging.getLogger("easel.hub")


class Shelf(Protocol):
    """Where snapshots are kept; app.convex.snapshots.Snapshots is one. Any of it may fail: only time is lost."""

    def read(
        self, board: str, version: str
    ) -> AbstractAsyncContextManager[tuple[int, AsyncIterator[bytes]] | None]: ...
    async def keep(self, board: str, version: str, ts: int, parts: AsyncIterator[bytes]) -> None: ...


class Keeping:
    """The snapshots of one board."""

    def __init__(self, shelf: Shelf | None, board: str, drawing: Drawing) -> None:
        self._shelf = shelf
        self._board = board
        self._drawing = drawing
        self._new = 0
        self._last = -INTERVAL
        self._saving: asyncio.Task[None] | None = None

    async def restore(self) -> int | None:
        """Fills the drawing; the ts that it shows then. None, and an empty drawing, if there is no good snapshot."""
        if self._shelf is None:
            return None
        try:
            async with self._shelf.read(self._board, VERSION) as found:
                if found is None:
                    return None
                ts, parts = found
                async for drawn in read(parts):
                    self._drawing.restore(drawn)
                return ts
        except Exception as error:
            log.warning("board %s: its snapshot cannot be used: %s", self._board, error)
            self._drawing.clear()
            return None

    def count(self, shapes: int) -> None:
        """So many were drawn that no snapshot has."""
        self._new += shapes

    def changed(self, changes: Iterable[Change]) -> None:
        self.count(sum(len(change.put) + len(change.patch) + len(change.remove) for change in changes))

    def tick(self, now: float, ts: int, quiet: float) -> None:
        """Once a second; `quiet` is how long nobody has read, in s."""
        if now - self._last > INTERVAL and (self._new >= MANY or (self._new >= LEAST and quiet > QUIET)):
            self._last = now
            self._saving = asyncio.create_task(self.save(ts), name=f"snapshot {self._board}")

    async def save(self, ts: int) -> None:
        """The drawing as it is at `ts`, if it is worth it. Raises nothing."""
        if self._shelf is None or self._new < LEAST:
            return
        new, self._new = self._new, 0
        try:
            await self._shelf.keep(self._board, VERSION, ts, write(self._drawing.ids(), self._drawing.drawn))
        except Exception as error:
            self._new += new
            log.warning("board %s: no snapshot could be left: %s", self._board, error)

    def close(self) -> None:
        if self._saving:
            self._saving.cancel()
