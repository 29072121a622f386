"""How often somebody may do something. Counted in this process, in fixed windows, by the `limits` library."""

import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from starlette.requests import Request

from app.auth import Viewer
from app.errors import TooManyRequests
from app.settings import Settings

WEBHOOKS = 100  # per address per minute; Clerk comes again later
SWEEP = 60.0  # s between throwing away the windows that are over


class Windows(Storage):
    """Counters in a dict. The library's own sweep all of them on every hit (*measured*: 1 ms with 10,000 addresses)."""

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        super().__init__()
        self.counts: dict[str, tuple[int, float]] = {}  # key: (hits, when the window ends)
        self.swept_at = time.time()

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = time.time()
        if now - self.swept_at > SWEEP:
            self.counts = {key: window for key, window in self.counts.items() if window[1] > now}
            self.swept_at = now
        count, ends = self.counts.get(key, (0, 0.0))
        if ends <= now:
            count, ends = 0, now + expiry
        self.counts[key] = count + amount, ends
        return count + amount

    def get(self, key: str) -> int:
        count, ends = self.counts.get(key, (0, 0.0))
        return count if ends > time.time() else 0

    def get_expiry(self, key: str) -> float:
        return self.counts.get(key, (0, time.time()))[1]

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        number = len(self.counts)
        self.counts.clear()
        return number

    def clear(self, key: str) -> None:
        self.counts.pop(key, None)


class Rates:
    """The rates of the settings; 0 means none. Every method raises TooManyRequests, with when to come back."""

    def __init__(self, settings: Settings) -> None:
        self.windows = FixedWindowRateLimiter(Windows())
        self.changes_per_second = item(RateLimitItemPerSecond, settings.rate_changes)
        # In two seconds what three allow: a page that keeps to the rate is never told off for an uneven second.
        self.presence = RateLimitItemPerSecond(3 * settings.rate_presence, 2) if settings.rate_presence else None
        self.boards_per_hour = item(RateLimitItemPerHour, settings.rate_boards)
        self.webhooks_per_minute = item(RateLimitItemPerMinute, WEBHOOKS)
        self.anonymous_per_minute = item(RateLimitItemPerMinute, settings.rate_anonymous)
        self.invites_per_hour = item(RateLimitItemPerHour, settings.rate_invites)
        self.guesses_per_minute = item(RateLimitItemPerMinute, settings.rate_guesses)

        self.uploads_per_10_minutes = item(lambda amount: RateLimitItemPerMinute(amount, 10), settings.rate_uploads)

    def changes(self, viewer: Viewer) -> None:
        self.hit(self.changes_per_second, "changes", viewer.identifier, "changes a second")

    def presence_of(self, viewer: Viewer) -> None:
        self.hit(self.presence, "presence", viewer.identifier, "reports of presence in two seconds")

    def boards(self, viewer: Viewer) -> None:
        self.hit(self.boards_per_hour, "boards", viewer.identifier, "new boards an hour")

    def webhooks(self, address: str) -> None:
        self.hit(self.webhooks_per_minute, "webhooks", address, "webhooks a minute")

    def anonymous(self, address: str) -> None:
        self.hit(self.anonymous_per_minute, "anonymous", address, "requests a minute without a session")

    def invites(self, viewer: Viewer) -> None:
        self.hit(self.invites_per_hour, "invites", viewer.identifier, "new invitations an hour")

    def uploads(self, viewer: Viewer) -> None:
        self.hit(self.uploads_per_10_minutes, "uploads", viewer.identifier, "pictures in ten minutes")

    def may_guess(self, address: str) -> None:
        """Whoever guessed too often is not even told whether the next guess is right."""
        rate = self.guesses_per_minute
        if rate and not self.windows.test(rate, "guesses", address):
            self.hit(rate, "guesses", address, "wrong invitations a minute")

    def guessed(self, address: str) -> None:
        """Only wrong guesses count: a whole class may come through one address."""
        if self.guesses_per_minute:
            self.windows.hit(self.guesses_per_minute, "guesses", address)

    def hit(self, rate: RateLimitItem | None, kind: str, who: str, what: str) -> None:
        if rate is None or self.windows.hit(rate, kind, who):
            return
        wait = self.windows.get_window_stats(rate, kind, who).reset_time - time.time()
        raise TooManyRequests(
            f"No more than {rate.amount} {what}: wait a moment.", limit=rate.amount, retry_after=max(wait, 0.0)
        )


def item(per: Callable[[int], RateLimitItem], amount: int) -> RateLimitItem | None:
    return per(amount) if amount else None


def address(request: Request) -> str:
    """Where a request comes from, for counting: one IPv6 customer has a whole /64."""
    host = request.client.host if request.client else "unknown"
    try:
        ip = ip_address(host)
    except ValueError:
        return host
    return str(IPv6Address(int(ip) >> 64 << 64)) if isinstance(ip, IPv6Address) and not ip.ipv4_mapped else str(ip)
