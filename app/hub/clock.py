"""Tells the readers of a board about its timer."""

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from app.hub import events
from app.hub.audience import Audience
from app.hub.feed import Feed
from app.timer import Timer


class Clock:
    """Follows the board's timer, and tells every reader how much is left."""

    def __init__(self, feed: Feed, board: str, audience: Audience) -> None:
        self.timer: Timer | None = None
        self._known = False
        self._audience = audience
        self._watch = feed.watch("relay:timer", {"board": board})

    def open(self) -> None:
        """Know the timer before the first reader asks."""
        with suppress(Exception):  # functions of an earlier version tell of no timer, and the board opens all the same
            self._take(self._watch.latest)

    async def follow(self) -> None:
        async for wire in self._watch:
            if self._take(wire):
                self._audience.send(lambda _: self._frame())

    def greeting(self, *, page: bool) -> list[bytes]:
        """For a new reader. A page whose stream broke may show an old timer: it also hears that there is none."""
        return [self._frame()] if self.timer or (page and self._known) else []

    def close(self) -> None:
        self._watch.close()

    def _take(self, wire: Mapping[str, Any] | None) -> bool:
        """Whether this is news."""
        before = self._known, self.timer
        self._known, self.timer = True, Timer.from_wire(wire) if wire else None
        return (self._known, self.timer) != before

    def _frame(self) -> bytes:
        return events.timer(self.timer.wire(time.time()) if self.timer else None)
