"""A value that is costly to make, made once for all callers while its version stays the same."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

KEPT = 5.0  # s after the last call

Made = TypeVar("Made")


class Once(Generic[Made]):
    """Keeps the last value, with the version that it was made of, for KEPT."""

    def __init__(self) -> None:
        self._making = asyncio.Lock()
        self._made: tuple[int, Made] | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def get(self, version: int, make: Callable[[], Awaitable[Made]]) -> Made:
        """The value of this version, the present one, or of a later one. Concurrent callers wait for one `make`."""
        async with self._making:
            if self._made is None or self._made[0] < version:
                self._made = version, await make()
            if self._timer:
                self._timer.cancel()
            self._timer = asyncio.get_running_loop().call_later(KEPT, self._forget)
            return self._made[1]

    def _forget(self) -> None:
        self._made = None
