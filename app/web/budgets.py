"""How much may be kept in a day, and shown in a moment: by a person, through an address, on a board, and in all.

Guests are free, so a limit of a person binds nobody who makes a new one: an address has eight times that, for a school
may be behind it, and a board four times. Counted in this process, like all rates.
"""

import time

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerSecond
from limits.strategies import FixedWindowRateLimiter

from app.auth import Viewer
from app.errors import TooManyRequests
from app.settings import Settings
from app.web.windows import Windows

BOARD, ADDRESS, ALL = 4, 8, 32  # times what one person may
MOMENT = 2  # s
LOOKING = 8  # who may only look shows an eighth
READERS = 256  # times what one person may show is what all readers of a board together receive
HOUR = 3600.0  # s


class Budgets:
    """0 is no limit. Every method raises TooManyRequests, with when to come back."""

    def __init__(self, settings: Settings) -> None:
        self.windows = FixedWindowRateLimiter(Windows(sweep=HOUR))
        self.kept = {"changes": settings.day_changes, "bytes of changes": settings.day_bytes}
        self.shown = MOMENT * settings.rate_presence_bytes

    def change(self, viewer: Viewer, address: str, board: str, size: int) -> None:
        """One change of so many bytes."""
        person = ("person", viewer.identifier, 1)
        for whose, who, times in (person, ("board", board, BOARD), ("address", address, ADDRESS), ("all", "", ALL)):
            for what, cost in (("changes", 1), ("bytes of changes", size)):
                if most := times * self.kept[what]:
                    self.spend(RateLimitItemPerDay(most), f"{what} {whose}", who, cost, f"{what} a day ({whose})")

    def presence(self, viewer: Viewer, address: str, board: str, size: int, edits: bool, readers: int) -> None:
        """A report of so many bytes, that so many readers receive."""
        if not self.shown:
            return
        most = self.shown if edits else self.shown // LOOKING
        moment = f"bytes of presence in {MOMENT} seconds"
        self.spend(RateLimitItemPerSecond(most, MOMENT), "presence person", viewer.identifier, size, moment)
        of_address = RateLimitItemPerSecond(ADDRESS * most, MOMENT)
        self.spend(of_address, "presence address", address, size, f"{moment} from one address")
        all_readers = RateLimitItemPerSecond(READERS * self.shown, MOMENT)
        self.spend(all_readers, "presence board", board, size * readers, f"{moment} to all readers of a board")

    def spend(self, rate: RateLimitItem, kind: str, who: str, cost: int, what: str) -> None:
        if not cost or self.windows.hit(rate, kind, who, cost=cost):
            return
        wait = self.windows.get_window_stats(rate, kind, who).reset_time - time.time()
        raise TooManyRequests(
            f"No more than {rate.amount} {what}: wait a while.", limit=rate.amount, retry_after=max(wait, 0.0)
        )
