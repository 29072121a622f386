"""Signing out, and the guest that an account was before."""

import logging

from starlette.requests import Request

from app.auth import InvalidToken, Verifier, Viewer
from app.auth.ended import Ended
from app.auth.leases import Leases
from app.convex.guest_keys import GuestKeys
from app.convex.sessions import Sessions
from app.errors import EaselError
from app.parts import parts
from app.public_origin import public_origin
from app.signing_in import identity, session
from app.signing_in.logins import Logins

log = logging.getLogger("easel.auth")


async def end(request: Request, viewer: Viewer | None) -> str | None:
    """Ends the caller's session and its streams. Returns the address that ends the provider's session, if any."""
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
    """Ends the guest's keys in browsers, since others may use this computer. The guest's own link stays valid."""
    keys = parts(request)[GuestKeys]
    try:
        await keys.drop(guest)
    except EaselError as error:
        log.warning("a guest's keys could not be dropped: %s", error.code)  # the cookie goes all the same
    await end_tokens(request, guest)


async def end_tokens(request: Request, guest: Viewer) -> None:
    """Ends the sessions of this browser, copied cookies too. The guest's other devices stay signed in."""
    close(request, guest)
    sessions = parts(request)[Sessions]
    await sessions.end_or_owe(guest.lease)


def close(request: Request, viewer: Viewer) -> None:
    """Ends it in this process at once; other processes get it from Convex."""
    ended = parts(request)[Ended]
    leases = parts(request)[Leases]
    if viewer.session or viewer.guest:
        ended.add(viewer.lease)
    leases.end(viewer.lease)


async def guest_of(request: Request, verifier: Verifier) -> Viewer | None:
    """The guest whose token this browser still holds beside its account."""
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
