"""The person who sends a request, and the limits that count the request."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Annotated

from fastapi import Depends, Request

from app.auth import Issuer, Verifier, Viewer, guests
from app.errors import Unauthenticated
from app.parts import parts
from app.signing_in import identity, session
from app.web.cost import cost, signs_in
from app.web.limits import Rates, address
from app.web.turns import PictureTurns, Turns


async def maybe_viewer(request: Request) -> Viewer | None:
    """The person who sends the request, or None for a stranger. A bad token is 401 before any limit."""
    state = request.scope["state"]
    if "viewer" not in state:
        state["viewer"] = await identify(request)
    found: Viewer | None = state["viewer"]
    return found


async def identify(request: Request) -> Viewer | None:
    viewer = await identity.found(request)
    rates = parts(request)[Rates]
    if viewer is not None:
        if request.method == "GET":
            rates.reads(viewer, address(request), cost(request))
    elif signs_in(request):
        rates.sign_ins(address(request))
    else:
        rates.anonymous(address(request), cost(request))
    return viewer


async def current_viewer(request: Request) -> Viewer:
    viewer = await maybe_viewer(request)
    if viewer is None:
        raise Unauthenticated()
    return viewer


async def new_guest(request: Request, name: str) -> Viewer:
    """Starts a guest's session for a stranger."""
    issuer = parts(request)[Issuer]
    verifier = parts(request)[Verifier]
    token, _ = issuer.guest_token(guests.new_subject(), name)
    session.start(request, token)
    return await verifier.verify(token)


@asynccontextmanager
async def turn_to_draw(request: Request) -> AsyncIterator[None]:
    """Waits for the caller's turn: each person has one picture of a board drawn at a time, `RATE_PICTURES` a minute."""
    viewer, where = await maybe_viewer(request), address(request)
    parts(request)[Rates].pictures(viewer, where)
    turns = parts(request)[PictureTurns]
    async with turns.of(viewer.identifier) if viewer else turns.of(where, strangers=True):
        yield


async def picture_turn(request: Request) -> AbstractAsyncContextManager[None]:
    """A turn that has not begun: an answer 304 needs none."""
    return turn_to_draw(request)


async def thumbnail_turn(request: Request) -> AbstractAsyncContextManager[None]:
    """A turn of its own for thumbnails, so that a person's other requests do not wait while one is drawn."""
    viewer, where = await maybe_viewer(request), address(request)
    turns = parts(request)[Turns]
    return turns.of(f"thumbnails {viewer.identifier if viewer else where}", strangers=viewer is None)


MaybeViewer = Annotated[Viewer | None, Depends(maybe_viewer)]
CurrentViewer = Annotated[Viewer, Depends(current_viewer)]
PictureTurn = Annotated[AbstractAsyncContextManager[None], Depends(picture_turn)]
ThumbnailTurn = Annotated[AbstractAsyncContextManager[None], Depends(thumbnail_turn)]


def counted(rate: Callable[[Rates, Viewer, str], None]) -> Callable[[Request], Awaitable[None]]:
    async def count(request: Request) -> None:
        if viewer := await maybe_viewer(request):
            rate(parts(request)[Rates], viewer, address(request))

    return count


counted_change = counted(Rates.changes)
counted_presence = counted(Rates.presence_of)
counted_board = counted(Rates.boards)
counted_upload = counted(Rates.uploads)
counted_import = counted(Rates.imports)
counted_archive = counted(Rates.archives)
counted_invite = counted(Rates.invites)
counted_edit = counted(Rates.edits)


async def counted_export(request: Request) -> None:
    """Counts strangers too: they may export a board that its link opens."""
    parts(request)[Rates].exports(await maybe_viewer(request), address(request))
