"""Reading a board's log into a fold, from a checkpoint on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from app.convex.checkpoint_shelf import CheckpointShelf, Found
from app.errors import Unavailable
from app.history.checkpoint_format import FORMAT, read
from app.history.fold import Fold

SLICE = 50  # rows folded before the event loop has its turn: 1 ms

log = logging.getLogger("easel.history")


class Start(NamedTuple):
    """What came of the first `changes` rows of the log, up to `ts`."""

    ts: int
    changes: int
    fold: Fold


async def start(shelf: CheckpointShelf, board: str, found: Found) -> Start:
    """The last checkpoint until the moment found that can be read, or the empty board where every log begins.

    Raises Unavailable if the log no longer has its beginning, and nothing has what came of it.
    """
    while stored := found.checkpoint:
        try:
            async with shelf.open(stored) as parts:
                return Start(stored.ts, stored.changes, await read(stored.ts, parts))
        except Exception as error:
            log.warning("board %s: its checkpoint at %d cannot be used: %s", board, stored.ts, error)
        found = await shelf.find(board, found.ts, FORMAT, below=stored.ts - 1)
    if found.earliest:
        raise Unavailable("The early history of this board cannot be read right now.")
    return Start(0, 0, Fold())


async def nothing(_: Start) -> None:
    pass


async def unfolded(
    shelf: CheckpointShelf,
    board: str,
    begin: Start,
    until: int,
    passed: Callable[[Start], Awaitable[None]] = nothing,
    every: Callable[[int], bool] = lambda _: False,
) -> Start:
    """The fold of all rows up to `until`; `begin` stays as it is.

    `passed` gets it after each change whose number `every` wants.
    """
    ts, changes, fold = begin.ts, begin.changes, Fold(begin.fold.live, begin.fold.gone)
    async for page in shelf.rows(board, begin.ts, until):
        for number, row in enumerate(page):
            fold.apply([row])
            ts, changes = row[0], changes + 1
            if every(changes):
                await passed(Start(ts, changes, fold))
            elif number % SLICE == SLICE - 1:
                await asyncio.sleep(0)
    return Start(ts, changes, fold)
