"""Who may see a board, in every process as the deployment has it now."""

from contextlib import suppress

from app.drawing import render
from app.errors import NotFound
from app.hub import events
from app.hub.access import Access
from app.hub.audience import Audience
from app.hub.feed import Feed
from app.hub.mailbox import Mailbox
from app.hub.presence import Presence


class Removed(Exception):
    """The board does not exist any more."""


class Gate:
    """Follows who may do what, and sends each reader what changed for it. Who has no role any more is out at once."""

    def __init__(self, feed: Feed, board: str, audience: Audience, presence: Presence) -> None:
        self.access: Access
        self._audience = audience
        self._presence = presence
        self._watch = feed.watch("relay:access", {"board": board})

    @property
    def missing(self) -> bool:
        """Whether the deployment has answered that there is no such board."""
        with suppress(Exception):
            return self._watch.latest is None
        return False

    def open(self) -> None:
        """Raises NotFound, or what the query failed with."""
        if self.missing:
            raise NotFound()
        self.access = Access.from_wire(self._watch.latest)

    async def follow(self) -> None:
        """Raises Removed."""
        async for wire in self._watch:
            if wire is None:
                raise Removed
            before, self.access = self.access, Access.from_wire(wire)
            for mailbox in self._audience:
                self._readmit(mailbox)
            if before.title != self.access.title:
                self._audience.send_html(render.title(self.access.title))
            self._audience.send_to_pages(self.sharing())
            if before.asking != self.access.asking:
                self._notify_owner()

    def sharing(self) -> bytes:
        return events.sharing(self.access.visibility, self.access.presenting)

    def close(self) -> None:
        self._watch.close()

    def _notify_owner(self) -> None:
        frame = events.asks(self.access.asking.values())
        for mailbox in self._audience:
            if mailbox.role == "owner" and mailbox.format != "json":
                mailbox.put(frame)

    def _readmit(self, mailbox: Mailbox) -> None:
        role = self.access.role_of(mailbox.viewer)
        if role is None:
            self._presence.expel(mailbox, events.access(None))
        elif role != mailbox.role:
            mailbox.role = role
            mailbox.put(events.access(role))
