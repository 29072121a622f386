"""Delays refusals more and more for a client that goes on after many refusals.

A refusal by a rate costs the event loop a millisecond, and a program that ignores it comes back at once, by hundreds
of connections. So its further refusals are kept for a while, and so is what it could send meanwhile. Nothing else is
held: a person behind the same address, or another tab, is answered at once.
"""

import asyncio
import time
from collections.abc import Callable

from starlette.types import Scope

from app.web.fair import session_of
from app.web.proxies import counted

AT_ONCE = 20  # refusals of a session without a pause that are sent at once
ADDRESS = 8  # times as many of an address: a school may be behind it
PAUSE = 10.0  # s without a refusal: then the count begins anew
STEP = 0.1  # s that each further refusal is sent later than the one before
LONGEST = 2.0  # s
MOST = 2_000  # refusals held at a time; further ones are sent at once
KNOWN = 10_000  # sessions and addresses that are remembered


class Delays:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.counts: dict[str, tuple[int, float]] = {}  # session or address: (refusals without a pause, the last one)
        self.held = 0

    async def hold(self, scope: Scope) -> None:
        """Call it with an answer 429 in hand, after all work for it is done."""
        seconds = self.seconds(scope)
        if not seconds or self.held >= MOST:
            return
        self.held += 1
        try:
            await asyncio.sleep(seconds)
        finally:
            self.held -= 1

    def seconds(self, scope: Scope) -> float:
        """How late the next refusal is. A made-up session is counted by its address."""
        session, address = session_of(scope), counted((scope.get("client") or ("unknown",))[0])
        late = self.count(f"of {address}") - ADDRESS * AT_ONCE
        if session:
            late = max(late, self.count(session) - AT_ONCE)
        return min(max(0, late) * STEP, LONGEST)

    def count(self, who: str) -> int:
        now = self.clock()
        count, last = self.counts.pop(who, (0, now))
        count = count + 1 if now - last < PAUSE else 1
        self.counts[who] = count, now
        if len(self.counts) > KNOWN:
            del self.counts[next(iter(self.counts))]  # the one that was refused longest ago
        return count
