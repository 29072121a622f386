"""So many at a time for each person; who asks for more waits, and nobody else does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

EACH = 8


class Turns:
    def __init__(self, each: int = EACH) -> None:
        self._each = each
        self._asking: dict[str, tuple[asyncio.Semaphore, int]] = {}

    @asynccontextmanager
    async def of(self, who: str) -> AsyncIterator[None]:
        free, asking = self._asking.get(who) or (asyncio.Semaphore(self._each), 0)
        self._asking[who] = free, asking + 1
        try:
            async with free:
                yield
        finally:
            free, asking = self._asking.pop(who)
            if asking > 1:
                self._asking[who] = free, asking - 1
