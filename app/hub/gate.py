"""Who is let in to a board, in every process as the deployment has it now."""

from collections.abc import Callable
from contextlib import suppress

from app.drawing import render
from app.errors import NotFound
from app.hub import events
from app.hub.access import Access, Person
from app.hub.audience import Audience
from app.hub.feed import Feed
from app.hub.mailbox import Mailbox


class Gate:
    """Follows who may do what, and tells readers what of it concerns them. Who has no role any more is out at once.

    `expelled` is told whom that hit, `gone` that the board itself exists no more.
    """

    def __init__(
        self, feed: Feed, board: str, audience: Audience, expelled: Callable[[Person], None], gone: Callable[[], None]
    ) -> None:
        self.access: Access
        self._audience = audience
        self._expelled = expelled
        self._gone = gone
        self._watch = feed.watch("relay:access", {"board": board})

    @property
    def unknown(self) -> bool:
        """Whether the deployment has said that there is no such board."""
        with suppress(Exception):
            return self._watch.latest is None
        return False

    def open(self) -> None:
        """Raises NotFound, or what the query failed with."""
        if self.unknown:
            raise NotFound()
        self.access = Access.from_wire(self._watch.latest)

    async def follow(self) -> None:
        async for wire in self._watch:
            if wire is None:
                self._gone()
                return
            before, self.access = self.access, Access.from_wire(wire)
            for mailbox in self._audience:
                self._readmit(mailbox)
            if before.title != self.access.title:
                self._audience.show(render.title(self.access.title))
            self._audience.tell_pages(self.sharing())
            if before.asking != self.access.asking:
                self._tell_owner()

    def sharing(self) -> bytes:
        return events.sharing(self.access.visibility, self.access.presenting)

    def close(self) -> None:
        self._watch.close()

    def _tell_owner(self) -> None:
        frame = events.asks(self.access.asking.values())
        for mailbox in self._audience:
            if mailbox.role == "owner" and mailbox.format != "json":
                mailbox.put(frame)

    def _readmit(self, mailbox: Mailbox) -> None:
        role = self.access.role_of(mailbox.viewer)
        if role is None:
            self._audience.close(mailbox, events.access(None))
            if mailbox.viewer:
                self._expelled(mailbox.viewer)
        elif role != mailbox.role:
            mailbox.role = role
            mailbox.put(events.access(role))
