"""Invitations: a link that puts on a board whoever says yes to it."""

from contextlib import AbstractContextManager
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.responses import Response

from app.auth import Viewer, guests
from app.deps.boards import OwnedBoard
from app.deps.identifiers import OperationId
from app.deps.parts import HubsDep, SettingsDep, SharingDep
from app.deps.people import CurrentViewer, MaybeViewer, counted_edit, counted_invite, new_guest
from app.errors import Unauthenticated
from app.parts import parts
from app.public_origin import public_origin
from app.text import MaybeName, unless_empty
from app.wants import sent_as_form, wants
from app.web.answers import Json, done
from app.web.body import body_of
from app.web.guesses import Guesses
from app.web.limits import address
from app.web.pages import page
from app.web.sharing import panel
from app.web.soon import soon

router = APIRouter()
DAY = 24 * 3600  # s


class InviteIn(BaseModel):
    """`expiresIn` in seconds; `maxUses` people may come by it, any number if it is not given."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["editor", "commenter", "viewer"] = "editor"
    expiresIn: Annotated[int, Field(ge=1, le=365 * DAY)] = 7 * DAY
    maxUses: Annotated[Annotated[int, Field(ge=1, le=1000)] | None, BeforeValidator(unless_empty)] = None


class AcceptIn(BaseModel):
    """`name` is for who has no session yet, and only in a form."""

    model_config = ConfigDict(extra="forbid")

    token: Annotated[str, Field(max_length=200)]
    name: MaybeName = None


NewInvite = Annotated[InviteIn, Depends(body_of(InviteIn))]
Accepted = Annotated[AcceptIn, Depends(body_of(AcceptIn))]


def guess(request: Request, token: str) -> AbstractContextManager[None]:
    """Around what needs a right token: too many wrong ones from one address, and there is no answer."""
    guesses = parts(request)[Guesses]
    return guesses.of(address(request), token)


@router.get("/boards/{board_id}/invites")
async def index(request: Request, board: OwnedBoard, viewer: CurrentViewer, sharing: SharingDep) -> Response:
    if wants(request) == "json":
        return Json({"invites": await sharing.invites(viewer, board.board_id)})
    return await panel(request, board, viewer, sharing)


@router.post("/boards/{board_id}/invites", dependencies=[Depends(counted_invite)])
async def create(
    request: Request,
    board: OwnedBoard,
    viewer: CurrentViewer,
    new: NewInvite,
    operation_id: OperationId,
    sharing: SharingDep,
) -> Response:
    life, most = new.expiresIn, new.maxUses
    invite, token = await sharing.create_invite(viewer, board.board_id, new.role, life, most, operation_id)
    url = f"{public_origin(request)}/invites/{token}" if token else None
    if wants(request) == "htmx" or sent_as_form(request):
        return await panel(request, board, viewer, sharing, new=url or "", status=201)
    return Json(vars(invite) | ({"token": token, "url": url} if token else {}), 201 if token else 200)


@router.delete("/boards/{board_id}/invites/{invite}", dependencies=[Depends(counted_edit)])
async def revoke(
    request: Request,
    board: OwnedBoard,
    viewer: CurrentViewer,
    invite: str,
    operation_id: OperationId,
    sharing: SharingDep,
) -> Response:
    await sharing.revoke_invite(viewer, board.board_id, invite, operation_id)
    if wants(request) == "htmx":
        return await panel(request, board, viewer, sharing)
    return done(request, Response(status_code=204), then=f"/boards/{board.board_id}/members")


@router.get("/invites/{token}")
async def show(
    request: Request, token: str, viewer: MaybeViewer, settings: SettingsDep, sharing: SharingDep
) -> Response:
    """Asks, and does nothing yet: programs that preview links, and people who only look, use nothing up."""
    with guess(request, token):
        invitation = await sharing.invitation(token)
    guest = settings.auth_provider == "guest"
    if wants(request) == "json":
        response: Response = Json(invitation)
    else:
        response = page(request, "invite.html", invitation=invitation, token=token, viewer=viewer, guest=guest)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


async def guest_or_viewer(request: Request, viewer: MaybeViewer, accepted: Accepted, sharing: SharingDep) -> Viewer:
    """Who says yes in a browser without a session is a guest from here on, if there is something to say yes to."""
    if viewer:
        return viewer
    if not sent_as_form(request):
        raise Unauthenticated()
    with guess(request, accepted.token):
        await sharing.invitation(accepted.token)
    return await new_guest(request, accepted.name or guests.new_name())


@router.post("/invites", dependencies=[Depends(counted_edit)])
async def accept(
    request: Request,
    viewer: Annotated[Viewer, Depends(guest_or_viewer)],
    accepted: Accepted,
    operation_id: OperationId,
    sharing: SharingDep,
    hubs: HubsDep,
) -> Response:
    with guess(request, accepted.token):
        board_id, role = await sharing.redeem(viewer, accepted.token, operation_id)
    hub = await hubs.open(board_id)
    await soon(lambda: hub.closed or hub.access.member(viewer) is not None)
    path = f"/boards/{board_id}"
    return done(request, Json({"board": board_id, "role": role, "url": public_origin(request) + path}), then=path)
