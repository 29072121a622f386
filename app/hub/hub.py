"""One live board: read once from the deployment, drawn once, told to everybody who has it open."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from app.drawing import render
from app.drawing.measure import bounds
from app.errors import Forbidden, NotFound, Unavailable
from app.hub import events
from app.hub.access import Access, Person
from app.hub.audience import Audience
from app.hub.change import Change
from app.hub.drawing import Drawing
from app.hub.feed import Feed
from app.hub.gate import Gate
from app.hub.keeping import Keeping, Shelf
from app.hub.log import Log, PutBack
from app.hub.mailbox import Format, Mailbox
from app.hub.opening import Opening
from app.hub.people import Face
from app.hub.presence import Presence
from app.hub.sending import Sending
from app.hub.signals import Signals
from app.hub.telling import Telling
from app.hub.view import View
from app.hub.window import Window
from app.shapes import MAX_SHAPES

RETRY = 1.0  # s before a failed query is listened to again
OPEN_LIMIT = 10.0  # s
IDLE = 60.0  # s
NOTHING = -1  # before every ts: who has seen nothing that counts gets all there is

log = logging.getLogger("easel.hub")


class Hub:
    """Hubs opens it. Its readers are mailboxes; `ts` is the last change that it shows, `view` what it shows."""

    def __init__(
        self, feed: Feed, board_id: str, process: str, shelf: Shelf | None, large: int, version: Callable[[], str]
    ) -> None:
        self.board_id = board_id
        self.closed = False
        self._version = version
        self._feed = feed
        self._loop = asyncio.get_running_loop()
        self._used_at = self._loop.time()
        self._log = Log(feed, board_id)
        self._presence = Presence(feed, board_id, process, lambda: self._audience.pages, self._show_people)
        self._audience = Audience(self._presence.leave)
        self._signals = Signals(
            feed, board_id, process, self._audience.tell_pages, lambda: self._presence.elsewhere, self._presence.renew
        )
        self._presence.on_left, self._presence.on_beat = self._signals.forget, self._signals.meet
        self._gate = Gate(feed, board_id, self._audience, lambda who: self._signals.forget([who.person]), self._gone)
        drawing = Drawing(partial(render.shapes, images=f"/boards/{board_id}/images/"), bounds)
        self._drawing = drawing
        self._keeping = Keeping(shelf, board_id, drawing)
        self._telling = Telling(drawing, large)
        self._sending = Sending(self._audience, self._telling)
        self.view = View(drawing, self._telling)
        self._moved = asyncio.Event()
        self._failing = self._told_stale = False
        self._behind = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._window: Window

    # What a request asks

    @property
    def ts(self) -> int:
        return self._log.ts

    @property
    def access(self) -> Access:
        """As it is now."""
        return self._gate.access

    @property
    def stale(self) -> bool:
        """Whether the board may have gone on without us."""
        return self._failing or not self._feed.connected or self.lags

    @property
    def lags(self) -> bool:
        """Whether the log is known to have gone on without us."""
        return self.ts < self._behind

    @property
    def full(self) -> bool:
        return len(self._drawing) >= MAX_SHAPES

    @property
    def people(self) -> list[Face]:
        return self._presence.everyone

    async def reach(self, ts: int, limit: float = RETRY) -> bool:
        """Wait, at most `limit` seconds, until the board shows the change at `ts`: who made it then finds it there."""
        with suppress(TimeoutError):
            async with asyncio.timeout(limit):
                while self.ts < ts and not self.closed:
                    self._moved.clear()
                    await self._moved.wait()
        return self.ts >= ts

    def lag(self, ts: int) -> None:
        """The log goes up to `ts`, as far as anybody can say now: until the board shows it, it is stale."""
        self._behind = ts
        self.tell_state()

    def report(self, viewer: Person, page: str, seq: int | None, report: Mapping[str, Any]) -> None:
        """What a page of this person does now, for the others to see. Raises Forbidden, Gap."""
        if (report.get("ink") or report.get("drag")) and self.access.role_of(viewer) not in ("owner", "editor"):
            raise Forbidden("You may look at this board, but not change it.")
        self.touch()
        self._signals.report(viewer, page, seq, report)

    @property
    def readers(self) -> int:
        return len(self._audience)

    def touch(self) -> None:
        """Somebody uses the board."""
        self._used_at = self._loop.time()

    def idle(self, now: float) -> bool:
        return not self._audience and now - self._used_at > IDLE

    # Readers

    async def join(self, viewer: Person | None, after: int | None, format: Format, *, once: bool = False) -> Mailbox:
        """A new reader, who has seen the board up to `after`; with None, who wants only what comes. With `once` the
        mailbox closes with what the reader needs to be level.

        Raises NotFound for whom the board does not exist, Unavailable if the hub is closing.
        """
        put_back = after is not None and not await self._knows(after)
        seen = NOTHING if put_back else self.ts if after is None else after
        first: list[bytes] = []
        await self._telling.prepare(self._window.since(seen) or (), format)
        while (missed := self._window.since(seen)) is None or not self._telling.tellable(missed, format):
            seen, snapshot = await self._telling.snapshot(lambda: self.ts, format, self._window)
            first, after = [snapshot], None
        role = self.access.role_of(viewer)
        if role is None:
            raise NotFound()
        if self.closed:
            raise Unavailable(retry_after=RETRY)
        self._sending.flush()
        self._signals.flush()
        first += self._telling.gaps.frames(seen, self._window, format)
        mailbox = Mailbox(viewer, format, role, max(after or 0, self.ts))
        mailbox.open([*self._greeting(mailbox), *([events.PUT_BACK] if put_back else []), *first])
        self.touch()
        if once:
            mailbox.close()
            self._presence.visit(viewer)
            return mailbox
        self._audience.add(mailbox)
        self._presence.join(viewer)
        return mailbox

    async def _knows(self, ts: int) -> bool:
        """Whether the board was as this ts says: in this process, or in one that is ahead of it."""
        return self._window.has(ts) or await self._log.knows(ts)

    def leave(self, mailbox: Mailbox) -> None:
        """The reader is gone. Harmless to repeat."""
        self._audience.remove(mailbox)
        self.touch()

    def tick(self, now: float) -> None:
        """Once a second."""
        self._audience.tick(now)
        self._presence.tick(now)
        self._signals.tick(now)
        self._keeping.tick(now, self.ts, 0.0 if self._audience else now - self._used_at)

    def tell_state(self) -> None:
        """The feed came or went."""
        if self.stale != self._told_stale:
            self._told_stale = self.stale
            frame = events.status(self.stale)
            self._audience.tell(lambda _: frame)

    def _show_people(self, faces: list[Face], watching: int) -> None:
        self._audience.show(render.people(faces))
        self._audience.tell_pages(events.event("presence", {"watching": watching}))

    def _greeting(self, mailbox: Mailbox) -> list[bytes]:
        """How things are now: the page may be of a while ago."""
        if mailbox.format == "json":
            return [events.COMMENT]
        return [
            events.hello(self.stale),
            events.version(self._version()),
            events.access(mailbox.role),
            events.message(render.title(self.access.title)),
            events.message(render.people(self._presence.shown)),
            self._gate.sharing(),
            self._signals.greeting(self._presence.watching + 1),
        ]

    # The deployment

    async def open(self) -> None:
        """Read the board. Raises NotFound, Unavailable, or what the feed raises; then the hub is of no use."""
        try:
            async with asyncio.timeout(OPEN_LIMIT):
                await Opening(self._log, self._keeping, self._drawing).read()
            self._gate.open()
        except BaseException as error:
            unknown = self._gate.unknown
            self.close()
            if unknown:
                raise NotFound() from None
            if isinstance(error, TimeoutError | EOFError | PutBack):
                raise Unavailable(retry_after=RETRY) from None
            raise
        self._window = Window(self.ts)
        self._told_stale = self.stale
        presence, signals = self._presence, self._signals
        follows = (
            *(self._follow_log, self._gate.follow),
            *(presence.follow, presence.announce, signals.follow, signals.publish),
        )
        self._tasks = [asyncio.create_task(self._persist(follow)) for follow in follows]

    async def _persist(self, follow: Callable[[], Awaitable[None]]) -> None:
        """A query that fails may heal with the next version of its function: listen on."""
        while True:
            try:
                await follow()
                return
            except EOFError:
                return
            except PutBack:
                log.warning("board %s was put back to an earlier state: everybody starts anew", self.board_id)
                self.close()
                return
            except Exception as error:
                log.warning("board %s: %s", self.board_id, error)
                await asyncio.sleep(RETRY)

    async def _follow_log(self) -> None:
        while True:
            try:
                changes, _ = await self._log.read()
            except PutBack:
                raise
            except Exception:
                self._failing = True
                self.tell_state()
                raise
            self._failing = False
            await self._take(changes)
            self.tell_state()

    async def _take(self, changes: list[Change]) -> None:
        for change in changes:
            self._drawing.apply(change)
            self._telling.applied(change)
            self._window.append(change)
            self._signals.settle(change.touched)
        self._keeping.changed(changes)
        self._sending.hold(changes)
        self._moved.set()
        await self._drawing.prepare_touched(changes)
        if len(self._audience) > self._audience.pages:  # programs read too
            await self._telling.prepare(changes, "json")
        self._sending.send()

    def _gone(self) -> None:
        self.close(events.access(None))

    def close(self, last: bytes | None = None) -> None:
        """End every stream, with a last frame. Harmless to repeat."""
        self.closed = True
        for mailbox in self._audience:
            self._audience.close(mailbox, last or events.restart())
        for task in self._tasks:
            task.cancel()
        for part in (self._sending, self._log, self._gate, self._presence, self._signals, self._keeping):
            part.close()
        self._moved.set()

    async def drain(self) -> None:
        """Send everybody away, to come back elsewhere, and say so to the other processes."""
        ts = self.ts
        self.close()
        await asyncio.gather(self._presence.withdraw(), self._signals.withdraw(), self._keeping.save(ts))
