"""How many streams one person, and one address, may have open."""

from collections import defaultdict

from app.hub import events
from app.hub.mailbox import Mailbox


class Streams:
    """With one too many, the oldest ends and is told why. 0 is no limit."""

    def __init__(self, per_person: int, per_address: int) -> None:
        self._limits = {"person": per_person, "address": per_address}
        self._open: defaultdict[tuple[str, str], dict[Mailbox, None]] = defaultdict(dict)

    def admit(self, mailbox: Mailbox, address: str) -> None:
        for key in self._keys(mailbox, address):
            streams, limit = self._open[key], self._limits[key[0]]
            streams[mailbox] = None
            while 0 < limit < len(streams):
                oldest = next(iter(streams))
                oldest.close(events.SUPERSEDED)
                del streams[oldest]

    def release(self, mailbox: Mailbox, address: str) -> None:
        for key in self._keys(mailbox, address):
            self._open[key].pop(mailbox, None)
            if not self._open[key]:
                del self._open[key]

    def _keys(self, mailbox: Mailbox, address: str) -> list[tuple[str, str]]:
        person = [("person", mailbox.viewer.person)] if mailbox.viewer else []
        return [*person, ("address", address)]
