"""Limits how often a person or address may do something, in fixed windows of the `limits` library, in this process."""

import time
from collections.abc import Callable

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.strategies import FixedWindowRateLimiter
from starlette.requests import Request

from app.auth import Viewer
from app.errors import TooManyRequests, TooMuch
from app.settings import Settings
from app.web.cost import WHOLE
from app.web.proxies import counted
from app.web.windows import Windows

WEBHOOKS = 100  # per address per minute; Clerk comes again later
ASKS = 10  # of one person, to be let in to a board; the same as in convex/model/limits.ts
ARCHIVES = 6  # of all boards of a person, an hour
ADDRESS = 8  # times what one person may: guests are free, and a school may be behind an address


class Rates:
    """The rates of the settings; 0 means none. Every method raises TooManyRequests, with when to come back."""

    def __init__(self, settings: Settings) -> None:
        self.windows = FixedWindowRateLimiter(Windows())
        self.changes_per_second = item(RateLimitItemPerSecond, settings.rate_changes)
        # Two seconds allow what three would: a page that keeps to the rate is never refused for an uneven second.
        self.presence = RateLimitItemPerSecond(3 * settings.rate_presence, 2) if settings.rate_presence else None
        self.reads_per_minute = item(RateLimitItemPerMinute, WHOLE * settings.rate_reads)
        self.boards_per_hour = item(RateLimitItemPerHour, settings.rate_boards)
        self.webhooks_per_minute = item(RateLimitItemPerMinute, WEBHOOKS)
        self.anonymous_per_minute = item(RateLimitItemPerMinute, WHOLE * settings.rate_anonymous)
        self.sign_ins_per_minute = item(RateLimitItemPerMinute, settings.rate_sign_ins)
        self.asks_per_hour = item(RateLimitItemPerHour, ASKS)
        self.archives_per_hour = item(RateLimitItemPerHour, ARCHIVES)
        self.edits_per_minute = item(RateLimitItemPerMinute, settings.rate_edits)
        self.invites_per_hour = item(RateLimitItemPerHour, settings.rate_invites)
        self.uploads_per_10_minutes = item(per_10_minutes, settings.rate_uploads)
        self.exports_per_10_minutes = item(per_10_minutes, settings.rate_exports)
        self.imports_per_10_minutes = item(per_10_minutes, settings.rate_imports)
        self.pictures_per_minute = item(RateLimitItemPerMinute, settings.rate_pictures)

    def changes(self, viewer: Viewer, _address: str) -> None:
        self.hit(self.changes_per_second, "changes", viewer.identifier, "changes a second")

    def presence_of(self, viewer: Viewer, _address: str) -> None:
        self.hit(self.presence, "presence", viewer.identifier, "reports of presence in two seconds")

    def boards(self, viewer: Viewer, address: str) -> None:
        self.hit(self.boards_per_hour, "boards", viewer.identifier, "new boards an hour")
        self.hit(times(ADDRESS, self.boards_per_hour), "boards", address, "new boards an hour from one address")

    def webhooks(self, address: str) -> None:
        self.hit(self.webhooks_per_minute, "webhooks", address, "webhooks a minute")

    def anonymous(self, address: str, cost: int = WHOLE) -> None:
        """`cost` in tenths of an ordinary request."""
        rate = self.anonymous_per_minute
        self.hit(rate, "anonymous", address, "requests a minute without a session", cost, WHOLE)

    def reads(self, viewer: Viewer, address: str, cost: int) -> None:
        """The same, by somebody with a session."""
        rate, what = self.reads_per_minute, "requests to read a minute"
        self.hit(rate, "reads", viewer.identifier, what, cost, WHOLE)
        self.hit(times(ADDRESS, rate), "reads", address, f"{what} from one address", cost, WHOLE)

    def sign_ins(self, address: str) -> None:
        self.hit(self.sign_ins_per_minute, "sign-ins", address, "steps of signing in a minute")

    def invites(self, viewer: Viewer, address: str) -> None:
        self.hit(self.invites_per_hour, "invites", viewer.identifier, "new invitations an hour")
        self.hit(times(ADDRESS, self.invites_per_hour), "invites", address, "new invitations an hour from one address")

    def asks(self, viewer: Viewer | None, address: str) -> None:
        what = "requests to be let in an hour"
        if viewer:
            self.hit(self.asks_per_hour, "asks", viewer.identifier, what)
        self.hit(times(ADDRESS, self.asks_per_hour), "asks", address, f"{what} from one address")

    def keys(self, viewer: Viewer) -> None:
        self.hit(self.invites_per_hour, "keys", viewer.identifier, "new keys an hour")

    def edits(self, viewer: Viewer, address: str) -> None:
        what = "changes of boards, people and invitations a minute"
        self.hit(self.edits_per_minute, "edits", viewer.identifier, what)
        self.hit(times(ADDRESS, self.edits_per_minute), "edits", address, f"{what} from one address")

    def uploads(self, viewer: Viewer, address: str, count: int = 1) -> None:
        """So many pictures. Raises TooMuch for more than may ever come at once."""
        what, rate = "pictures in ten minutes", self.uploads_per_10_minutes
        if rate and count > rate.amount:
            raise TooMuch(f"These are {count:,} pictures: a person may add {rate.amount:,} in ten minutes.")
        self.hit(rate, "uploads", viewer.identifier, what, count)
        self.hit(times(ADDRESS, rate), "uploads", address, f"{what} from one address", count)

    def exports(self, viewer: Viewer | None, address: str) -> None:
        what = "exports in ten minutes"
        if viewer:
            self.hit(self.exports_per_10_minutes, "exports", viewer.identifier, what)
        self.hit(times(ADDRESS, self.exports_per_10_minutes), "exports", address, f"{what} from one address")

    def archives(self, viewer: Viewer, address: str) -> None:
        what = "downloads of all boards an hour"
        self.hit(self.archives_per_hour, "archives", viewer.identifier, what)
        self.hit(times(ADDRESS, self.archives_per_hour), "archives", address, f"{what} from one address")

    def imports(self, viewer: Viewer, address: str) -> None:
        what = "imports in ten minutes"
        self.hit(self.imports_per_10_minutes, "imports", viewer.identifier, what)
        self.hit(times(ADDRESS, self.imports_per_10_minutes), "imports", address, f"{what} from one address")

    def pictures(self, viewer: Viewer | None, address: str) -> None:
        """Of boards, drawn as PNG."""
        what = "pictures of boards a minute"
        if viewer:
            self.hit(self.pictures_per_minute, "pictures", viewer.identifier, what)
        self.hit(times(ADDRESS, self.pictures_per_minute), "pictures", address, f"{what} from one address")

    def hit(self, rate: RateLimitItem | None, kind: str, who: str, what: str, cost: int = 1, whole: int = 1) -> None:
        """`whole`: the cost of what people are told the number of."""
        if rate is None or self.windows.hit(rate, kind, who, cost=cost):
            return
        wait = self.windows.get_window_stats(rate, kind, who).reset_time - time.time()
        most = rate.amount // whole
        raise TooManyRequests(f"No more than {most} {what}: wait a moment.", limit=most, retry_after=max(wait, 0.0))


def item(per: Callable[[int], RateLimitItem], amount: int) -> RateLimitItem | None:
    return per(amount) if amount else None


def per_10_minutes(amount: int) -> RateLimitItem:
    return RateLimitItemPerMinute(amount, 10)


def times(number: int, rate: RateLimitItem | None) -> RateLimitItem | None:
    return rate and type(rate)(number * rate.amount, rate.multiples)


def address(request: Request) -> str:
    """The address of a request, for counting."""
    return counted(request.client.host if request.client else "unknown")
