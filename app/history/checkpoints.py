"""Leaves checkpoints of boards in file storage, in the background, some changes apart."""

import asyncio
import logging
from collections import OrderedDict

from app.convex.checkpoint_shelf import CheckpointShelf
from app.errors import EaselError
from app.history.checkpoint_format import FORMAT, write
from app.history.unfolding import Start, start, unfolded
from app.hub import Hubs

APART = 1_000  # changes between two, at least
SHARE = 48  # of a longer log a share of this size
LAST_TS = 2**63 - 1
REMEMBERED = 10_000  # boards

log = logging.getLogger("easel.history")


class Checkpoints:
    """Works on one board at a time: when it has come to rest, and when somebody has asked for a moment far from all."""

    def __init__(self, shelf: CheckpointShelf, hubs: Hubs) -> None:
        self._shelf = shelf
        self._hubs = hubs
        self._one = asyncio.Lock()
        self._writing: dict[str, asyncio.Task[None]] = {}
        self._level: OrderedDict[str, tuple[int, int]] = OrderedDict()
        """For each board the ts up to which it has been read, and how many changes there are since a checkpoint."""
        hubs.on_rest.append(self.rested)

    def rested(self, board: str) -> None:
        """Reads what has come since, unless it is too little to matter."""
        hub = self._hubs.get(board)
        ts, changes = self._level.get(board, (0, 0))
        new = hub.changes_since(ts) if hub else None
        if new is None or changes + new >= APART:
            self.soon(board)

    def soon(self, board: str) -> asyncio.Task[None]:
        if board not in self._writing:
            task = self._writing[board] = asyncio.create_task(self._write(board), name=f"checkpoints {board}")
            task.add_done_callback(lambda _: self._writing.pop(board))
        return self._writing[board]

    def close(self) -> None:
        for task in self._writing.values():
            task.cancel()

    async def _write(self, board: str) -> None:
        """Raises nothing: what fails only costs time later."""
        try:
            async with self._one:
                await self.write(board)
        except EaselError as error:
            log.info("board %s has no checkpoint: %s", board, error)
        except Exception:
            log.exception("board %s has no checkpoint", board)

    async def write(self, board: str) -> None:
        found = await self._shelf.find(board, LAST_TS, FORMAT)
        begin = await start(self._shelf, board, found)
        last = begin.changes

        async def keep(passed: Start) -> None:
            nonlocal last
            last = passed.changes
            written = write(passed.ts, passed.fold)
            await self._shelf.keep(board, passed.ts, passed.changes, FORMAT, written)

        def due(changes: int) -> bool:
            return changes - last >= max(APART, changes // SHARE)

        end = await unfolded(self._shelf, board, begin, found.ts, keep, due)
        self._level[board] = end.ts, end.changes - last
        self._level.move_to_end(board)
        if len(self._level) > REMEMBERED:
            self._level.popitem(last=False)
