"""The log and the shapes of a board as the relay reads them: where a hub starts, and how it stays level."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any
from zlib import crc32

from convex import ConvexInt64

from app.hub.change import Change, restored_ids
from app.hub.feed import Feed, Watch
from app.shapes import Shape, shape_of

PAGE = 500  # shapes read at once
READ = 100  # shapes of one relay:shapes: of the largest some 13 MB, and a function may read 16 MiB
PATIENCE = 4.0  # s for the deployment to answer while somebody waits for the board
CHECKPOINT = 4  # the tail starts anew after about every fourth change, so that it stays short
LAST_TS = 2**63 - 1
RETRY, MAX_RETRY = 0.5, 5.0  # s

log = logging.getLogger("easel.hub")


class PutBack(Exception):
    """The log lacks a row that this process has read: the data was put back to an earlier state."""


class Log:
    """Reads one board. `ts` is that of the last change returned: everything up to there has been, without a gap."""

    def __init__(self, feed: Feed, board: str) -> None:
        self.board = board
        self.ts = 0
        self._feed = feed
        self._board = {"board": board}
        self._tail: Watch | None = None
        self._after = 0

    async def start(self, after: int | None = None) -> None:
        """Start the tail, the live query of the rows after this ts, or after now. Raises what `Feed.query` raises."""
        if after is None:
            after = int((await self._feed.query("relay:head", self._board, timeout=PATIENCE))["ts"])
        self.ts = self._after = after
        self._tail = self._feed.watch("relay:tail", self._from(self._after))

    async def shapes(self) -> AsyncIterator[list[Shape]]:
        """The live shapes, a page at a time. The next page is fetched while the caller works on one."""
        page: asyncio.Task[Any] | None = self._page(None)
        try:
            while page:
                read = await page
                page = None if read["isDone"] else self._page(read["continueCursor"])
                yield [shape_of(shape) for shape in read["page"]]
        finally:
            if page:
                page.cancel()

    async def read(self) -> tuple[list[Change], bool]:
        """The next changes after `ts`, once each and in order, and whether they are all that there are.

        Waits until the tail has a result. Raises the tail's error, after which it may be called again, PutBack, after
        which nothing that was returned counts, and EOFError when the feed has ended.
        """
        assert self._tail, "start() comes first"
        tail = await anext(self._tail, None)
        if tail is None:
            raise EOFError
        self._require_ours(tail)
        rows = [row for row in tail["changes"] if row["ts"] > self.ts]
        restored = await self._restored(restored_ids(rows))
        changes = [Change.from_wire(row, restored) for row in rows]
        if changes:
            self.ts = changes[-1].ts
        self._advance(changes, tail)
        return changes, not tail["more"]

    async def has(self, ts: int) -> bool:
        """Whether the log has a row of this ts, so that no data was put back since. Raises what `Feed.query` raises."""
        if ts > LAST_TS:
            return False
        args = {**self._board, "ts": ConvexInt64(ts)}
        return bool(await self._feed.query("relay:known", args, timeout=PATIENCE))

    def _require_ours(self, tail: Mapping[str, Any]) -> None:
        ours = tail.get("known", True)  # an earlier version of the function omits it
        if self.ts > self._after:
            ours = ours and any(row["ts"] == self.ts for row in tail["changes"])
        if not ours:
            raise PutBack

    def close(self) -> None:
        if self._tail:
            self._tail.close()

    def _page(self, cursor: str | None) -> asyncio.Task[Any]:
        args = {**self._board, "paginationOpts": {"numItems": PAGE, "cursor": cursor}}
        return asyncio.ensure_future(self._feed.query("relay:page", args, timeout=PATIENCE))

    def _advance(self, changes: list[Change], tail: Mapping[str, Any]) -> None:
        """Move the tail's start up, at the same changes in every process, so that all watch the same, cached query."""
        checkpoints = [change.ts for change in changes if crc32(change.id.encode()) % CHECKPOINT == 0]
        start = tail["changes"][-1]["ts"] if tail["more"] else max(checkpoints, default=0)
        if self._tail and start > self._after:
            self._after = start
            self._tail.move(self._from(start))

    def _from(self, ts: int) -> dict[str, Any]:
        return {**self._board, "after": ConvexInt64(ts)}

    async def _restored(self, ids: list[str]) -> dict[str, Shape]:
        """The shapes that undo brought back. It retries until it has them: nothing later may be applied before."""
        delay = RETRY
        while True:
            try:
                parts = [ids[start : start + READ] for start in range(0, len(ids), READ)]
                reads = [await self._feed.query("relay:shapes", {**self._board, "ids": part}) for part in parts]
                return {shape["id"]: shape_of(shape) for read in reads for shape in read}
            except Exception as error:
                log.warning("restored shapes could not be read, trying again in %.1f s: %s", delay, error)
                await asyncio.sleep(delay)
                delay = min(delay * 2, MAX_RETRY)
