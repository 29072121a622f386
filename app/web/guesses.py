"""Counts wrong invitations, keys and hooks per address, each once: a whole class may open an expired one."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from app.errors import EaselError, NotFound, TooManyRequests

MINUTE = 60.0  # s


class Guesses:
    """At most `most` different wrong ones a minute; 0 is no limit. One without an answer yet counts as wrong."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.tried: dict[str, dict[bytes, float]] = {}  # by address and token: until when it counts
        self.swept_at = time.monotonic()

    @contextmanager
    def of(self, address: str, token: str) -> Iterator[None]:
        """Around what raises NotFound for a wrong token. Raises TooManyRequests, and then says nothing of the token."""
        if self.most == 0:
            yield
            return
        key = sha256(token.encode()).digest()
        self.count(address, key)
        try:
            yield
        except NotFound:
            raise
        except EaselError:
            self.forget(address, key)
            raise
        self.forget(address, key)

    def count(self, address: str, key: bytes) -> None:
        now = time.monotonic()
        if now - self.swept_at > MINUTE:
            self.tried = {at: left for at, tokens in self.tried.items() if (left := counting(tokens, now))}
            self.swept_at = now
        tried = self.tried[address] = counting(self.tried.get(address, {}), now)
        if key not in tried and len(tried) >= self.most:
            raise TooManyRequests(
                f"No more than {self.most} wrong invitations, keys and hooks a minute: wait a moment.",
                limit=self.most,
                retry_after=min(tried.values()) - now,
            )
        tried[key] = now + MINUTE

    def forget(self, address: str, key: bytes) -> None:
        self.tried.get(address, {}).pop(key, None)


def counting(tokens: dict[bytes, float], now: float) -> dict[bytes, float]:
    return {key: ends for key, ends in tokens.items() if ends > now}
