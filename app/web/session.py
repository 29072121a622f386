"""The session: one cookie that holds a token. Set and cleared through the request, written by `Headers`.

On https it is `__Host-session`: no sibling subdomain can plant or read it. On plain http, which is how two people on
one network meet first, browsers take no `Secure` cookie, so there (never in production) it is `session`.
"""

import time
from dataclasses import dataclass

from starlette.requests import Request

from app.auth import GUEST_ISSUER, Issuer, Viewer
from app.auth.issuer import GUEST_LIFE
from app.errors import Unauthenticated
from app.settings import Settings


@dataclass(frozen=True)
class Presented:
    """A token as it came: in the cookie, or in `Authorization`, which decides alone if it is there."""

    text: str
    cookie: bool


def presented(request: Request) -> Presented | None:
    """Raises Unauthenticated for an `Authorization` that is not `Bearer <token>`."""
    header = request.headers.get("authorization")
    if header is not None:
        scheme, _, text = header.partition(" ")
        if scheme.lower() != "bearer" or not text.strip() or " " in text.strip():
            raise Unauthenticated("Authorization must be: Bearer <token>")
        return Presented(text.strip(), cookie=False)
    text = request.cookies.get(cookie_name(request.app.state.settings), "")
    return Presented(text, cookie=True) if text else None


def start(request: Request, token: str) -> None:
    """Gives the browser this token with the answer."""
    request.state.set_cookie = cookie(request.app.state.settings, token, GUEST_LIFE)


def end(request: Request) -> None:
    request.state.set_cookie = cookie(request.app.state.settings, "", 0)


def renew(request: Request, viewer: Viewer) -> None:
    """A guest in use never expires: past the middle of a token's life the browser gets a new one."""
    if viewer.issuer == GUEST_ISSUER and viewer.expires_at - time.time() < GUEST_LIFE / 2:
        issuer: Issuer = request.app.state.issuer
        start(request, issuer.guest_token(viewer.subject, viewer.name)[0])


def cookie_name(settings: Settings) -> str:
    return "__Host-session" if settings.https else "session"


def cookie(settings: Settings, value: str, max_age: int) -> str:
    secure = "; Secure" if settings.https else ""
    return f"{cookie_name(settings)}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}"
