"""The shapes of one board as this process has them."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from app.drawing import render
from app.drawing.measure import bounds
from app.hub.cells import Cells
from app.hub.change import Change
from app.hub.drawing import Drawing
from app.hub.feed import Feed
from app.hub.frames import Frames
from app.hub.loader import Loader
from app.hub.log import Log
from app.hub.snapshots import Shelf, Snapshots
from app.hub.view import View
from app.hub.window import Window
from app.shapes import MAX_SHAPES


class Board:
    """Loaded once, then kept level with the log: whoever reads `log` passes its changes to `apply`."""

    def __init__(self, feed: Feed, id: str, shelf: Shelf | None, large: int) -> None:
        self.log = Log(feed, id)
        self.window = Window()
        self.drawing = Drawing(partial(render.shapes, images=f"/boards/{id}/images/"), bounds)
        self.snapshots = Snapshots(shelf, id, self.drawing)
        self.frames = Frames(self.drawing, self.window)
        self._cells = Cells(self.drawing)
        self.view = View(self.drawing, self._cells, large)
        self._moved = asyncio.Event()
        self._closed = False

    @property
    def ts(self) -> int:
        """The last change that it shows."""
        return self.window.ts

    @property
    def full(self) -> bool:
        return len(self.drawing) >= MAX_SHAPES

    async def load(self) -> None:
        """Raises what the feed raises, EOFError, PutBack."""
        await Loader(self.log, self.snapshots, self.drawing).load()
        self.window.start(self.log.ts)

    def apply(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self.drawing.apply(change)
            self._cells.apply(change)
            self.window.append(change)
        self.snapshots.count_changes(changes)
        self._moved.set()

    async def had(self, ts: int) -> bool:
        """Whether the board once was at this ts: in this process, or in one that is ahead of it."""
        return self.window.has(ts) or await self.log.has(ts)

    async def reach(self, ts: int, limit: float) -> bool:
        """Wait up to `limit` s for the change at `ts`. Whether the board shows it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(limit):
                while self.ts < ts and not self._closed:
                    self._moved.clear()
                    await self._moved.wait()
        return self.ts >= ts

    def close(self) -> None:
        self._closed = True
        self.log.close()
        self.snapshots.close()
        self._moved.set()
