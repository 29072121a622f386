"""Who is on a board and what they do there: sent to its readers and to the other web processes."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from app.drawing import render
from app.hub import events
from app.hub.access import Person
from app.hub.audience import Audience
from app.hub.feed import Feed
from app.hub.mailbox import Mailbox
from app.hub.presence.attendance import Attendance
from app.hub.presence.people import Face
from app.hub.presence.signals import Signals


class Presence:
    """Every reader enters and leaves the audience through it. `process` names this web process among the others."""

    def __init__(self, feed: Feed, board: str, process: str, audience: Audience) -> None:
        self._audience = audience
        self._attendance = Attendance(feed, board, process, audience)
        self._signals = Signals(feed, board, process, audience, self._attendance)
        self._leases = feed.watch("relay:presence", {"board": board})

    @property
    def loops(self) -> tuple[Callable[[], Awaitable[None]], ...]:
        """Each runs as long as the board is open. One that raises may be called again."""
        return self._follow_leases, self._attendance.announce, self._signals.follow, self._signals.publish

    @property
    def people(self) -> list[Face]:
        return self._attendance.everyone

    @property
    def shared(self) -> bool:
        """Whether another process has the board open."""
        return self._attendance.shared

    def join(self, mailbox: Mailbox) -> None:
        self._audience.add(mailbox)
        self._attendance.join(mailbox.viewer)

    def visit(self, viewer: Person | None) -> None:
        """A page reads a short stream: its person counts as here until the page's next one."""
        self._attendance.visit(viewer)

    def leave(self, mailbox: Mailbox) -> None:
        """Harmless to repeat."""
        if self._audience.remove(mailbox) and mailbox.viewer:
            self._attendance.leave(mailbox.viewer)

    def expel(self, mailbox: Mailbox, last: bytes) -> None:
        """End the stream of somebody who may not see the board any more; nobody sees their cursor either."""
        mailbox.close(last)
        self.leave(mailbox)
        if mailbox.viewer:
            self._signals.forget([mailbox.viewer.person])

    def report(self, viewer: Person, page: str, seq: int | None, report: Mapping[str, Any]) -> None:
        """What a page of this person does now. Raises Gap."""
        self._signals.report(viewer, page, seq, report)

    def settle(self, ids: Iterable[str]) -> None:
        """A change has touched these shapes: what hands did to them is over."""
        self._signals.settle(ids)

    def flush(self) -> None:
        """Send what waits for the next tick of the signals."""
        self._signals.flush()

    def greeting(self) -> list[bytes]:
        """The frames for a page that is about to join, right after `flush`."""
        people = events.message(render.people(self._attendance.shown))
        return [people, self._signals.greeting(self._attendance.watching + 1)]

    def tick(self, now: float) -> None:
        """Once a second."""
        for mailbox in self._audience.tick(now):
            self.leave(mailbox)
        self._attendance.tick(now)
        self._forget_left()
        self._signals.tick(now)

    def close(self) -> None:
        for part in (self._leases, self._attendance, self._signals):
            part.close()

    async def withdraw(self) -> None:
        """Tell the other processes that everybody here is gone."""
        await asyncio.gather(self._attendance.withdraw(), self._signals.withdraw())

    async def _follow_leases(self) -> None:
        async for rows in self._leases:
            renewed = self._attendance.take(rows)
            self._forget_left()
            if renewed:
                self._signals.meet()

    def _forget_left(self) -> None:
        if left := self._attendance.pop_left():
            self._signals.forget(left)
