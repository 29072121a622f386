"""The snapshots of a board: its drawing in storage, where the next process to open the board starts."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from app.hub.change import Change
from app.hub.drawing import Drawing
from app.hub.snapshot_format import VERSION, read, write

LEAST = 500  # shapes drawn since the last one: for fewer, a snapshot saves nobody any time
MANY = 10_000  # shapes: for so many it does not wait until nobody reads
QUIET = 10.0  # s without a reader
INTERVAL = 60.0  # s between two snapshots

log = logging.getLogger("easel.hub")


class Shelf(Protocol):
    """The storage of snapshots, such as SnapshotShelf in app/convex. A call that fails only costs time."""

    def read(
        self, board: str, version: str
    ) -> AbstractAsyncContextManager[tuple[int, AsyncIterator[bytes]] | None]: ...
    async def keep(self, board: str, version: str, ts: int, parts: AsyncIterator[bytes]) -> None: ...


class Snapshots:
    """Saves and restores the drawing of one board. Without a shelf it does neither."""

    def __init__(self, shelf: Shelf | None, board: str, drawing: Drawing) -> None:
        self._shelf = shelf
        self._board = board
        self._drawing = drawing
        self._new = 0
        self._last = -INTERVAL
        self._saving: asyncio.Task[None] | None = None

    async def restore(self) -> int | None:
        """Fill the drawing; returns the ts that it shows. None, and an empty drawing, if no snapshot is usable."""
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
        """So many shapes have been drawn that no snapshot has."""
        self._new += shapes

    def count_changes(self, changes: Iterable[Change]) -> None:
        self.count(sum(len(change.put) + len(change.patch) + len(change.remove) for change in changes))

    def tick(self, now: float, ts: int, quiet: float) -> None:
        """Once a second; for `quiet` s there has been no reader."""
        if now - self._last > INTERVAL and (self._new >= MANY or (self._new >= LEAST and quiet > QUIET)):
            self._last = now
            self._saving = asyncio.create_task(self.save(ts), name=f"snapshot {self._board}")

    async def save(self, ts: int) -> None:
        """Save the drawing, which shows `ts`, if that will save time. Raises nothing."""
        if self._shelf is None or self._new < LEAST:
            return
        new, self._new = self._new, 0
        try:
            await self._shelf.keep(self._board, VERSION, ts, write(self._drawing.ids(), self._drawing.drawn))
        except Exception as error:
            self._new += new
            log.warning("board %s: no snapshot could be saved: %s", self._board, error)

    def close(self) -> None:
        if self._saving:
            self._saving.cancel()
