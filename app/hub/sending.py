"""Changes on their way to the readers of a board."""

import asyncio
from collections.abc import Iterable

from app.hub.audience import Audience
from app.hub.change import Change
from app.hub.mailbox import Mailbox
from app.hub.telling import Telling

INTERVAL = 1 / 60  # s between two messages about shapes, at least


class Sending:
    """The first change after a while goes out at once, what follows within a frame of a screen together."""

    def __init__(self, audience: Audience, telling: Telling) -> None:
        self._audience = audience
        self._telling = telling
        self._loop = asyncio.get_running_loop()
        self._unsent: list[Change] = []
        self._sent_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def hold(self, changes: Iterable[Change]) -> None:
        """The drawing shows them: the next `flush` sends them."""
        self._unsent += changes

    def send(self) -> None:
        """What is held, now or when it is time."""
        if not self._unsent or self._timer:
            return
        due = self._sent_at + INTERVAL
        if self._loop.time() >= due:
            self.flush()
        else:
            self._timer = self._loop.call_at(due, self.flush)

    def flush(self) -> None:
        self.close()
        if self._unsent:
            changes, self._unsent = self._unsent, []
            self._sent_at = self._loop.time()
            for mailbox in self._audience.tell(lambda format: self._telling.frame(changes, format), changes[0].ts - 1):
                self._tell_ahead(mailbox, changes)

    def _tell_ahead(self, mailbox: Mailbox, changes: list[Change]) -> None:
        """A reader who came from a process that was ahead of this one has seen some of this."""
        if unseen := [change for change in changes if change.ts > mailbox.after]:
            mailbox.put(self._telling.frame(unseen, mailbox.format))

    def close(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
