"""How a hub gets the shapes of its board: from a snapshot or shape by shape, then the changes since from the log."""

import asyncio
import logging

from app.hub.drawing import Drawing
from app.hub.log import Log, PutBack
from app.hub.snapshots import Snapshots

CATCH_UP = 3.0  # s from a snapshot to now

log = logging.getLogger("easel.hub")


class Loader:
    """Fills an empty drawing, and leaves the log where the drawing is. Raises what the feed raises."""

    def __init__(self, log: Log, snapshots: Snapshots, drawing: Drawing) -> None:
        self._log = log
        self._snapshots = snapshots
        self._drawing = drawing

    async def load(self) -> None:
        ts = await self._snapshots.restore()
        if ts is None or not await self._catch_up(ts):
            await self._log.start()
            await self._load_shapes()
            await self._fold_in()

    async def _catch_up(self, ts: int) -> bool:
        """Apply what came after a snapshot. False, and an empty drawing, if to read all shapes is faster."""
        try:
            async with asyncio.timeout(CATCH_UP):
                await self._log.start(ts)
                await self._fold_in()
        except (TimeoutError, PutBack) as error:
            why = "it was put back to an earlier state" if isinstance(error, PutBack) else "too much has changed"
            log.warning("board %s: %s since its snapshot", self._log.board, why)
            self._log.close()
            self._drawing.clear()
            return False
        return True

    async def _load_shapes(self) -> None:
        async for shapes in self._log.shapes():
            self._drawing.load(shapes)
            await self._drawing.prepare(shapes)
        self._snapshots.count(len(self._drawing))

    async def _fold_in(self) -> None:
        # The tail has taken the transition that brought the last page. So once its changes are folded in, those since
        # the snapshot or since the first page, the drawing lacks nothing.
        complete = False
        while not complete:
            changes, complete = await self._log.read()
            for change in changes:
                self._drawing.apply(change)
            self._snapshots.count_changes(changes)
            await asyncio.sleep(0)
