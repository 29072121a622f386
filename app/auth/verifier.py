"""Turns a token into a Viewer. One verifier serves all issuers, each a row of its table."""

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import jwt
from jwt.exceptions import (
    DecodeError,
    ExpiredSignatureError,
    InvalidAlgorithmError,
    InvalidSignatureError,
    PyJWTError,
)

from app.auth.keys import KeySet
from app.auth.viewer import Viewer
from app.text import MAX_NAME, one_line

MAX_TOKEN = 8 * 1024  # characters; browsers cap a cookie at 4 KiB
MAX_KID = 128
MAX_SUBJECT = 255
LEEWAY = 5  # s of difference between clocks; Convex allows the same
REQUIRED = ("exp", "iat", "iss", "nbf", "sub")
REMEMBERED = 4096  # cached verified tokens: to check an ES256 signature takes 0.1-0.2 ms
SHAPE = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", re.ASCII)


class InvalidToken(Exception):
    """Why a token is refused, in one word for the log. The person never sees it, and it never holds the token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Expired(InvalidToken):
    """An expired token that was valid: its session may go on."""


class Pending(InvalidToken):
    """Signed in, but the account has an open task (Clerk's `sts`)."""


def anything(_header: Mapping[str, Any], _claims: Mapping[str, Any]) -> None:
    """No provider-specific checks."""


@dataclass(frozen=True)
class Trust:
    """A trusted issuer, and the rules for its tokens.

    `audience` None means that tokens have none. `azp`, when not empty, lists the parties a token may be made
    out to; `bearer_without_azp` lets a token that names none pass in `Authorization`, never in a cookie.
    `check` raises InvalidToken for what only this issuer's tokens are held to, once the signature is good.
    """

    issuer: str
    keys: KeySet
    algorithms: tuple[str, ...]
    audience: str | None
    azp: frozenset[str] = frozenset()
    required: tuple[str, ...] = REQUIRED
    bearer_without_azp: bool = False
    max_life: int = 86_400  # s since `iat`, whatever `exp` says
    check: Callable[[Mapping[str, Any], Mapping[str, Any]], None] = anything


@dataclass(frozen=True)
class Verified:
    """The token's viewer, valid as long as its issuer publishes `key` under that id."""

    viewer: Viewer
    trust: Trust
    key: jwt.PyJWK


class Verifier:
    def __init__(self, trusted: Iterable[Trust]) -> None:
        self.trusted = {trust.issuer: trust for trust in trusted}
        self.verified: OrderedDict[tuple[bytes, bool], Verified] = OrderedDict()

    async def verify(self, token: str, *, cookie: bool = False) -> Viewer:
        """The token's viewer. Raises InvalidToken, or Expired or Pending if nothing else is wrong."""
        if len(token) > MAX_TOKEN or not SHAPE.fullmatch(token):
            raise InvalidToken("malformed")
        known = sha256(token.encode()).digest(), cookie
        if found := self.verified.get(known):
            if found.viewer.expires_at + LEEWAY <= time.time():
                raise Expired("ExpiredSignatureError")
            if await found.trust.keys.find(str(found.key.key_id)) is found.key:
                self.verified.move_to_end(known)
                return found.viewer
        found = self.verified[known] = await self.checked(token, cookie=cookie)
        self.verified.move_to_end(known)
        if len(self.verified) > REMEMBERED:
            self.verified.popitem(last=False)
        return found.viewer

    async def ready(self) -> bool:
        """Whether there are keys for every issuer."""
        return all([await trust.keys.ready() for trust in self.trusted.values()])

    @property
    def skew(self) -> float:
        """How far this machine's clock is from the issuers', in seconds."""
        return max((trust.keys.skew for trust in self.trusted.values()), default=0.0)

    async def check(self, token: str, *, cookie: bool = False) -> Viewer:
        """The same without the cache."""
        return (await self.checked(token, cookie=cookie)).viewer

    async def checked(self, token: str, *, cookie: bool) -> Verified:
        try:
            header = jwt.get_unverified_header(token)
            trust, kid = self.trust(token), checked_kid(header)
            if header.get("alg") not in trust.algorithms or header.get("typ", "JWT") != "JWT":
                raise InvalidToken("header")
            claims, key = await verified_claims(token, kid, trust)
            check_party(claims, trust, cookie)
            trust.check(header, claims)
            found = viewer(token, claims)
            end = min(found.expires_at, int(claims["iat"]) + trust.max_life)
            if end + LEEWAY <= time.time():
                raise Expired("too old")
            return Verified(replace(found, expires_at=end), trust, key)
        except ExpiredSignatureError as error:
            raise Expired(type(error).__name__) from None
        except (PyJWTError, ValueError, TypeError, RecursionError) as error:
            raise InvalidToken(type(error).__name__) from None

    def trust(self, token: str) -> Trust:
        """The row of a token's issuer. This only looks it up: the claim is verified with the signature."""
        claims = jwt.decode(token, options={"verify_signature": False, "verify_exp": False})
        trust = self.trusted.get(str(claims.get("iss")))
        if trust is None:
            raise InvalidToken("issuer")
        return trust


async def verified_claims(token: str, kid: str, trust: Trust) -> tuple[Mapping[str, Any], jwt.PyJWK]:
    """The token's claims, and the key that signed it."""
    key = await trust.keys.find(kid)
    if key is None:
        raise InvalidToken("key")
    try:
        return decode(token, key, trust), key
    except (InvalidSignatureError, InvalidAlgorithmError):
        # An issuer may change its key and keep the id (Clerk's key id is its instance's id).
        renewed = await trust.keys.renewed(kid)
        if renewed is None or renewed is key:
            raise
        return decode(token, renewed, trust), renewed


def check_party(claims: Mapping[str, Any], trust: Trust, cookie: bool) -> None:
    """Rejects a token that a sibling subdomain planted, or that was issued to another app."""
    azp = claims.get("azp")
    absent = azp is None and trust.bearer_without_azp and not cookie
    if trust.azp and not absent and azp not in trust.azp:
        raise InvalidToken("azp")


def decode(token: str, key: jwt.PyJWK, trust: Trust) -> Mapping[str, Any]:
    return jwt.decode(
        token,
        key,
        algorithms=list(trust.algorithms),
        issuer=trust.issuer,
        audience=trust.audience,
        leeway=LEEWAY,
        options={"require": list(trust.required)},
    )


def checked_kid(header: Mapping[str, Any]) -> str:
    kid = header.get("kid")
    if not isinstance(kid, str) or not 0 < len(kid) <= MAX_KID:
        raise DecodeError("kid")
    return kid


def viewer(token: str, claims: Mapping[str, Any]) -> Viewer:
    subject, name, session = claims["sub"], claims.get("name"), claims.get("sid")
    if not subject or len(subject) > MAX_SUBJECT:
        raise InvalidToken("sub")
    return Viewer(
        issuer=claims["iss"],
        subject=subject,
        name=(one_line(name, MAX_NAME) if isinstance(name, str) else "") or "Guest",
        token=token,
        expires_at=int(claims["exp"]),
        session=session if isinstance(session, str) and 0 < len(session) <= MAX_SUBJECT else None,
        impersonator=str(claims["act"].get("sub")) if isinstance(claims.get("act"), dict) else None,
    )
