"""Key sets: the public keys of an issuer."""

import asyncio
import json
import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

import aiohttp
from jwt import PyJWK, PyJWKSet
from jwt.exceptions import PyJWTError

FRESH = 300.0  # s that fetched keys are used without asking again
LATE = 600.0  # s after which a caller waits for newer ones, if their address has answered so far
STALE = 24 * 3600.0  # s that they are used while their address cannot be reached
COOLDOWN = 30.0  # s between two fetches for the same reason, so that made-up key ids cannot hammer the issuer
FIRST_RETRY = 1.0  # s, while there is no key at all yet
TIMEOUT = 5.0  # s
SKEW = 3.0  # s of difference between clocks that cause a log line; see also app/routes/health.py
MAX_BYTES = 64 * 1024

log = logging.getLogger("easel.auth")
Keys = Mapping[str, PyJWK]


class KeySet(Protocol):
    skew: float  # s between our clock and the issuer's

    async def find(self, kid: str) -> PyJWK | None:
        """The key of that id."""

    async def renewed(self, kid: str) -> PyJWK | None:
        """The key with that id, after another fetch from its issuer."""

    async def ready(self) -> bool:
        """Whether there are keys."""


class FixedKeys:
    """Fixed keys: those of our own issuer."""

    skew = 0.0

    def __init__(self, jwks: dict[str, Any]) -> None:
        self.keys = parse(jwks)

    async def find(self, kid: str) -> PyJWK | None:
        return self.keys.get(kid)

    renewed = find

    async def ready(self) -> bool:
        return True


class FetchedKeys:
    """A JWKS address. One fetch at a time, in the background if there are keys; old keys stay while it is down.

    The embedded deployment follows the same rules (embedded/auth/key_set.ts).

    With `discover`, `url` is an OpenID configuration, which names the address.
    """

    def __init__(self, url: str, *, discover: bool = False) -> None:
        self.url = url
        self.discover = discover
        self.skew = 0.0
        self.keys: Keys = {}
        self.fetched_at = self.tried_at = self.forced_at = float("-inf")
        self.failed = False
        self.fetching: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> PyJWK | None:
        if not await self.ready():
            return None
        return self.keys.get(kid) or await self.renewed(kid)

    async def renewed(self, kid: str) -> PyJWK | None:
        now = self.clock()
        if now - self.forced_at > COOLDOWN:
            self.forced_at = now
            self.fetch()
        if self.fetching:
            await asyncio.shield(self.fetching)
        return self.keys.get(kid)

    async def ready(self) -> bool:
        age, waited = self.clock() - self.fetched_at, self.clock() - self.tried_at
        usable = age <= STALE
        if age > FRESH and waited > (COOLDOWN if usable else FIRST_RETRY):
            self.fetch()
        if self.fetching and (not usable or (age > LATE and not self.failed)):
            await asyncio.shield(self.fetching)
        return self.clock() - self.fetched_at <= STALE

    def fetch(self) -> asyncio.Task[None]:
        if self.fetching is None or self.fetching.done():
            self.tried_at = self.clock()
            self.fetching = asyncio.create_task(self.replace())
        return self.fetching

    async def replace(self) -> None:
        try:
            found, date = await download(self.url)
            if self.discover:
                found, date = await download(safe(found.get("jwks_uri"), self.url))
            self.keys = parse(found)
            self.note_skew(date)
            self.fetched_at, self.failed = self.clock(), False
        except (aiohttp.ClientError, TimeoutError, ValueError, PyJWTError, RecursionError) as error:
            self.failed = True
            log.warning("the keys at %s cannot be had: %s", self.url, type(error).__name__)

    def note_skew(self, date: str | None) -> None:
        """Logs a wrong clock: with one, every new sign-in fails without a visible reason."""
        with suppress(TypeError, ValueError):
            self.skew = abs(parsedate_to_datetime(date or "").timestamp() - time.time())
            if self.skew > SKEW:
                log.warning("this machine's clock is %.0f s off from the one at %s: correct it", self.skew, self.url)

    def clock(self) -> float:
        return time.monotonic()


def safe(url: object, origin: str) -> str:
    """An address from an issuer's own configuration: https, unless the issuer itself is on plain loopback."""
    if not isinstance(url, str) or not (url.startswith("https://") or origin.startswith("http://")):
        raise ValueError("not an https address")
    return url


def parse(jwks: dict[str, Any]) -> Keys:
    """The usable signing keys by id. Raises ValueError or PyJWTError if there are none."""
    keys = {key.key_id: key for key in PyJWKSet.from_dict(jwks).keys if key.key_id and key.key_type in ("RSA", "EC")}
    if not keys:
        raise ValueError("no usable key")
    return keys


async def download(url: str) -> tuple[dict[str, Any], str | None]:
    """A JSON object from `url`, and the date there. Raises ValueError for anything else, however large."""
    timeout = aiohttp.ClientTimeout(total=TIMEOUT)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(url, allow_redirects=False) as response,
    ):
        body = b""
        while chunk := await response.content.read(MAX_BYTES):
            body += chunk
            if len(body) > MAX_BYTES:
                raise ValueError("larger than any key set")
    found = json.loads(body) if response.status == 200 else None
    if not isinstance(found, dict):
        raise ValueError("not a key set")
    return found, response.headers.get("Date")
