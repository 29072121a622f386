"""Tokens that Clerk signs, and others, with what three verifiers make of each."""

import base64
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.identity.keys import MACHINE_CATEGORY, SESSION_CATEGORY, TEMPLATE_CATEGORY, SigningKeys, clerk_claims

KEYS, OTHERS = SigningKeys(), SigningKeys()
ISSUER, ORIGIN, AUDIENCE = "https://example.accounts.dev", "https://easel.example", "convex"
PUBLISHABLE_KEY = "pk_test_ZXhhbXBsZS5hY2NvdW50cy5kZXYk"
HEADER = {"alg": "RS256", "typ": "JWT", "kid": KEYS.kid, "cat": SESSION_CATEGORY}


def pem() -> str:
    """The public key, as Clerk's dashboard shows it."""
    private: RSAPrivateKey = KEYS.private
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def claims(**changes: Any) -> dict[str, Any]:
    """A claim that is None is left out."""
    made = clerk_claims(ISSUER, ORIGIN, "user_ana", "sess_1", 60) | changes
    return {name: value for name, value in made.items() if value is not None}


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def signed(payload: bytes, header: dict[str, Any] = HEADER, keys: SigningKeys = KEYS) -> str:
    """Any bytes, with a good signature."""
    kept = {name: value for name, value in header.items() if value is not None}
    body = f"{encoded(json.dumps(kept).encode())}.{encoded(payload)}"
    return f"{body}.{encoded(jwt.get_algorithm_by_name(str(header['alg'])).sign(body.encode(), keys.private))}"


def token(**changes: Any) -> str:
    return signed(json.dumps(claims(**changes)).encode())


def headed(**changes: Any) -> str:
    return signed(json.dumps(claims()).encode(), HEADER | changes)


def soon(seconds: float) -> int:
    return int(time.time() + seconds)


def unsigned(algorithm: str, signature: Callable[[bytes], bytes]) -> str:
    body = f"{encoded(json.dumps(HEADER | {'alg': algorithm}).encode())}.{encoded(json.dumps(claims()).encode())}"
    return f"{body}.{encoded(signature(body.encode()))}"


def swapped() -> str:
    """Somebody else's claims under our signature."""
    head, _, signature = token().split(".")
    return f"{head}.{encoded(json.dumps(claims(sub='user_eve')).encode())}.{signature}"


OLD_ORGANIZATION = {"v": None, "o": None, "org_id": "org_1", "org_role": "org:member", "org_slug": "easel"}
DAYS = 86_400  # s


@dataclass(frozen=True)
class Vector:
    """`verdicts` are ours, that of `clerk-backend-api` and that of `@clerk/backend`; `why` they differ."""

    name: str
    made: Callable[[], str]
    verdicts: str
    why: str = ""


