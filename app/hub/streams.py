"""How many streams one person, one address and one process may have open."""

import random
from collections import defaultdict

from app.errors import Unavailable
from app.hub import events
from app.hub.mailbox import Mailbox

COME_BACK = (1.0, 5.0)  # s


class Streams:
    """One stream too many of a person or address ends the oldest of them, which is sent the reason. 0 is no limit."""

    def __init__(self, per_person: int, per_address: int, most: int = 0) -> None:
        self.most = most
        self._all: set[Mailbox] = set()
        self._limits = {"person": per_person, "address": per_address}
        self._open: defaultdict[tuple[str, str], dict[Mailbox, None]] = defaultdict(dict)

    def require_room(self) -> None:
        """Raises Unavailable while this process has no room, with a random time to come back."""
        if 0 < self.most <= len(self._all):
            raise Unavailable("Too many people are here right now.", retry_after=random.uniform(*COME_BACK))

    def admit(self, mailbox: Mailbox, address: str) -> None:
        self._all.add(mailbox)
        for key in self._keys(mailbox, address):
            streams, limit = self._open[key], self._limits[key[0]]
            streams[mailbox] = None
            while 0 < limit < len(streams):
                oldest = next(iter(streams))
                oldest.close(events.SUPERSEDED)
                del streams[oldest]

    def release(self, mailbox: Mailbox, address: str) -> None:
        """Harmless to repeat."""
        self._all.discard(mailbox)
        for key in self._keys(mailbox, address):
            self._open[key].pop(mailbox, None)
            if not self._open[key]:
                del self._open[key]

    def _keys(self, mailbox: Mailbox, address: str) -> list[tuple[str, str]]:
        person = [("person", mailbox.viewer.person)] if mailbox.viewer else []
        return [*person, ("address", address)]
