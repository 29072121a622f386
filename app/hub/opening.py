"""How a hub learns what is on its board: from what another one left, or shape by shape; then from the log."""

import asyncio
import logging

from app.hub.drawing import Drawing
from app.hub.keeping import Keeping
from app.hub.log import Log, PutBack

CATCH_UP = 3.0  # s from a snapshot to now

log = logging.getLogger("easel.hub")


class Opening:
    """Fills an empty drawing, and leaves the log where the drawing is. Raises what the feed raises."""

    def __init__(self, log: Log, keeping: Keeping, drawing: Drawing) -> None:
        self._log = log
        self._keeping = keeping
        self._drawing = drawing

    async def read(self) -> None:
        kept = await self._keeping.restore()
        if kept is None or not await self._catch_up(kept):
            await self._log.start()
            await self._read_shapes()
            await self._fold_in()

    async def _catch_up(self, kept: int) -> bool:
        """From a snapshot's ts on; whether that was soon done. If too much has come since, shapes are sooner read."""
        try:
            async with asyncio.timeout(CATCH_UP):
                await self._log.start(kept)
                await self._fold_in()
        except (TimeoutError, PutBack) as error:
            why = "it was put back to an earlier state" if isinstance(error, PutBack) else "too much has changed"
            log.warning("board %s: %s since its snapshot", self._log.board, why)
            self._log.close()
            self._drawing.clear()
            return False
        return True

    async def _read_shapes(self) -> None:
        async for shapes in self._log.shapes():
            self._drawing.load(shapes)
            await self._drawing.prepare(shapes)
        self._keeping.count(len(self._drawing))

    async def _fold_in(self) -> None:
        # The last page came in a transition that the tail has taken too. Whoever came now would miss nothing, once
        # what the tail gathered meanwhile, or since the snapshot, is folded in.
        complete = False
        while not complete:
            changes, complete = await self._log.read()
            for change in changes:
                self._drawing.apply(change)
            self._keeping.changed(changes)
            await asyncio.sleep(0)