PYTHON_REQUIRES_NOTHING = "clerk-backend-api requires no claim"
ALWAYS_WRITTEN = "Clerk always writes it, and its libraries do not require it"
KEY_ALONE = "Clerk's libraries go by the key alone"
AUDIENCE_IF_ANY = "@clerk/backend looks at an audience only if there is one; Convex requires ours"
SESSIONS_ONLY = "only a user's session is a person here; templates and machines have tokens by the same key"
NO_TASKS = "clerk-backend-api does not know of tasks"
NO_CRIT = "@clerk/backend does not read `crit`"
TOO_LONG = "browsers cap a cookie at 4 KiB; we read 8"
OURS = "`AUTH_MAX_TOKEN_LIFE` is ours"
ONE_KEY = "Clerk's libraries were given the key itself here, and look at no id"
VECTORS = [
    Vector("a session token, version 2", token, "in in in"),
    Vector("a session token, version 1", lambda: token(**OLD_ORGANIZATION), "in in in"),
    Vector("a version to come", lambda: token(v=3), "in in in"),
    Vector("somebody who acts for somebody", lambda: token(act={"sub": "user_support"}), "in in in"),
    Vector("expired 3 s ago", lambda: token(exp=soon(-3)), "in in in"),
    Vector("expired 7 s ago", lambda: token(exp=soon(-7)), "expired out out"),
    Vector("no `exp`", lambda: token(exp=None), "out in out", PYTHON_REQUIRES_NOTHING),
    Vector("`exp` is no number", lambda: token(exp="soon"), "out out out"),
    Vector("`exp` has a fraction", lambda: token(exp=time.time() + 60.5), "in in in"),
    Vector(
        "`exp` is infinite",
        lambda: signed(json.dumps(claims(exp=0)).replace('"exp": 0', '"exp": 1e999').encode()),
        "out out in",
        "@clerk/backend takes it for a date, which is never over",
    ),
    Vector(
        "signed 2 days ago, for a week",
        lambda: token(iat=soon(-2 * DAYS), exp=soon(5 * DAYS)),
        "expired in in",
        OURS,
    ),
    Vector("active in 3 s", lambda: token(nbf=soon(3)), "in in in"),
    Vector("active in 7 s", lambda: token(nbf=soon(7)), "out out out"),
    Vector("no `nbf`", lambda: token(nbf=None), "out in in", ALWAYS_WRITTEN),
    Vector("signed in 3 s", lambda: token(iat=soon(3)), "in in in"),
    Vector("signed in 7 s", lambda: token(iat=soon(7)), "out out out"),
    Vector("no `iat`", lambda: token(iat=None), "out in in", ALWAYS_WRITTEN),
    Vector("another issuer", lambda: token(iss="https://other.accounts.dev"), "out in in", KEY_ALONE),
    Vector("no issuer", lambda: token(iss=None), "out in in", KEY_ALONE),
    Vector("another audience", lambda: token(aud="other"), "out out out"),
    Vector("no audience", lambda: token(aud=None), "out out in", AUDIENCE_IF_ANY),
    Vector("an empty list of audiences", lambda: token(aud=[]), "out out in", AUDIENCE_IF_ANY),
    Vector("two audiences, one of them ours", lambda: token(aud=["other", AUDIENCE]), "in in in"),
    Vector("for another origin", lambda: token(azp="https://evil.example"), "out out out"),
    Vector("for no origin", lambda: token(azp=None), "out out out"),
    Vector("no subject", lambda: token(sub=None), "out in out", PYTHON_REQUIRES_NOTHING),
    Vector("a subject that is no user's", lambda: token(sub="mch_1"), "out in out", SESSIONS_ONLY),
    Vector("a subject that is a number", lambda: token(sub=7), "out out out"),
    Vector("no session", lambda: token(sid=None), "out in in", SESSIONS_ONLY),
    Vector(
        "a session with a task left",
        lambda: token(sts="pending"),
        "pending in out",
        NO_TASKS,
    ),
    Vector("from a template", lambda: headed(cat=TEMPLATE_CATEGORY), "out in out", SESSIONS_ONLY),
    Vector("a machine's", lambda: headed(cat=MACHINE_CATEGORY), "out in out", SESSIONS_ONLY),
    Vector("no category", lambda: headed(cat=None), "in in in"),
    Vector("an unknown key", lambda: headed(kid="ins_2"), "out in in", ONE_KEY),
    Vector("no key named", lambda: headed(kid=None), "out in in", ONE_KEY),
    Vector("another type", lambda: headed(typ="at+jwt"), "out in out", "clerk-backend-api does not read the type"),
    Vector("no type", lambda: headed(typ=None), "in in in"),
    Vector(
        "an unknown critical header",
        lambda: headed(crit=["b64"], b64=False),
        "out out in",
        NO_CRIT,
    ),
    Vector("RS512", lambda: headed(alg="RS512"), "out out out"),
    Vector("no algorithm", lambda: unsigned("none", lambda _: b""), "out out out"),
    Vector(
        "HS256 by the public key",
        lambda: unsigned("HS256", lambda body: hmac.digest(pem().encode(), body, "sha256")),
        "out out out",
    ),
    Vector("signed by somebody else", lambda: signed(json.dumps(claims()).encode(), keys=OTHERS), "out out out"),
    Vector("other claims under the signature", swapped, "out out out"),
    Vector("half a signature", lambda: token()[:-100], "out out out"),
    Vector("a padded signature", lambda: f"{token()}==", "out in in", "RFC 7515 has no padding"),
    Vector(
        "a name of 20,000 letters",
        lambda: token(name="a" * 20_000),
        "out in in",
        TOO_LONG,
    ),
    Vector("claims that are a list", lambda: signed(b"[]"), "out out out"),
    Vector("claims that are no JSON", lambda: signed(b"{"), "out out out"),
    Vector("lists in lists, 1,000 deep", lambda: signed(b"[" * 1000 + b"]" * 1000), "out out out"),
    Vector("no token", lambda: "a.b", "out out out"),
]
