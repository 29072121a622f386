"""Everybody who reads a board."""

from collections.abc import Callable, Iterator

from app.hub import events
from app.hub.access import Person
from app.hub.mailbox import Format, Mailbox

PING_EVERY = 15  # ticks of a second


class Audience:
    """The mailboxes of one board. What they are told is made once, and the same bytes go to all."""

    def __init__(self, left: Callable[[Person], None]) -> None:
        self._left = left
        self._mailboxes: dict[Mailbox, None] = {}
        self.pages = 0
        """How many of them are pages, and no programs."""
        self._ticks = 0

    def __len__(self) -> int:
        return len(self._mailboxes)

    def __iter__(self) -> Iterator[Mailbox]:
        return iter(list(self._mailboxes))

    def add(self, mailbox: Mailbox) -> None:
        self._mailboxes[mailbox] = None
        self.pages += mailbox.format != "json"

    def remove(self, mailbox: Mailbox) -> None:
        """Harmless to repeat."""
        if mailbox in self._mailboxes:
            del self._mailboxes[mailbox]
            self.pages -= mailbox.format != "json"
            if mailbox.viewer:
                self._left(mailbox.viewer)

    def close(self, mailbox: Mailbox, last: bytes) -> None:
        mailbox.close(last)
        self.remove(mailbox)

    def tell(self, frame: Callable[[Format], bytes], level: int | None = None) -> list[Mailbox]:
        """A frame, unless it is empty, to everybody but who has seen more than `level`, a ts, and whom this gives."""
        made: dict[Format, bytes] = {}
        ahead = []
        for mailbox in self._mailboxes:
            if level is not None and mailbox.after > level:
                ahead.append(mailbox)
                continue
            if mailbox.format not in made:
                made[mailbox.format] = frame(mailbox.format)
            if made[mailbox.format]:
                mailbox.put(made[mailbox.format])
        return ahead

    def show(self, html: str) -> None:
        self.tell_pages(events.message(html))

    def tell_pages(self, frame: bytes) -> None:
        """What programs have no use for."""
        self.tell(lambda format: b"" if format == "json" else frame)

    def tick(self, now: float) -> None:
        """Once a second: drop who reads no more, and say something to a fifteenth of the others."""
        self._ticks += 1
        for number, mailbox in enumerate(self):
            if mailbox.overdue(now):
                mailbox.drop()
            if mailbox.closed:
                self.remove(mailbox)
            elif (number + self._ticks) % PING_EVERY == 0:
                mailbox.put(events.PING if mailbox.format != "json" else events.COMMENT)
