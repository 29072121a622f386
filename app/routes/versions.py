"""Moments of a board with a name: whoever sees its history sees them, and editors give the names."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.responses import Response

from app.auth import Viewer
from app.deps.boards import EditableBoard, HistoryBoard
from app.deps.identifiers import OperationId
from app.deps.parts import VersionsDep
from app.deps.people import CurrentViewer, counted_edit
from app.hub import Hub
from app.shapes import Id
from app.text import VersionName, unless_empty
from app.wants import wants
from app.web.answers import Json, done
from app.web.body import body_of
from app.web.history import Asked, looked_back, vars_of

router = APIRouter(prefix="/boards/{board_id}/versions")
Ts = Annotated[str, Field(pattern=r"^\d{1,19}$")]


class VersionIn(BaseModel):
    """`ts` is of a change; without it the present gets the name."""

    model_config = ConfigDict(extra="forbid")

    name: VersionName
    ts: Annotated[Ts | None, BeforeValidator(unless_empty)] = None


class NameIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: VersionName


@router.get("")
async def index(board: HistoryBoard, viewer: CurrentViewer, versions: VersionsDep) -> Response:
    return Json({"versions": [vars_of(one) for one in await versions.list(viewer, board.board_id)]})


@router.post("", dependencies=[Depends(counted_edit)])
async def create(
    request: Request,
    board: EditableBoard,
    viewer: CurrentViewer,
    new: Annotated[VersionIn, Depends(body_of(VersionIn))],
    operation_id: OperationId,
    versions: VersionsDep,
) -> Response:
    made = await versions.create(viewer, board.board_id, new.name, int(new.ts) if new.ts else None, operation_id)
    return await listed(request, board, viewer, Json(vars_of(made), 201))


@router.patch("/{version}", dependencies=[Depends(counted_edit)])
async def rename(
    request: Request,
    board: EditableBoard,
    viewer: CurrentViewer,
    version: Id,
    new: Annotated[NameIn, Depends(body_of(NameIn))],
    operation_id: OperationId,
    versions: VersionsDep,
) -> Response:
    await versions.rename(viewer, board.board_id, version, new.name, operation_id)
    return await listed(request, board, viewer, Json({"id": version, "name": new.name}))


@router.delete("/{version}", dependencies=[Depends(counted_edit)])
async def remove(
    request: Request,
    board: EditableBoard,
    viewer: CurrentViewer,
    version: Id,
    operation_id: OperationId,
    versions: VersionsDep,
) -> Response:
    await versions.remove(viewer, board.board_id, version, operation_id)
    return await listed(request, board, viewer, Response(status_code=204))


async def listed(request: Request, board: Hub, viewer: Viewer, response: Response) -> Response:
    """The history as it is now, for htmx; a form is sent to its page."""
    if wants(request) == "htmx":
        return await looked_back(request, board, viewer, Asked())
    return done(request, response, then=f"/boards/{board.board_id}/history")
