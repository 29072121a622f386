"""The timer of a board, as its readers are told."""

import time

from app.hub import events
from app.hub.audience import Audience
from app.hub.feed import Feed
from app.timer import Timer


class Clock:
    """Follows the board's timer, and tells every reader how much is left."""

    def __init__(self, feed: Feed, board: str, audience: Audience) -> None:
        self.timer: Timer | None = None
        self._audience = audience
        self._watch = feed.watch("relay:timer", {"board": board})

    async def follow(self) -> None:
        async for wire in self._watch:
            before, self.timer = self.timer, Timer.from_wire(wire) if wire else None
            if self.timer != before:
                self._audience.send(lambda _: self._frame())

    def greeting(self) -> list[bytes]:
        """For a new reader."""
        return [self._frame()] if self.timer else []

    def close(self) -> None:
        self._watch.close()

    def _frame(self) -> bytes:
        return events.timer(self.timer.wire(time.time()) if self.timer else None)
