"""What handlers ask for by name. A board is found and authorised in one step: whoever has it may use it so.

These call each other as plain functions: FastAPI walks through a dependency's own dependencies each time that it is
named, also when it has its value already (*measured*: 1 ms of a change's 2 went there). The busiest routes, changes and
presence, are Starlette's own and call them too.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Annotated

from fastapi import Depends, Header, Request

from app.auth import Issuer, Leases, Verifier, Viewer, guests
from app.convex.files import Files
from app.convex.guest_keys import GuestKeys
from app.convex.sessions import Sessions
from app.convex.sharing import Sharing
from app.convex.store import PATIENCE, Store, new_operation_id
from app.errors import ClosedBoard, EaselError, Forbidden, Invalid, NotFound, Unauthenticated, Unavailable
from app.hub import Hub, Hubs
from app.images.decoder import Decoder
from app.parts import part, parts
from app.readiness import Readiness
from app.settings import Settings
from app.signing_in import identity, session
from app.signing_in.logins import Logins
from app.visits import Visits
from app.wants import wants
from app.web.budgets import Budgets
from app.web.cost import cost, signs_in
from app.web.limits import Rates, address
from app.web.turns import Turns

LAGGING = "The board does not show yet what was saved last: try again in a moment."
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


SettingsDep = Annotated[Settings, Depends(part(Settings))]
IssuerDep = Annotated[Issuer, Depends(part(Issuer))]
VerifierDep = Annotated[Verifier, Depends(part(Verifier))]
StoreDep = Annotated[Store, Depends(part(Store))]
SharingDep = Annotated[Sharing, Depends(part(Sharing))]
HubsDep = Annotated[Hubs, Depends(part(Hubs))]
SessionsDep = Annotated[Sessions, Depends(part(Sessions))]
GuestKeysDep = Annotated[GuestKeys, Depends(part(GuestKeys))]
LoginsDep = Annotated[Logins, Depends(part(Logins))]
FilesDep = Annotated[Files, Depends(part(Files))]
DecoderDep = Annotated[Decoder, Depends(part(Decoder))]
ReadinessDep = Annotated[Readiness, Depends(part(Readiness))]
TurnsDep = Annotated[Turns, Depends(part(Turns))]
LeasesDep = Annotated[Leases, Depends(part(Leases))]


# Who


async def maybe_viewer(request: Request) -> Viewer | None:
    """Who asks, if anybody says so. A bad token is 401 before any limit; strangers are counted by address."""
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


MaybeViewer = Annotated[Viewer | None, Depends(maybe_viewer)]
CurrentViewer = Annotated[Viewer, Depends(current_viewer)]


# Which board


async def readable_board(request: Request, board_id: str) -> Hub:
    """The board, for those who may see it; to everybody else it is the same 404 as a missing one."""
    viewer = await maybe_viewer(request)
    if not ID.fullmatch(board_id):
        raise NotFound()
    hubs = parts(request)[Hubs]
    hub = hubs.get(board_id)
    if hub is None or hub.access.role_of(viewer) is None:
        # One question in every case, before anything is read: neither work nor time tells a stranger what exists.
        store = parts(request)[Store]
        if not await store.admits(viewer, board_id):
            raise ClosedBoard(board_id)
    try:
        hub = await hubs.open(board_id)
    except NotFound:
        raise ClosedBoard(board_id) from None
    if hub.access.role_of(viewer) is None:
        raise ClosedBoard(board_id)
    return hub


async def visited_board(request: Request, board_id: str) -> Hub:
    """The same as a readable one; who came by its link is in the owner's list from now on."""
    board = await readable_board(request, board_id)
    visits = parts(request)[Visits]
    await visits.note(board, await maybe_viewer(request))
    return board


async def editable_board(request: Request, board_id: str) -> Hub:
    board = await visited_board(request, board_id)
    if board.access.role_of(await current_viewer(request)) not in ("owner", "editor"):
        raise Forbidden("You can view this board, but not change it.")
    return board


async def owned_board(request: Request, board_id: str) -> Hub:
    board = await readable_board(request, board_id)
    if board.access.role_of(await current_viewer(request)) != "owner":
        raise Forbidden("Only the board's owner may do that.")
    return board


