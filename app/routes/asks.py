"""Asking the owner of a board to be let in. It tells nobody whether there is such a board."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app.auth import Viewer, guests
from app.deps.boards import OwnedBoard
from app.deps.identifiers import OperationId
from app.deps.parts import SharingDep
from app.deps.people import CurrentViewer, MaybeViewer, counted_edit, new_guest
from app.errors import Unauthenticated
from app.parts import parts
from app.shapes import Id
from app.text import MaybeName
from app.wants import sent_as_form, wants
from app.web.answers import Json, done
from app.web.body import body_of
from app.web.limits import Rates, address
from app.web.sharing import panel

router = APIRouter(prefix="/boards/{board_id}/asks")


class AskIn(BaseModel):
    """`name` is for who has no session yet, and only in a form."""

    model_config = ConfigDict(extra="forbid")

    name: MaybeName = None


Asked = Annotated[AskIn, Depends(body_of(AskIn))]


async def asker(request: Request, viewer: MaybeViewer, asked: Asked) -> Viewer:
    """Counted by person and address before anything is looked up."""
    rates = parts(request)[Rates]
    if viewer is None and not sent_as_form(request):
        raise Unauthenticated()
    rates.asks(viewer, address(request))
    return viewer or await new_guest(request, asked.name or guests.new_name())


@router.post("")
async def ask(
    request: Request, board_id: Id, viewer: Annotated[Viewer, Depends(asker)], sharing: SharingDep
) -> Response:
    await sharing.ask(viewer, board_id)
    return done(request, Json({"asked": True}, 202), then=f"/boards/{board_id}?asked=1")


@router.delete("/{user}", dependencies=[Depends(counted_edit)])
async def dismiss(
    request: Request,
    board: OwnedBoard,
    viewer: CurrentViewer,
    user: str,
    operation_id: OperationId,
    sharing: SharingDep,
) -> Response:
    await sharing.dismiss_ask(viewer, board.board_id, user, operation_id)
    if wants(request) == "htmx":
        return await panel(request, board, viewer, sharing)
    return done(request, Response(status_code=204), then=f"/boards/{board.board_id}/members")
