"""So many at a time for each person, or address of strangers; who asks for more waits, and nobody else does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

EACH = 3
ADDRESS = 32  # a school may be behind it


class Turns:
    def __init__(self, each: int = EACH, address: int = ADDRESS) -> None:
        self._each, self._address = each, address
        self._asking: dict[str, tuple[asyncio.Semaphore, int]] = {}

    @asynccontextmanager
    async def of(self, who: str, strangers: bool = False) -> AsyncIterator[None]:
        most = self._address if strangers else self._each
        free, asking = self._asking.get(who) or (asyncio.Semaphore(most), 0)
        self._asking[who] = free, asking + 1
        try:
            async with free:
                yield
        finally:
            free, asking = self._asking.pop(who)
            if asking > 1:
                self._asking[who] = free, asking - 1
