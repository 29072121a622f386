"""The end of a session, and who one was before it."""

import logging

from starlette.requests import Request

from app.auth import InvalidToken, Verifier, Viewer
from app.auth.ended import Ended
from app.auth.leases import Leases
from app.convex.guest_keys import GuestKeys
from app.convex.sessions import Sessions
from app.errors import EaselError
from app.parts import parts
from app.signing_in import identity, session
from app.signing_in.logins import Logins
from app.web.pages import public_origin

log = logging.getLogger("easel.auth")


async def end(request: Request, viewer: Viewer | None) -> str | None:
    """Ends the caller's session and its streams; where to go to end the provider's as well, if there is one."""
    text = session.read(request, session.SESSION)
    session.end(request)
    if viewer is None:
        return None
    if viewer.guest:
        await end_guest(request, viewer)
        return None
    logins = parts(request).get(Logins)
    id_token = await logins.end(text) if logins and viewer.session and text and "." not in text else None
    if viewer.session and id_token is None:
        await parts(request)[Sessions].end(viewer.session)
    close(request, viewer)
    if logins is None or viewer.session is None:
        return None
    return await logins.oidc.sign_out_url(id_token, f"{public_origin(request)}/")


async def end_guest(request: Request, guest: Viewer) -> None:
    """On a computer that others use too, no browser brings back who has signed out; the guest's own link does."""
    keys = parts(request)[GuestKeys]
    try:
        await keys.drop(guest)
    except EaselError as error:
        log.warning("a guest's keys could not be dropped: %s", error.code)  # the cookie goes all the same
    await end_tokens(request, guest)


async def end_tokens(request: Request, guest: Viewer) -> None:
    """Of this browser, copies of them too. The guest's other devices stay signed in."""
    close(request, guest)
    sessions = parts(request)[Sessions]
    await sessions.end_or_owe(guest.lease)


def close(request: Request, viewer: Viewer) -> None:
    """In this process at once; the others hear of it from Convex."""
    ended = parts(request)[Ended]
    leases = parts(request)[Leases]
    if viewer.session or viewer.guest:
        ended.add(viewer.lease)
    leases.end(viewer.lease)


async def guest_of(request: Request, verifier: Verifier) -> Viewer | None:
    """The guest whose token this browser still has beside its account."""
    for name in (session.GUEST, session.SESSION):
        try:
            viewer = await identity.alive(request, await verifier.verify(session.read(request, name), cookie=True))
        except InvalidToken:
            continue
        if viewer.guest:
            return viewer
    return None


def forget_guest(request: Request) -> None:
    if session.read(request, session.GUEST):
        session.put(request, session.GUEST, "", 0)
    if "." in session.read(request, session.SESSION):
        session.end(request)
