"""Limits concurrent work per person, or per address of strangers. Further requests by the same person queue."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.errors import Unavailable

EACH = 3
ADDRESS = 32  # a school may be behind it
CROWD = 2  # times as many as may go at a time: whoever has more waiting goes one at a time. Browsers have six
CROWDS = 8  # of an address that go at a time. One alone would leave each process idle while it waits for the other


class LongQueue(Unavailable):
    default = "Many of your requests wait for an answer already. Try again in a moment."


class Turns:
    """`patience` is how many seconds one may wait for a turn."""

    def __init__(self, each: int = EACH, address: int = ADDRESS, patience: float | None = None) -> None:
        self._each, self._address = each, address
        self._free, self._lane, self._lanes = (Semaphores(patience) for _ in range(3))

    @asynccontextmanager
    async def of(self, who: str, strangers: bool = False, crowds: str = "") -> AsyncIterator[None]:
        """Whoever is a crowd goes one at a time. With `crowds`, only CROWDS of those who gave the same go at a time.

        Raises LongQueue.
        """
        most = self._address if strangers else self._each
        async with self._free.of(who, most) as asking:
            if not crowds or asking <= CROWD * most:
                yield
                return
            async with self._lane.of(who, 1), self._lanes.of(crowds, CROWDS):
                yield


class PictureTurns(Turns):
    """Of pictures of boards, each of which may take a worker for ten seconds. Raises LongQueue after a minute."""

    def __init__(self, patience: float = 60.0) -> None:
        super().__init__(each=1, address=4, patience=patience)


class ImportTurns(Turns):
    """Of files to import, each of which may take a worker for half a minute. Raises LongQueue after two minutes."""

    def __init__(self, patience: float = 120.0) -> None:
        super().__init__(each=1, patience=patience)


class Semaphores:
    """One for each name, as long as somebody uses it."""

    def __init__(self, patience: float | None) -> None:
        self._patience = patience
        self._all: dict[str, tuple[asyncio.Semaphore, int]] = {}

    @asynccontextmanager
    async def of(self, name: str, most: int) -> AsyncIterator[int]:
        """Wait for one of `most`; how many asked for it then, this one included. Raises LongQueue."""
        free, asking = self._all.get(name) or (asyncio.Semaphore(most), 0)
        self._all[name] = free, asking + 1
        try:
            await self._acquire(free)
            try:
                yield asking + 1
            finally:
                free.release()
        finally:
            free, left = self._all.pop(name)
            if left > 1:
                self._all[name] = free, left - 1

    async def _acquire(self, free: asyncio.Semaphore) -> None:
        try:
            async with asyncio.timeout(self._patience if free.locked() else None):
                await free.acquire()
        except TimeoutError:
            raise LongQueue from None
