"""The people on a board: who they are, what they may do, and whose the board is."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import RedirectResponse, Response

from app.auth import Viewer
from app.convex.sharing import Sharing
from app.deps.boards import OwnedBoard, ReadableBoard
from app.deps.identifiers import OperationId
from app.deps.parts import SharingDep
from app.deps.people import CurrentViewer, counted_edit
from app.hub import Hub
from app.shapes import Id
from app.wants import sent_as_form, wants
from app.web.answers import Json
from app.web.body import body_of
from app.web.sharing import panel
from app.web.soon import soon

router = APIRouter(prefix="/boards/{board_id}")


class RoleIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    role: Literal["editor", "commenter", "viewer"]


class OwnerIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    user: Id


NewRole = Annotated[RoleIn, Depends(body_of(RoleIn))]
NewOwner = Annotated[OwnerIn, Depends(body_of(OwnerIn))]


@router.get("/members")
async def index(request: Request, board: ReadableBoard, viewer: CurrentViewer, sharing: SharingDep) -> Response:
    if wants(request) == "json":
        return Json(await listed(board, viewer, sharing))
    return await panel(request, board, viewer, sharing)


@router.patch("/members/{user}", dependencies=[Depends(counted_edit)])
async def update(
    request: Request,
    board: OwnedBoard,
    viewer: CurrentViewer,
    user: str,
    new: NewRole,
    operation_id: OperationId,
    sharing: SharingDep,
) -> Response:
    before = board.access
    await sharing.set_role(viewer, board.board_id, user, new.role, operation_id)
    await soon(lambda: board.access is not before)
    if wants(request) == "htmx":
        return await panel(request, board, viewer, sharing)
    return back(request, board.board_id, Json({"user": user, "role": new.role}))


@router.delete("/members/{user}", dependencies=[Depends(counted_edit)])
async def remove(
    request: Request,
    board: ReadableBoard,
    viewer: CurrentViewer,
    user: str,
    operation_id: OperationId,
    sharing: SharingDep,
) -> Response:
    before = board.access
    await sharing.remove_member(viewer, board.board_id, user, operation_id)
    await soon(lambda: board.closed or board.access is not before)
    if board.access.member(viewer) == "owner":
        if wants(request) == "htmx":
            return await panel(request, board, viewer, sharing)
        return back(request, board.board_id, Response(status_code=204))
    if wants(request) == "htmx":
        return Response(headers={"HX-Redirect": "/boards"})
    return RedirectResponse("/boards", 303) if sent_as_form(request) else Response(status_code=204)


@router.post("/ownership", dependencies=[Depends(counted_edit)])
async def transfer(
    request: Request,
    board: OwnedBoard,
    viewer: CurrentViewer,
    new: NewOwner,
    operation_id: OperationId,
    sharing: SharingDep,
) -> Response:
    await sharing.transfer(viewer, board.board_id, new.user, operation_id)
    await soon(lambda: board.access.member(viewer) != "owner")
    if wants(request) == "htmx":
        return await panel(request, board, viewer, sharing)
    return back(request, board.board_id, Json({"owner": new.user}))


async def listed(board: Hub, viewer: Viewer, sharing: Sharing) -> dict[str, Any]:
    """Everybody on the board; for its owner also who came by the link, and who was removed."""
    members = {"members": await sharing.members(viewer, board.board_id)}
    if board.access.member(viewer) != "owner":
        return members
    return members | vars(await sharing.others(viewer, board.board_id))


def back(request: Request, board_id: str, response: Response) -> Response:
    """A form's next page is the one that it was on."""
    return RedirectResponse(f"/boards/{board_id}/members", 303) if sent_as_form(request) else response