async def shown_board(request: Request, board_id: str) -> Hub:
    """The same, level with every change that is known to be saved: people find what they have just drawn.

    One that lags behind, since the feed is cut, has a second to come level. Then it is stale until it does: pages and
    streams say so.
    """
    board = await readable_board(request, board_id)
    store = parts(request)[Store]
    saved = store.acknowledged.get(board_id, 0)
    if board.stale or not await board.reach(saved):
        with suppress(EaselError, TimeoutError):  # a deployment that is away cannot say what others have saved
            async with asyncio.timeout(PATIENCE):  # it may have to wait for the answer that others wait for
                saved = await board.head(lambda: store.level(board_id))
        if not board.lags:  # else somebody has waited in vain
            await board.reach(saved)
        board.lag(saved)
    return board


def level(board: Hub) -> Hub:
    """For programs, which nothing else tells that a view lags. Raises Unavailable if it does."""
    if board.lags:
        raise Unavailable(LAGGING, retry_after=1)
    return board


async def level_board(request: Request, board_id: str) -> Hub:
    return level(await shown_board(request, board_id))


ReadableBoard = Annotated[Hub, Depends(readable_board)]
ShownBoard = Annotated[Hub, Depends(shown_board)]
LevelBoard = Annotated[Hub, Depends(level_board)]
EditableBoard = Annotated[Hub, Depends(editable_board)]
OwnedBoard = Annotated[Hub, Depends(owned_board)]


async def visitor(request: Request, board_id: str) -> Viewer | None:
    """Who looks at a board's page: a stranger, who came by its link, gets a guest's session on the spot."""
    await readable_board(request, board_id)
    viewer = await maybe_viewer(request)
    if viewer or wants(request) != "page":
        return viewer
    return await new_guest(request, guests.new_name())


async def new_guest(request: Request, name: str) -> Viewer:
    """Somebody without a session is a guest from here on."""
    issuer = parts(request)[Issuer]
    verifier = parts(request)[Verifier]
    token, _ = issuer.guest_token(guests.new_subject(), name)
    session.start(request, token)
    return await verifier.verify(token)


Visitor = Annotated[Viewer | None, Depends(visitor)]


# How often, and once


def counted(rate: Callable[[Rates, Viewer, str], None]) -> Callable[[Request], Awaitable[None]]:
    async def count(request: Request) -> None:
        if viewer := await maybe_viewer(request):
            rate(parts(request)[Rates], viewer, address(request))

    return count


counted_change = counted(Rates.changes)
counted_presence = counted(Rates.presence_of)
counted_board = counted(Rates.boards)
counted_upload = counted(Rates.uploads)
counted_invite = counted(Rates.invites)
counted_edit = counted(Rates.edits)


async def afforded_change(request: Request) -> tuple[Hub, Viewer]:
    """The board, and a person who may change it. Only such people's requests count against the board's budgets.

    For an undo, Convex counts the bytes.
    """
    await counted_change(request)
    board, viewer = await editable_board(request, request.path_params["board_id"]), await current_viewer(request)
    budgets = parts(request)[Budgets]
    budgets.change(viewer, address(request), board.board_id, len(await request.body()))
    return board, viewer


async def afforded_report(request: Request) -> tuple[Hub, Viewer]:
    """The board and whoever reports there what they do."""
    await counted_presence(request)
    board, viewer = await readable_board(request, request.path_params["board_id"]), await current_viewer(request)
    edits = board.access.role_of(viewer) in ("owner", "editor")
    budgets = parts(request)[Budgets]
    budgets.presence(viewer, address(request), board.board_id, len(await request.body()), edits, board.readers)
    return board, viewer


async def room_for_stream(hubs: HubsDep) -> None:
    hubs.streams.require_room()


async def operation_id(key: Annotated[str | None, Header(alias="Idempotency-Key")] = None) -> str:
    """The id under which Convex applies a mutation once: the caller's own, so that repeating is safe, or a new one."""
    if key is not None and not ID.fullmatch(key):
        raise Invalid("Idempotency-Key is 1 to 64 of A-Z a-z 0-9 _ -", field="Idempotency-Key", limit=64)
    return key or new_operation_id()


OperationId = Annotated[str, Depends(operation_id)]
