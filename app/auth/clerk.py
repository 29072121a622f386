"""Clerk's peculiarities: the publishable key, the cookies of ClerkJS, the claims of a session token."""

import base64
import binascii
import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from jwt.exceptions import PyJWTError

from app.auth.verifier import InvalidToken, Pending
from app.settings import Settings, SettingsError

# ClerkJS and its components, from the instance's own host. Exact versions, because our pages run this code.
CLERK_JS, CLERK_UI = "6.40.0", "1.36.0"

# The header's `cat`: Clerk's internal names of what it signs with one key. `sid` is the documented check; both count.
CATEGORIES = frozenset({"cl_B7d4PD111AAA", "cl_I7d4PD111III"})  # session, ignore; not …222… and …333…
SUBJECT = re.compile(r"user_[A-Za-z0-9_-]{1,59}", re.ASCII)
SESSION = re.compile(r"sess_[A-Za-z0-9_-]{1,59}", re.ASCII)
MAX_COOKIE = 8 * 1024


def frontend(settings: Settings) -> str:
    """The origin of the instance: its issuer, and where its script comes from. Raises SettingsError."""
    if settings.auth_issuer:
        return settings.auth_issuer
    key = (settings.clerk_publishable_key or "").split("_")
    try:
        host = base64.b64decode(key[-1].rstrip("=") + "==", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        host = ""
    known = len(key) == 3 and key[:2] in (["pk", "test"], ["pk", "live"])
    if not known or not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?\$", host):
        raise SettingsError("CLERK_PUBLISHABLE_KEY is not one: copy it again from Clerk's dashboard.")
    return f"https://{host[:-1]}"


def check(header: Mapping[str, Any], claims: Mapping[str, Any]) -> None:
    """Raises InvalidToken if it is no session token, Pending for a session with an open task."""
    if header.get("cat") is not None and header["cat"] not in CATEGORIES:
        raise InvalidToken("cat")
    if not SUBJECT.fullmatch(str(claims["sub"])) or not SESSION.fullmatch(str(claims.get("sid"))):
        raise InvalidToken("shape")
    if claims.get("sts") == "pending":
        raise Pending("pending")


def suffix(publishable_key: str) -> str:
    """The suffix that distinguishes the cookies of two Clerk apps on one host."""
    return base64.urlsafe_b64encode(hashlib.sha1(publishable_key.encode()).digest()).decode()[:8]


@dataclass(frozen=True)
class Cookies:
    """A session's cookies. `active`: the client has signed in, even if its token is missing."""

    token: str
    active: bool


def cookies(given: Mapping[str, str], publishable_key: str, issuer: str) -> Cookies:
    """The instance's token among the cookies, chosen as Clerk's own libraries do."""
    end = f"_{suffix(publishable_key)}"
    plain = given.get("__session", ""), given.get("__client_uat", "")
    own = given.get(f"__session{end}", ""), given.get(f"__client_uat{end}", "")
    development = publishable_key.startswith("pk_test_")
    token, uat = own if suffixed(plain, own, issuer, development) else plain
    if uat == "0":
        return Cookies("", active=False)  # signed out, even if a token is left
    return Cookies(token, active=bool(token) or uat.isdecimal())


def suffixed(plain: tuple[str, str], own: tuple[str, str], issuer: str, development: bool) -> bool:
    """Whether to trust the cookies with the instance's suffix rather than those without."""
    claims, own_claims = peek(plain[0]), peek(own[0])
    if plain[0] and "iss" not in claims:
        return False
    if plain[0] and claims["iss"] != issuer:
        return True
    if not any(own):
        return False
    if plain[1] != "0" and own[1] != "0" and issued(claims) > issued(own_claims):
        return False
    if own[1] == "0" and plain[1] != "0":
        return False
    if development and own[1] != "0" and plain[1] == "0" and over(own_claims):
        return False
    return bool(own[1]) or not plain[0]


def peek(token: str) -> dict[str, Any]:
    """The claims of an unverified token: use them only to choose which token to verify."""
    if not 0 < len(token) <= MAX_COOKIE:
        return {}
    try:
        return dict(jwt.decode(token, options={"verify_signature": False, "verify_exp": False}))
    except (PyJWTError, ValueError, TypeError, RecursionError):
        return {}


def issued(claims: Mapping[str, Any]) -> float:
    iat = claims.get("iat")
    return iat if isinstance(iat, int | float) else 0


def over(claims: Mapping[str, Any]) -> bool:
    exp = claims.get("exp")
    return not isinstance(exp, int | float) or exp <= time.time()
