"""How long a stream may outlive the token that opened it.

A token of Clerk's lives for a minute, a stream for hours. So a stream is on a lease: a minute past its token's end,
moved by every later request that the same session makes with a fresh token, and never longer than a quarter of an hour.
Guests have no leases; their streams only end when they sign out.
"""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.auth.issuer import GUEST_ISSUER
from app.auth.viewer import Viewer

GRACE = 60.0  # s past the token's end
LONGEST = 900.0  # s, ± 20 %, so that streams do not all reconnect together


@dataclass(eq=False)
class Lease:
    viewer: Viewer
    close: Callable[[], None]
    until: float  # by the monotonic clock
    longest: float


class Leases:
    def __init__(self) -> None:
        self.of: defaultdict[str, set[Lease]] = defaultdict(set)

    def open(self, viewer: Viewer | None, close: Callable[[], None]) -> Lease | None:
        """`close` is called once, when the lease is over or the session ends. None for a stranger, who has none."""
        if viewer is None:
            return None
        longest = self.clock() + LONGEST * random.uniform(0.8, 1.2) if leased(viewer) else float("inf")
        lease = Lease(viewer, close, self.end_of(viewer), longest)
        self.of[viewer.lease].add(lease)
        return lease

    def extend(self, viewer: Viewer) -> None:
        """Extends the session's leases: it has shown a fresh token."""
        if viewer.lease not in self.of:
            return
        until = self.end_of(viewer)
        for lease in self.of[viewer.lease]:
            lease.until = max(lease.until, until)

    def release(self, lease: Lease | None) -> None:
        """Harmless to repeat."""
        if lease is None:
            return
        key = lease.viewer.lease
        self.of[key].discard(lease)
        if not self.of[key]:
            del self.of[key]

    def end(self, key: str) -> None:
        """Ends all leases of a session or a person."""
        self.close([lease for lease in self.all() if key in lease.viewer.ends])

    def tick(self) -> None:
        """Called once a second."""
        now = self.clock()
        self.close([lease for lease in self.all() if now > min(lease.until, lease.longest)])

    def close(self, leases: Iterable[Lease]) -> None:
        for lease in leases:
            self.release(lease)
            lease.close()

    def all(self) -> list[Lease]:
        return [lease for leases in self.of.values() for lease in leases]

    def end_of(self, viewer: Viewer) -> float:
        # Monotonic from here on: a jump of the wall clock must end no stream.
        return self.clock() + viewer.expires_at - time.time() + GRACE

    def clock(self) -> float:
        return time.monotonic()


def leased(viewer: Viewer) -> bool:
    return viewer.issuer != GUEST_ISSUER
