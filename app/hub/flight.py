"""A question that many callers ask at the same time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Flight(Generic[Answer]):
    """Asks once for all callers who wait, one call at a time. No caller gets the answer of a call begun before it came.

    So an answer is as new as if each caller had asked alone.
    """

    def __init__(self) -> None:
        self._running: asyncio.Task[Answer] | None = None
        self._next: asyncio.Task[Answer] | None = None

    async def get(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Raises what `ask` raises. A caller that is cancelled takes the answer from nobody else."""
        if self._next is None:
            self._next = asyncio.create_task(self._ask(ask, self._running))
            self._next.add_done_callback(lambda task: task.cancelled() or task.exception())  # the callers get it
        return await asyncio.shield(self._next)

    async def _ask(self, ask: Callable[[], Awaitable[Answer]], before: asyncio.Task[Answer] | None) -> Answer:
        if before:
            await asyncio.wait([before])
        self._running, self._next = self._next, None
        return await ask()
