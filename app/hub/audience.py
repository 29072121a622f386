"""All readers of a board."""

from collections.abc import Callable, Iterator

from app.hub import events
from app.hub.mailbox import Format, Mailbox

PING_EVERY = 15  # ticks of a second


class Audience:
    """The mailboxes of one board. Each frame is made once, and every mailbox gets the same bytes."""

    def __init__(self) -> None:
        self._mailboxes: dict[Mailbox, None] = {}
        self.pages = 0
        """How many of the readers are pages; the others are programs."""
        self.closed = False
        self._ticks = 0

    def __len__(self) -> int:
        return len(self._mailboxes)

    def __iter__(self) -> Iterator[Mailbox]:
        return iter(list(self._mailboxes))

    def add(self, mailbox: Mailbox) -> None:
        self._mailboxes[mailbox] = None
        self.pages += mailbox.format != "json"

    def remove(self, mailbox: Mailbox) -> bool:
        """Whether it was there."""
        if mailbox not in self._mailboxes:
            return False
        del self._mailboxes[mailbox]
        self.pages -= mailbox.format != "json"
        return True

    def close(self, last: bytes | None = None) -> None:
        """End every stream with this frame, by default one that sends its reader elsewhere. Harmless to repeat."""
        self.closed = True
        for mailbox in self:
            mailbox.close(last or events.restart())
            self.remove(mailbox)

    def send(self, frame: Callable[[Format], bytes], level: int | None = None) -> list[Mailbox]:
        """Send to every reader whose `after` is at most `level` the frame of its format; return the other readers.

        With None it goes to all. An empty frame is not sent.
        """
        frames: dict[Format, bytes] = {}
        ahead = []
        for mailbox in self._mailboxes:
            if level is not None and mailbox.after > level:
                ahead.append(mailbox)
                continue
            if mailbox.format not in frames:
                frames[mailbox.format] = frame(mailbox.format)
            if frames[mailbox.format]:
                mailbox.put(frames[mailbox.format])
        return ahead

    def send_html(self, html: str) -> None:
        self.send_to_pages(events.message(html))

    def send_to_pages(self, frame: bytes) -> None:
        self.send(lambda format: b"" if format == "json" else frame)

    def tick(self, now: float) -> list[Mailbox]:
        """Once a second: drop readers who take nothing, ping a fifteenth of the others. Returns those that ended."""
        self._ticks += 1
        ended = []
        for number, mailbox in enumerate(self):
            if mailbox.overdue(now):
                mailbox.drop()
            if mailbox.closed:
                ended.append(mailbox)
            elif (number + self._ticks) % PING_EVERY == 0:
                mailbox.put(events.PING if mailbox.format != "json" else events.COMMENT)
        return ended
