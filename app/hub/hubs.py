"""The open boards of this process."""

import asyncio
import logging
import secrets
from collections.abc import Callable

from app.errors import Unavailable
from app.hub.feed import Feed
from app.hub.hub import Hub
from app.hub.openings import Openings
from app.hub.shared import Shared
from app.hub.snapshots import Shelf
from app.hub.streams import Streams

TICK = 1.0  # s
LARGE = 20_000  # shapes; pages of a larger board load the parts that they show

log = logging.getLogger("easel.hub")


class Hubs:
    """One hub for each board, opened at the first request for it, closed when there has been none for a while.

    `feed` reads as the relay, for all boards: `app.convex.deployment.Sync`, or anything that does the same. `shelf`
    stores snapshots for the next process. Pages of boards with more than `large` shapes load the parts that they
    show. `version` is that of the pages that this process serves. `opening_bytes` is the limit of Openings.
    """

    def __init__(
        self,
        feed: Feed,
        shelf: Shelf | None = None,
        *,
        per_person: int = 20,
        per_address: int = 200,
        large: int = LARGE,
        most: int = 0,
        opening_bytes: int = 0,
        version: Callable[[], str] = lambda: "",
    ) -> None:
        self.streams = Streams(per_person, per_address, most)
        self.draining = False
        self.on_rest: list[Callable[[str], None]] = []
        """Called with the id of each open board that nobody has changed for a while."""
        self._feed = feed
        self._openings = Openings(opening_bytes)
        self._shared = Shared(feed, secrets.token_hex(8), shelf, large, version, self._openings)
        self._hubs: dict[str, Hub] = {}
        self._opening: dict[str, asyncio.Task[Hub]] = {}
        self._ticking = asyncio.create_task(self._tick(), name="hubs")
        feed.on_state.append(self._update_status)

    def get(self, board_id: str) -> Hub | None:
        """The board's hub, if this process has it open."""
        hub = self._hubs.get(board_id)
        return None if hub is None or hub.closed else hub

    async def open(self, board_id: str) -> Hub:
        """The board's hub, as level as the deployment can be reached; counts as a use.

        Raises NotFound, or Unavailable or the feed's DeploymentUnavailable if a new board cannot be read now.
        """
        hub = self.get(board_id) or await self._open(board_id)
        hub.touch()
        return hub

    async def _open(self, board_id: str) -> Hub:
        """A thousand concurrent callers open it once. One that is cancelled does not take it from the others."""
        if self.draining:
            raise Unavailable(retry_after=TICK)
        if board_id not in self._opening:
            opening = asyncio.create_task(self._opened(board_id), name=f"open {board_id}")
            opening.add_done_callback(lambda _: self._opening.pop(board_id))
            opening.add_done_callback(lambda task: task.cancelled() or task.exception())  # the callers get it
            self._opening[board_id] = opening
        return await asyncio.shield(self._opening[board_id])

    async def _opened(self, board_id: str) -> Hub:
        hub = Hub(self._shared, board_id)
        await hub.open()
        self._hubs[board_id] = hub
        return hub

    async def drain(self) -> None:
        """End all streams for a restart, and open no more. Harmless to repeat."""
        if self.draining:
            return
        self.draining = True
        self._ticking.cancel()
        self._feed.on_state.remove(self._update_status)
        for opening in self._opening.values():
            opening.cancel()
        await asyncio.gather(*(hub.drain() for hub in self._hubs.values()))
        self._hubs.clear()

    async def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(TICK)
            self._openings.prune()
            for board_id, hub in list(self._hubs.items()):
                try:
                    hub.tick(loop.time())
                    if hub.rested(loop.time()):
                        for tell in self.on_rest:
                            tell(board_id)
                except Exception:
                    log.exception("board %s", board_id)
                if hub.closed or hub.idle(loop.time()):
                    hub.close()
                    del self._hubs[board_id]

    def _update_status(self, connected: bool) -> None:  # noqa: ARG002
        for hub in self._hubs.values():
            hub.update_status()
