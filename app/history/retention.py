"""Folds what happened on boards more than HISTORY_DAYS ago into a checkpoint, in the background."""

import asyncio
import logging
import random
import time

from app.convex.checkpoint_shelf import CheckpointShelf
from app.convex.retention_shelf import RetentionShelf
from app.history.checkpoint_format import FORMAT, write
from app.history.fold import Fold
from app.history.unfolding import Start, start, unfolded
from app.shapes import Shape

EVERY = 3600.0  # s
DAY = 24 * 3600 * 10**9  # ns

log = logging.getLogger("easel.history")


class Retention:
    """Several processes may do the same: each step is safe to repeat."""

    def __init__(self, shelf: CheckpointShelf, retention: RetentionShelf, days: int) -> None:
        self._shelf = shelf
        self._retention = retention
        self._days = days

    async def keep_folding(self) -> None:
        """Forever, if there is a limit."""
        while self._days:
            await asyncio.sleep(random.uniform(0.1, 1.0) * EVERY)
            try:
                await self.fold(time.time_ns() - self._days * DAY)
            except Exception as error:
                log.warning("no history could be folded, trying again in an hour: %s", error)

    async def fold(self, before: int) -> int:
        """Folds every board up to its last change until then. Returns how many."""
        return sum([await self.fold_board(board, ts) async for board, ts in self._retention.due(before)])

    async def fold_board(self, board: str, ts: int) -> bool:
        """Up to this change of its log. False if it is for another day."""
        if not await self._retention.begin(board, ts):
            return False
        await self._checkpoint(board, ts)
        return await self._retention.finish(board, ts)

    async def _checkpoint(self, board: str, ts: int) -> None:
        """Of the removed shapes it has those that were brought back later: nobody may bring back others any more."""
        found = await self._shelf.find(board, ts, FORMAT)
        end = await unfolded(self._shelf, board, await start(self._shelf, board, found), ts)
        kept = Fold(end.fold.live, await self._brought_back(board, end))
        await self._shelf.keep(board, ts, end.changes, FORMAT, write(ts, kept), replace=True)

    async def _brought_back(self, board: str, end: Start) -> dict[str, Shape]:
        found = await self._shelf.find(board, 2**63 - 1, FORMAT)
        gone: dict[str, Shape] = {}
        async for page in self._shelf.rows(board, end.ts, found.head):
            for op in [op for _, ops in page for op in ops if op["type"] == "restore"]:
                if op["id"] in end.fold.gone:
                    gone[op["id"]] = end.fold.gone[op["id"]]
            await asyncio.sleep(0)
        return gone
