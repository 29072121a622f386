"""Boards as they were at any moment: folded from the last checkpoint before it, or from a moment that was shown."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from weakref import WeakValueDictionary

from app.convex.checkpoint_shelf import CheckpointShelf, Found
from app.errors import Gone, Invalid, Unavailable
from app.history.checkpoint_format import FORMAT
from app.history.past import Past
from app.history.unfolding import Start, start, unfolded
from app.hub import Hub
from app.hub.access import Access
from app.hub.view import View

LAST_TS = 2**63 - 1
KEPT = 16  # moments of all boards
MAX_SHAPES = 200_000  # of all kept moments, but one; those that several have take little more
AT_ONCE = 2  # folded at a time, by this process
MOST = 64  # requests that wait
MANY = 500  # changes folded for one moment: time for another checkpoint

log = logging.getLogger("easel.history")


@dataclass(frozen=True)
class Moment:
    """An `app.hub.sheet.Sheet`."""

    hub: Hub
    ts: int
    view: View
    lags = False
    people = ()

    @property
    def board_id(self) -> str:
        return self.hub.board_id

    @property
    def access(self) -> Access:
        return self.hub.access

    @property
    def gone(self) -> bool:
        return self.hub.gone

    @property
    def moment(self) -> int:
        return self.ts


class Moments:
    """Keeps the last ones that were shown. `far` is called with a board if a moment was far from every checkpoint."""

    def __init__(self, shelf: CheckpointShelf, large: int, far: Callable[[str], object] = lambda _: None) -> None:
        self._shelf = shelf
        self._large = large
        self._far = far
        self._kept: OrderedDict[tuple[str, int], Past] = OrderedDict()
        self._boards: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._folding = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def at(self, board: Hub, at: int) -> Moment:
        """The board after the last change until `at`; empty before the first one.

        Raises Invalid after the last one: that moment may still change. Raises Unavailable.
        """
        if self._waiting >= MOST:
            raise Unavailable("Too many moments of boards are being read: try again in a moment.", retry_after=1)
        lock = self._boards.setdefault(board.board_id, asyncio.Lock())
        self._waiting += 1
        try:
            async with lock:
                past = await self._find(board.board_id, at)
        finally:
            self._waiting -= 1
        return Moment(board, past.ts, past.view)

    async def _find(self, board: str, at: int) -> Past:
        near = self._nearest(board, at)
        found = await self._shelf.find(board, at, FORMAT, base=near.ts if near else 0)
        if at < found.earliest:
            raise Gone(
                f"This board no longer remembers that moment: the first one that it remembers is {found.earliest}.",
                field="at",
                limit=str(found.earliest),
            )
        if at > found.head:
            raise Invalid(
                f"at must be a ts from 0 to {found.head}, which is that of the last change.",
                field="at",
                limit=str(found.head),
            )
        if near and not found.known:  # the data was put back to an earlier state
            self._forget(board)
            near = None
        if near is None or near.ts != found.ts:
            async with self._folding:
                near = await self._made(board, found, near)
        self._keep(board, near)
        return near

    async def _made(self, board: str, found: Found, near: Past | None) -> Past:
        stored = found.checkpoint
        shown = Start(near.ts, 0, near.fold) if near else None
        if shown is None or (stored and stored.ts > shown.ts):
            begin = await start(self._shelf, board, found)
            shown = begin if shown is None or begin.ts > shown.ts else shown
        begin = shown
        end = await unfolded(self._shelf, board, begin, found.ts)
        if end.changes - begin.changes > MANY:
            self._far(board)
        return await Past.drawn(board, found.ts, end.fold, self._large, near)

    def _nearest(self, board: str, at: int) -> Past | None:
        """The last kept moment of this board until then."""
        before = [ts for of, ts in self._kept if of == board and ts <= at]
        return self._kept[board, max(before)] if before else None

    def _keep(self, board: str, past: Past) -> None:
        self._kept[board, past.ts] = past
        self._kept.move_to_end((board, past.ts))
        while len(self._kept) > 1 and (
            len(self._kept) > KEPT or sum(len(kept.drawing) for kept in self._kept.values()) > MAX_SHAPES
        ):
            self._kept.popitem(last=False)

    def _forget(self, board: str) -> None:
        for key in [key for key in self._kept if key[0] == board]:
            with suppress(KeyError):
                del self._kept[key]
