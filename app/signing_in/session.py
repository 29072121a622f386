"""The cookies of a session. Set and cleared through the request, written by `Headers`.

`session` holds a guest's token, or the id of a sign-in by OIDC (app/signing_in/logins.py). ClerkJS writes its own
cookies. On https ours are `__Host-`: no sibling subdomain can plant or read them. On plain http, which is how two
people on one network meet first, browsers take no `Secure` cookie, so there (never in production) they go without.
"""

import time
from dataclasses import dataclass

from starlette.requests import Request

from app.auth import GUEST_ISSUER, Issuer, Viewer
from app.auth.issuer import GUEST_LIFE
from app.errors import Unauthenticated
from app.parts import parts
from app.settings import Settings

SESSION = "session"
GUEST = "guest"  # the guest before the sign-in by OIDC, whose boards may be claimed
ATTEMPT = "sign-in"  # a sign-in under way
GUEST_KEPT = 3600  # s
ATTEMPT_LIFE = 600  # s


@dataclass(frozen=True)
class Presented:
    """A request's token: from `Authorization` if that header is there, else from the cookie."""

    text: str
    cookie: bool


def bearer(request: Request) -> Presented | None:
    """Raises Unauthenticated for an `Authorization` that is not `Bearer <token>`."""
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, text = header.partition(" ")
    if scheme.lower() != "bearer" or not text.strip() or " " in text.strip():
        raise Unauthenticated("Authorization must be: Bearer <token>")
    return Presented(text.strip(), cookie=False)


def presented(request: Request) -> Presented | None:
    """Raises Unauthenticated for an `Authorization` that is not `Bearer <token>`."""
    text = read(request, SESSION)
    return bearer(request) or (Presented(text, cookie=True) if text else None)


def start(request: Request, token: str) -> None:
    """Sets this token in the browser's cookie."""
    put(request, SESSION, token, GUEST_LIFE)


def end(request: Request) -> None:
    put(request, SESSION, "", 0)


def renew(request: Request, viewer: Viewer) -> None:
    """Renews a guest's token after half of its life, so that an active guest never expires."""
    if viewer.issuer == GUEST_ISSUER and viewer.expires_at - time.time() < GUEST_LIFE / 2:
        issuer = parts(request)[Issuer]
        start(request, issuer.guest_token(viewer.subject, viewer.name, viewer.session)[0])


def read(request: Request, name: str) -> str:
    return request.cookies.get(cookie_name(parts(request)[Settings], name), "")


def put(request: Request, name: str, value: str, max_age: int) -> None:
    """The `Set-Cookie` headers: the last one for each name."""
    cookies = request.scope["state"].setdefault("set_cookies", {})
    cookies[name] = cookie(parts(request)[Settings], value, max_age, name)


def cookie_name(settings: Settings, name: str = SESSION) -> str:
    return f"__Host-{name}" if settings.https else name


def cookie(settings: Settings, value: str, max_age: int, name: str = SESSION) -> str:
    secure = "; Secure" if settings.https else ""
    return f"{cookie_name(settings, name)}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}"
