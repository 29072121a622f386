"""Decides whose bytes are parsed in a turn of the event loop."""

import asyncio
from collections import deque
from collections.abc import Callable

from app.wire.numbers import EACH_TURN


class Rota:
    """Each address has EACH_TURN pieces parsed in a turn of the event loop; the rest wait for the next turns.

    Somebody who sends a hundred requests at once, by a hundred connections, so delays others by a few of them.
    """

    def __init__(self) -> None:
        self._taken: dict[object, int] = {}
        self._waiting: dict[object, deque[Callable[[], None]]] = {}
        self._next: asyncio.Handle | None = None

    def take(self, whose: object) -> bool:
        """Whether one more piece may be parsed now. If not, the caller waits."""
        taken = self._taken.get(whose, 0)
        if taken >= EACH_TURN or whose in self._waiting:
            return False
        self._taken[whose] = taken + 1
        self._schedule()
        return True

    def wait(self, whose: object, parse: Callable[[], None]) -> None:
        """Call `parse` when it is its turn."""
        self._waiting.setdefault(whose, deque()).append(parse)
        self._schedule()

    def _schedule(self) -> None:
        if self._next is None:
            self._next = asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        self._next = None
        self._taken.clear()
        for whose, queue in list(self._waiting.items()):
            taken = self._taken[whose] = min(EACH_TURN, len(queue))
            for _ in range(taken):
                queue.popleft()()
            if not queue:
                del self._waiting[whose]
        if self._taken:
            self._schedule()
