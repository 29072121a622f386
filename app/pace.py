"""Much work in slices, between which the event loop goes on."""

import asyncio
import time
from collections import deque
from weakref import WeakKeyDictionary

SLICE = 0.003  # s


class Pace:
    """One piece of work. Call `rest` often: before the work begins, and after each small part of it."""

    def __init__(self) -> None:
        self._end = 0.0

    async def rest(self) -> None:
        """Lets the event loop go on if this work has taken it for SLICE, or begins."""
        if time.monotonic() > self._end:
            await _lines.setdefault(loop := asyncio.get_running_loop(), Line(loop)).turn()
            self._end = time.monotonic() + SLICE


class Line:
    """All work of one event loop. One piece goes on in each turn of the loop, so requests wait for one slice only."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: deque[asyncio.Future[None]] = deque()

    def turn(self) -> asyncio.Future[None]:
        turn = self._loop.create_future()
        self._waiting.append(turn)
        if len(self._waiting) == 1:
            self._loop.call_soon(self._next)
        return turn

    def _next(self) -> None:
        if not (turn := self._waiting[0]).done():  # else it was cancelled
            turn.set_result(None)
        self._waiting.popleft()
        if self._waiting:
            self._loop.call_soon(self._next)


_lines: WeakKeyDictionary[asyncio.AbstractEventLoop, Line] = WeakKeyDictionary()
