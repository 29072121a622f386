"""One live board: read once from the deployment, drawn once, told to everybody who has it open."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

import orjson
from markupsafe import Markup

from app import render
from app.errors import Forbidden, NotFound, Unavailable
from app.geometry.measure import bounds
from app.geometry.units import number
from app.hub import events
from app.hub.access import Access, Person, Role, Visibility
from app.hub.audience import Audience
from app.hub.cells import Cells
from app.hub.change import Change
from app.hub.drawing import Drawing
from app.hub.feed import Feed
from app.hub.keeping import Keeping, Shelf
from app.hub.log import Log
from app.hub.mailbox import Format, Mailbox
from app.hub.people import Face
from app.hub.presence import Presence
from app.hub.signals import Signals
from app.hub.telling import Telling, json
from app.hub.window import Window
from app.shapes import MAX_SHAPES, Box, Shape

INTERVAL = 1 / 60  # s between two messages about shapes, at least
RETRY = 1.0  # s before a failed query is listened to again
OPEN_LIMIT = 10.0  # s
IDLE = 60.0  # s
LARGE = 20_000  # shapes; pages of a larger board load the parts that they show
PADDING = 32  # px around the content, in a fitted view

log = logging.getLogger("easel.hub")


class Hub:
    """Hubs opens it. Its readers are mailboxes; `ts` is the last change that it shows."""

    def __init__(self, feed: Feed, board_id: str, process: str, shelf: Shelf | None = None, large: int = LARGE) -> None:
        self.board_id = board_id
        self.closed = False
        self._feed = feed
        self._loop = asyncio.get_running_loop()
        self._used_at = self._loop.time()
        self._log = Log(feed, board_id)
        self._access_watch = feed.watch("relay:access", {"board": board_id})
        self._presence = Presence(feed, board_id, process, lambda: self._audience.pages, self._show_people)
        self._audience = Audience(self._presence.leave)
        self._signals = Signals(
            feed, board_id, process, self._audience.tell_pages, lambda: self._presence.elsewhere, self._presence.renew
        )
        self._presence.on_left, self._presence.on_beat = self._signals.forget, self._signals.meet
        self._drawing = Drawing(partial(render.shapes, images=f"/boards/{board_id}/images/"), bounds)
        self._keeping = Keeping(shelf, board_id, self._drawing)
        self._telling = Telling(self._drawing, large)
        self._unsent: list[Change] = []
        self._sent_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._moved = asyncio.Event()
        self._failing = self._told_stale = False
        self._tasks: list[asyncio.Task[None]] = []
        self._access: Access
        self._window: Window

    # What a request asks

    @property
    def ts(self) -> int:
        return self._log.ts

    @property
    def title(self) -> str:
        return self._access.title

    @property
    def visibility(self) -> Visibility:
        return self._access.visibility

    @property
    def presenting(self) -> bool:
        """Whether everybody but the owner looks on."""
        return self._access.presenting

    @property
    def stale(self) -> bool:
        """Whether the board may have gone on without us."""
        return self._failing or not self._feed.connected

    @property
    def full(self) -> bool:
        return len(self._drawing) >= MAX_SHAPES

    @property
    def people(self) -> list[Face]:
        return self._presence.everyone

    def faces(self) -> Markup:
        return render.faces(self.people)

    def role_of(self, viewer: Person | None) -> Role | None:
        return self._access.role_of(viewer)

    def member(self, viewer: Person | None) -> Role | None:
        """The role that this person was given; None for who is here by the link alone."""
        return self._access.member(viewer)

    def find(self, id: str) -> Shape | None:
        return self._drawing.find(id)

    def shapes(self) -> list[Shape]:
        """In z order, the topmost last."""
        return self._drawing.shapes()

    def svg(self) -> str:
        """The elements of all shapes, in z order."""
        return self._drawing.svg()

    def measured(self) -> tuple[list[tuple[Shape, Box]], int]:
        """The shapes other than ink with their boxes, and how much ink there is besides."""
        return self._drawing.measured()

    async def pieces(self) -> list[str]:
        """The same in pieces, as the board is now; what was not drawn yet keeps nobody waiting."""
        await self._prepare()
        return self._drawing.pieces()

    @property
    def large(self) -> int:
        """Of a large board, how many shapes a page is to load at a time; else 0."""
        return self._telling.large

    async def far_pieces(self) -> list[str]:
        """The board from afar, in pieces."""
        cells = await self.cells()
        return [markup async for markup in cells.all_far()]

    async def cells(self) -> Cells:
        """The board by places."""
        await self._prepare()
        return await self._telling.cells()

    async def _prepare(self) -> None:
        if not self._drawing.ready:  # a list of 100,000 shapes takes 15 ms
            await self._drawing.prepare(self.shapes())

    def view_box(self) -> str | None:
        """An SVG viewBox around the content, with some room; None for an empty board."""
        box = self._drawing.bounds()
        if box is None:
            return None
        left, top, right, bottom = box
        width, height = right - left + 2 * PADDING, bottom - top + 2 * PADDING
        return " ".join(map(number, (left - PADDING, top - PADDING, width, height)))

    async def json(self, viewer: Person | None) -> AsyncIterator[bytes]:
        """The whole board in the API's form, in pieces, as it is now."""
        head = {"id": self.board_id, "title": self.title, "ts": str(self.ts), "role": self.role_of(viewer)}
        yield orjson.dumps(head)[:-1] + b',"shapes":['
        separator = b""
        async for shapes in json(self.shapes()):
            yield separator + shapes
            separator = b","
        yield b"]}"

    async def reach(self, ts: int, limit: float = RETRY) -> bool:
        """Wait, at most `limit` seconds, until the board shows the change at `ts`: who made it then finds it there."""
        with suppress(TimeoutError):
            async with asyncio.timeout(limit):
                while self.ts < ts and not self.closed:
                    self._moved.clear()
                    await self._moved.wait()
        return self.ts >= ts

    def report(self, viewer: Person, page: str, seq: int | None, report: Mapping[str, Any]) -> None:
        """What a page of this person does now, for the others to see. Raises Forbidden, Gap."""
        if (report.get("ink") or report.get("drag")) and self.role_of(viewer) not in ("owner", "editor"):
            raise Forbidden("You may look at this board, but not change it.")
        self.touch()
        self._signals.report(viewer, page, seq, report)

    def touch(self) -> None:
        """Somebody uses the board."""
        self._used_at = self._loop.time()

    def idle(self, now: float) -> bool:
        return not self._audience and now - self._used_at > IDLE

    # Readers

    async def join(self, viewer: Person | None, after: int | None, format: Format) -> Mailbox:
        """A new reader, who has seen the board up to `after`; with None, who wants only what comes.

        Raises NotFound for whom the board does not exist, Unavailable if the hub is closing.
        """
        first: list[bytes] = []
        changes = self._window.since(self.ts if after is None else after)
        while changes is None or not self._telling.tellable(changes, format):
            after = self.ts
            first = [await self._telling.snapshot(after, format)]
            changes = self._window.since(after)
        role = self.role_of(viewer)
        if role is None:
            raise NotFound()
        if self.closed:
            raise Unavailable(retry_after=RETRY)
        self._flush()
        self._signals.flush()
        if changes:
            first.append(self._frame(changes, format))
        mailbox = Mailbox(viewer, format, role, max(after or 0, self.ts))
        mailbox.open([*self._greeting(mailbox), *first])
        self._audience.add(mailbox)
        self._presence.join(viewer)
        self.touch()
        return mailbox

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
            events.access(mailbox.role),
            events.message(render.title(self.title)),
            events.message(render.people(self._presence.shown)),
            events.sharing(self.visibility, self.presenting),
            self._signals.greeting(self._presence.watching + 1),
        ]

    # Changes

    async def _take(self, changes: list[Change]) -> None:
        """The first change after a while goes out at once, what follows within a frame of a screen together."""
        for change in changes:
            self._drawing.apply(change)
            self._telling.applied(change)
            self._window.append(change)
            self._signals.settle(change.touched)
        self._keeping.changed(changes)
        self._unsent += changes
        self._moved.set()
        await self._drawing.prepare_touched(changes)
        if self._unsent and not self._timer:
            due = self._sent_at + INTERVAL
            if self._loop.time() >= due:
                self._flush()
            else:
                self._timer = self._loop.call_at(due, self._flush)

    def _flush(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._unsent:
            changes, self._unsent = self._unsent, []
            self._sent_at = self._loop.time()
            for mailbox in self._audience.tell(lambda format: self._frame(changes, format), changes[0].ts - 1):
                self._tell_ahead(mailbox, changes)

    def _tell_ahead(self, mailbox: Mailbox, changes: list[Change]) -> None:
        """A reader who came from a process that was ahead of this one has seen some of this."""
        if unseen := [change for change in changes if change.ts > mailbox.after]:
            mailbox.put(self._frame(unseen, mailbox.format))

    def _frame(self, changes: list[Change], format: Format) -> bytes:
        """These changes, the last of which is at `ts`, as bytes for any number of readers."""
        return self._telling.frame(self.ts, changes, format)

    # The deployment

    async def open(self) -> None:
        """Read the board. Raises NotFound, Unavailable, or what the feed raises; then the hub is of no use."""
        try:
            async with asyncio.timeout(OPEN_LIMIT):
                await self._load()
        except BaseException as error:
            unknown = self._unknown()
            self.close()
            if unknown:
                raise NotFound() from None
            if isinstance(error, TimeoutError | EOFError):
                raise Unavailable(retry_after=RETRY) from None
            raise
        presence, signals = self._presence, self._signals
        follows = (
            *(self._follow_log, self._follow_access),
            *(presence.follow, presence.announce, signals.follow, signals.publish),
        )
        self._tasks = [asyncio.create_task(self._persist(follow)) for follow in follows]

    async def _load(self) -> None:
        kept = await self._keeping.restore()
        await self._log.start(kept)
        if kept is None:
            await self._read_shapes()
        # The last page came in a transition that the tail has taken too. Whoever came now would miss nothing, once
        # what the tail gathered meanwhile, or since the snapshot, is folded in.
        complete = False
        while not complete:
            changes, complete = await self._log.read()
            for change in changes:
                self._drawing.apply(change)
            self._keeping.changed(changes)
        self._access = Access.from_wire(self._access_watch.latest)
        self._window = Window(self.ts)
        self._told_stale = self.stale

    async def _read_shapes(self) -> None:
        async for shapes in self._log.shapes():
            self._drawing.load(shapes)
            await self._drawing.prepare(shapes)
        self._keeping.count(len(self._drawing))

    def _unknown(self) -> bool:
        with suppress(Exception):
            return self._access_watch.latest is None
        return False

    async def _persist(self, follow: Callable[[], Awaitable[None]]) -> None:
        """A query that fails may heal with the next version of its function: listen on."""
        while True:
            try:
                await follow()
                return
            except EOFError:
                return
            except Exception as error:
                log.warning("board %s: %s", self.board_id, error)
                await asyncio.sleep(RETRY)

    async def _follow_log(self) -> None:
        while True:
            try:
                changes, _ = await self._log.read()
            except Exception:
                self._failing = True
                self.tell_state()
                raise
            self._failing = False
            self.tell_state()
            await self._take(changes)

    async def _follow_access(self) -> None:
        async for wire in self._access_watch:
            if wire is None:
                self.close(events.access(None))
                return
            before, self._access = self._access, Access.from_wire(wire)
            for mailbox in self._audience:
                self._readmit(mailbox)
            if before.title != self.title:
                self._audience.show(render.title(self.title))
            self._audience.tell_pages(events.sharing(self.visibility, self.presenting))

    def _readmit(self, mailbox: Mailbox) -> None:
        """Tell a reader of a new role. Who has none any more is out at once."""
        role = self.role_of(mailbox.viewer)
        if role is None:
            self._audience.close(mailbox, events.access(None))
        elif role != mailbox.role:
            mailbox.role = role
            mailbox.put(events.access(role))

    def close(self, last: bytes | None = None) -> None:
        """End every stream, with a last frame. Harmless to repeat."""
        self.closed = True
        for mailbox in self._audience:
            self._audience.close(mailbox, last or events.restart())
        if self._timer:
            self._timer.cancel()
        for task in self._tasks:
            task.cancel()
        for part in (self._log, self._access_watch, self._presence, self._signals, self._keeping):
            part.close()
        self._moved.set()

    async def drain(self) -> None:
        """Send everybody away, to come back elsewhere, and say so to the other processes."""
        ts = self.ts
        self.close()
        await asyncio.gather(self._presence.withdraw(), self._signals.withdraw(), self._keeping.save(ts))
