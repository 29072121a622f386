"""When changes go out to the readers of a board."""

import asyncio
from collections.abc import Iterable

from app.hub.audience import Audience
from app.hub.change import Change
from app.hub.frames import Frames
from app.hub.mailbox import Mailbox

INTERVAL = 1 / 60  # s between two frames about shapes, at least


class Pacing:
    """Sends the first change after a while at once, and what follows within INTERVAL together."""

    def __init__(self, audience: Audience, frames: Frames) -> None:
        self._audience = audience
        self._frames = frames
        self._loop = asyncio.get_running_loop()
        self._unsent: list[Change] = []
        self._sent_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def hold(self, changes: Iterable[Change]) -> None:
        """The drawing shows these changes: the next `flush` sends them."""
        self._unsent += changes

    def send(self) -> None:
        """Flush now, or when INTERVAL is over."""
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
            for mailbox in self._audience.send(lambda format: self._frames.of(changes, format), changes[0].ts - 1):
                self._send_rest(mailbox, changes)

    def _send_rest(self, mailbox: Mailbox, changes: list[Change]) -> None:
        """A reader who came from a process that is ahead of this one has seen some of these changes."""
        if unseen := [change for change in changes if change.ts > mailbox.after]:
            mailbox.put(self._frames.of(unseen, mailbox.format))

    def close(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
