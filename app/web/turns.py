"""Limits concurrent work per person, or per address of strangers. Further requests by the same person queue."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

EACH = 3
ADDRESS = 32  # a school may be behind it
CROWD = 2  # times as many as may go at a time: whoever has more waiting goes one at a time. Browsers have six


class Turns:
    def __init__(self, each: int = EACH, address: int = ADDRESS) -> None:
        self._each, self._address = each, address
        self._free, self._lane = Semaphores(), Semaphores()

    @asynccontextmanager
    async def of(self, who: str, strangers: bool = False, crowds: str = "") -> AsyncIterator[None]:
        """Whoever is a crowd goes one at a time, in the lane `crowds` if that is given, with all others in it."""
        most = self._address if strangers else self._each
        async with self._free.of(who, most) as asking:
            if not crowds or asking <= CROWD * most:
                yield
                return
            async with self._lane.of(crowds, 1):
                yield


class Semaphores:
    """One for each name, as long as somebody uses it."""

    def __init__(self) -> None:
        self._all: dict[str, tuple[asyncio.Semaphore, int]] = {}

    @asynccontextmanager
    async def of(self, name: str, most: int) -> AsyncIterator[int]:
        """Wait for one of `most`; how many asked for it then, this one included."""
        free, asking = self._all.get(name) or (asyncio.Semaphore(most), 0)
        self._all[name] = free, asking + 1
        try:
            async with free:
                yield asking + 1
        finally:
            free, left = self._all.pop(name)
            if left > 1:
                self._all[name] = free, left - 1
