"""One live board: loaded once from the deployment, drawn once, sent to everybody who has it open."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from app.errors import Forbidden, NotFound, Unavailable
from app.hub import events
from app.hub.access import Access, Person
from app.hub.admission import Admission
from app.hub.audience import Audience
from app.hub.board import Board
from app.hub.clock import Clock
from app.hub.delivery import Delivery
from app.hub.flight import Flight
from app.hub.gate import Gate, Removed
from app.hub.log import PutBack
from app.hub.mailbox import Format, Mailbox
from app.hub.pacing import Pacing
from app.hub.presence import Face, Presence
from app.hub.rest import Rest
from app.hub.shared import Shared
from app.hub.status import Status
from app.hub.unchanged import Unchanged
from app.timer import Timer

RETRY = 1.0  # s before a failed query is followed again
OPEN_LIMIT = 10.0  # s
IDLE = 60.0  # s
BRIEF = 5.0  # s

log = logging.getLogger("easel.hub")


class Hub:
    """All parts of one board: what requests need of them, and how they start and end. Hubs opens it."""

    def __init__(self, shared: Shared, board_id: str) -> None:
        feed = shared.feed
        self.board_id = board_id
        self._loop = asyncio.get_running_loop()
        self._used_at = self._loop.time()
        self._board = board = Board(feed, board_id, shared.shelf, shared.large)
        self._audience = audience = Audience()
        self._presence = presence = Presence(feed, board_id, shared.process, audience)
        self._gate = gate = Gate(feed, board_id, audience, presence)
        self._clock = clock = Clock(feed, board_id, audience)
        self._pacing = pacing = Pacing(audience, board.frames)
        self._status = status = Status(feed, board.window, audience)
        self._delivery = Delivery(board, audience, presence, pacing, status)
        self._admission = Admission(
            board, audience, presence, gate, clock, pacing, status, shared.openings, shared.version
        )
        self._head: Flight[int] = Flight()
        self._rest = Rest()
        self._tasks: list[asyncio.Task[None]] = []
        self.view = board.view

    # Requests

    @property
    def ts(self) -> int:
        """The last change that the board shows."""
        return self._board.ts

    @property
    def access(self) -> Access:
        """As it is now."""
        return self._gate.access

    @property
    def stale(self) -> bool:
        """Whether the board may have gone on without this process."""
        return self._status.stale

    @property
    def lags(self) -> bool:
        """Whether the log is known to have changes that the board does not show."""
        return self._status.lags

    @property
    def full(self) -> bool:
        return self._board.full

    @property
    def timer(self) -> Timer | None:
        return self._clock.timer

    @property
    def people(self) -> list[Face]:
        return self._presence.people

    @property
    def readers(self) -> int:
        return len(self._audience)

    @property
    def closed(self) -> bool:
        return self._audience.closed

    @property
    def gone(self) -> bool:
        """Whether the board is in the trash, or deleted for good."""
        return self._gate.missing

    async def reach(self, ts: int, limit: float = RETRY) -> bool:
        """Wait up to `limit` s for the change at `ts`, so that its author sees it. Whether the board shows it."""
        return await self._board.reach(ts, limit)

    async def head(self, ask: Callable[[], Awaitable[int]]) -> int:
        """The last ts of the log: while the board is stale, all requests that wait for it share one call of `ask`."""
        return await self._head.get(ask)

    def shows_still(self, ts: int) -> bool:
        """Whether all that the board showed at `ts` is there, and as it was. False if this process does not know."""
        return Unchanged(ts).until_now(self._board.window)

    def changes_since(self, ts: int) -> int | None:
        """How many there are after `ts`; None if this process does not know."""
        changes = self._board.window.since(ts)
        return None if changes is None else len(changes)

    @property
    def moment(self) -> None:
        """It shows the board as it is, and changes."""

    def lag(self, ts: int) -> None:
        """The log goes up to `ts`, as far as anybody can say now: until the board shows it, it is stale."""
        self._status.lag(ts)

    def report(self, viewer: Person, page: str, seq: int | None, report: Mapping[str, Any]) -> None:
        """What a page of this person does now, for the others to see. Raises Forbidden, Gap."""
        if (report.get("ink") or report.get("drag")) and self.access.role_of(viewer) not in ("owner", "editor"):
            raise Forbidden("You can view this board, but not change it.")
        self.touch()
        self._presence.report(viewer, page, seq, report)

    async def join(self, viewer: Person | None, after: int | None, format: Format, *, once: bool = False) -> Mailbox:
        """A new reader who has seen the board up to `after`; with None it gets only what comes.

        With `once` the mailbox closes after the frames that bring the reader level. Raises NotFound if the board does
        not exist for this person, Unavailable if the hub is closing.
        """
        mailbox = await self._admission.join(viewer, after, format, once=once)
        self.touch()
        return mailbox

    def leave(self, mailbox: Mailbox) -> None:
        """Harmless to repeat."""
        self._presence.leave(mailbox)
        self.touch()

    def touch(self) -> None:
        """Somebody uses the board."""
        self._used_at = self._loop.time()

    def let_go(self) -> None:
        """Nobody but the caller used the board: it may be closed soon."""
        self._used_at = min(self._used_at, self._loop.time() - IDLE + BRIEF)

    def idle(self, now: float) -> bool:
        return not self._audience and now - self._used_at > IDLE

    # Life

    async def open(self) -> None:
        """Load the board. Raises NotFound, Unavailable, or what the feed raises; then the hub is of no use."""
        try:
            async with asyncio.timeout(OPEN_LIMIT):
                await self._board.load()
            self._gate.open()
            self._clock.open()
        except BaseException as error:
            missing = self._gate.missing
            self.close()
            if missing:
                raise NotFound() from None
            if isinstance(error, TimeoutError | EOFError | PutBack):
                raise Unavailable(retry_after=RETRY) from None
            raise
        self._status.start()
        loops = (self._delivery.follow, self._gate.follow, self._clock.follow, *self._presence.loops)
        self._tasks = [asyncio.create_task(self._persist(loop)) for loop in loops]

    def update_status(self) -> None:
        """The feed was connected or cut."""
        self._status.update()

    def tick(self, now: float) -> None:
        """Once a second."""
        self._presence.tick(now)
        self._board.snapshots.tick(now, self.ts, 0.0 if self._audience else now - self._used_at)

    def rested(self, now: float) -> bool:
        """Once a second: true once each time that nobody has changed the board for a while."""
        return self._rest.tick(now, self.ts)

    def close(self, last: bytes | None = None) -> None:
        """End every stream, with a last frame. Harmless to repeat."""
        self._audience.close(last)
        for task in self._tasks:
            task.cancel()
        for part in (self._pacing, self._board, self._gate, self._clock, self._presence):
            part.close()

    async def drain(self) -> None:
        """Send all readers away, to come back elsewhere, and tell the other processes."""
        ts = self.ts
        self.close()
        await asyncio.gather(self._presence.withdraw(), self._board.snapshots.save(ts))

    async def _persist(self, loop: Callable[[], Awaitable[None]]) -> None:
        """A query that fails may heal with the next version of its function: follow it again."""
        while True:
            try:
                await loop()
                return
            except EOFError:
                return
            except Removed:
                self.close(events.access(None))
                return
            except PutBack:
                log.warning("board %s was put back to an earlier state: everybody starts anew", self.board_id)
                self.close()
                return
            except Exception as error:
                log.warning("board %s: %s", self.board_id, error)
                await asyncio.sleep(RETRY)
