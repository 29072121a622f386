"""The viewer of a request, by its token: from `Authorization`, else Clerk's cookies, else our own cookie."""

import logging
import time

from starlette.requests import Request

from app.auth import GUEST_ISSUER, Expired, InvalidToken, Pending, Verifier, Viewer, clerk
from app.auth.ended import Ended
from app.auth.leases import Leases
from app.errors import AccountChanged, EaselError, SessionExpired, SessionPending, Unauthenticated, Unavailable
from app.parts import parts
from app.settings import Settings
from app.signing_in import session
from app.signing_in.logins import Logins
from app.wants import wants

LAST_MOMENT = 5.0  # s; a write with less left would race Convex, whose clock may be ahead
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Where people go after their session has ended: these paths need no session.
OPEN = ("/session", "/sign-in", "/auth/", "/webhooks/")
EXPECTED = "x-easel-person"  # whom the page was made for

log = logging.getLogger("easel.auth")


async def found(request: Request) -> Viewer | None:
    """Raises Unauthenticated, SessionExpired, SessionPending, AccountChanged."""
    viewer = await by_bearer(request) or await by_clerk(request) or await by_cookie(request)
    expected = request.headers.get(EXPECTED)
    if viewer is None:
        if expected and not may_pass(request):
            # Before any lookup: a stranger gets 404 for a private board, but this page still holds unsent work.
            raise over()
        return None
    if expected and expected != viewer.person:
        # With several accounts in one browser the cookie is the last focused tab's.
        raise AccountChanged()
    if viewer.impersonator:
        log.warning("%s acts as %s", viewer.impersonator, viewer.identifier)
    leases = parts(request)[Leases]
    leases.extend(viewer)
    return viewer


async def by_bearer(request: Request) -> Viewer | None:
    presented = session.bearer(request)
    if presented is None:
        return None
    try:
        return fresh(request, await verified(request, presented.text))
    except Expired as error:
        raise SessionExpired() from error
    except Pending as error:
        raise SessionPending() from error
    except InvalidToken as error:
        raise over() from error


async def by_clerk(request: Request) -> Viewer | None:
    settings = parts(request)[Settings]
    if settings.auth_provider != "clerk" or session.bearer(request):
        return None
    cookies = clerk.cookies(request.cookies, settings.clerk_publishable_key or "", clerk.frontend(settings))
    try:
        if cookies.token:
            return fresh(request, await verified(request, cookies.token, cookie=True))
        if cookies.active:
            raise Expired("no token")
    except Expired as error:
        if not may_pass(request):
            raise SessionExpired() from error
    except Pending as error:
        if not may_pass(request):
            raise SessionPending() from error
    except InvalidToken:
        pass  # treated as signed out; logged
    return None


async def by_cookie(request: Request) -> Viewer | None:
    text = session.read(request, session.SESSION)
    if not text or session.bearer(request):
        return None
    logins = parts(request).get(Logins)
    try:
        if logins and "." not in text:
            return await alive(request, await logins.viewer(text))
        viewer = await verified(request, text, cookie=True)
        if viewer.issuer != GUEST_ISSUER:
            raise InvalidToken("issuer")  # an account's token comes in another cookie
    except InvalidToken as error:
        log.info("session refused: %s", error.reason)
        # People cannot delete an invalid cookie, so pages and the sign-in ignore it.
        if wants(request) != "page" and not may_pass(request):
            raise over() from error
        session.end(request)
        return None
    session.renew(request, viewer)
    return viewer


async def verified(request: Request, token: str, *, cookie: bool = False) -> Viewer:
    verifier = parts(request)[Verifier]
    try:
        return await alive(request, await verifier.verify(token, cookie=cookie))
    except InvalidToken as error:
        log.info("token refused: %s", error.reason)
        raise


async def alive(request: Request, viewer: Viewer) -> Viewer:
    """The viewer. Raises InvalidToken after sign-out, Unavailable while Convex cannot tell."""
    ended = parts(request)[Ended]
    try:
        over = await ended.has(viewer)
    except EaselError as error:
        over = False
        if not may_pass(request):  # there every action goes through Convex, which checks itself
            raise Unavailable() from error
    if over:
        raise InvalidToken("ended")
    return viewer


def fresh(request: Request, viewer: Viewer) -> Viewer:
    if request.method not in SAFE and viewer.expires_at - time.time() < LAST_MOMENT:
        raise Expired("last moment")
    return viewer


def may_pass(request: Request) -> bool:
    return bool(request.scope["path"].startswith(OPEN))


def over() -> Unauthenticated:
    return Unauthenticated("Your session has ended, or is not valid here: sign in again.")
