"""All connections of this process: the limit per address, and the limits of time for waiting connections."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from math import inf
from typing import Protocol

from app.web.proxies import Network, counted, parsed, within
from app.wire.rota import Rota

TICK = 1.0  # s
EARLY = 0.01  # s that a timer may be
LOOK = 1_000  # waiting connections that are looked at for one to end


class Waiting(Protocol):
    """The crowd's view of a connection."""

    @property
    def idle(self) -> bool:
        """Whether nothing of it is being answered, nor a body on its way."""

    def look(self, now: float) -> None:
        """Once a second while the client is waited for: end what takes too long. `now` is the event loop's time."""

    def abort(self) -> None:
        """End it now. The crowd hears of it by `leave`, sooner or later."""


class Crowd:
    """`per_address` and `most` are numbers of connections; 0 is no limit. `proxies` are trusted, and not counted.

    Where there is no room for another, the one that has been idle for longest goes. So sockets that somebody holds
    open without a word keep nobody out, from the same address neither.
    """

    def __init__(self, per_address: int, most: int, proxies: list[Network]) -> None:
        self._proxies = proxies
        self._per_address = per_address
        self._most = most
        self._all: dict[Waiting, str] = {}
        self._of: defaultdict[str, dict[Waiting, None]] = defaultdict(dict)
        self._waiting: dict[Waiting, None] = {}
        self._timer: asyncio.TimerHandle | None = None
        self.rota = Rota()

    def __len__(self) -> int:
        return len(self._all)

    def admit(self, connection: Waiting, host: str) -> bool:
        """Whether there is room for it; it counts until it leaves, in either case."""
        address = counted(host)
        same = self._of[address]
        room = not 0 < self._per_address <= len(same) or self._end_idle(same)
        if room and 0 < self._most <= len(self._all):
            self._end_idle(islice(self._waiting, LOOK))  # else uvicorn answers 503
        self._all[connection] = address
        self._of[address][connection] = None
        return room

    def forwards(self, connection: Waiting, host: str) -> None:
        """It says for whom it asks: a proxy's connections are not counted."""
        if self._all.get(connection) and within(parsed(host), self._proxies):
            self._drop(connection)
            self._all[connection] = ""

    def whose(self, connection: Waiting) -> object:
        """With whom it takes turns: its address, or nobody if it is a proxy's."""
        return self._all.get(connection) or connection

    def leave(self, connection: Waiting) -> None:
        """Harmless to repeat."""
        self._drop(connection)
        self._all.pop(connection, None)
        self._waiting.pop(connection, None)

    def wait(self, connection: Waiting) -> None:
        """From now on the client is waited for."""
        if connection in self._all:
            self._waiting.setdefault(connection)
            if self._timer is None:
                self._tick()

    def go(self, connection: Waiting) -> None:
        """Its request is complete, and it takes the answer: it may take any time."""
        self._waiting.pop(connection, None)

    def _tick(self, due: float = inf) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        if due - EARLY <= now < due + TICK:  # else we were away ourselves, and what was sent meanwhile is not read yet
            for connection in list(self._waiting):
                connection.look(now)
        self._timer = loop.call_at(now + TICK, self._tick, now + TICK) if self._waiting else None

    def _end_idle(self, some: Iterable[Waiting]) -> bool:
        for connection in some:
            if connection.idle:
                self.leave(connection)
                connection.abort()
                return True
        return False

    def _drop(self, connection: Waiting) -> None:
        address = self._all.get(connection, "")
        same = self._of.get(address)
        if same is not None:
            same.pop(connection, None)
            if not same:
                del self._of[address]
