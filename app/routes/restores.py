"""Restores a board, or some shapes of it, to a moment, for editors who see its history."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from app.deps.boards import RestorableBoard
from app.deps.parts import MomentsDep, RestoresDep
from app.deps.people import CurrentViewer, counted_edit
from app.history.scope import MOST, scope
from app.shapes import Id
from app.wants import sent_as_form, wants
from app.web.body import body_of
from app.web.restore import offered, told

router = APIRouter(prefix="/boards/{board_id}/restores")
LAST_TS = 2**63 - 2
Ts = Annotated[int, Field(ge=0, le=LAST_TS)]


def listed(value: object) -> object:
    """A form and an address have the ids in one field, separated by commas; an empty one is none."""
    match value:
        case "" | [""]:
            return None
        case str(ids) | [str(ids)]:
            return ids.split(",")
    return value


Shapes = Annotated[list[Id] | None, BeforeValidator(listed), Field(min_length=1, max_length=MOST)]


class Asked(BaseModel):
    """`to` is a ts of the log: the moment after that change. Without `shapes` the whole board is meant."""

    model_config = ConfigDict(extra="forbid")

    to: Ts
    shapes: Shapes = None


class RestoreIn(Asked):
    """The id names the restore, and a repeat of it joins."""

    id: Id


NewRestore = Annotated[RestoreIn, Depends(body_of(RestoreIn))]


@router.get("")
async def show(
    request: Request,
    board: RestorableBoard,
    viewer: CurrentViewer,
    restores: RestoresDep,
    moments: MomentsDep,
    asked: Annotated[Asked, Query()],
) -> Response:
    only = await scope(board, moments, asked.to, asked.shapes)
    found = await restores.preview(viewer, board.board_id, asked.to, only and set(only))
    return offered(request, board, viewer, asked.to, asked.shapes, found)


@router.post("", dependencies=[Depends(counted_edit)])
async def create(
    request: Request,
    board: RestorableBoard,
    viewer: CurrentViewer,
    new: NewRestore,
    restores: RestoresDep,
    moments: MomentsDep,
) -> Response:
    only = await scope(board, moments, new.to, new.shapes)
    restore = await restores.start(viewer, board.board_id, new.id, new.to, only)
    if sent_as_form(request) and wants(request) == "page":
        return RedirectResponse(f"/boards/{board.board_id}/restores/{restore.id}", 303)
    return told(request, board, viewer, restore, 202)


@router.get("/{restore}")
async def progress(
    request: Request, board: RestorableBoard, viewer: CurrentViewer, restore: Id, restores: RestoresDep
) -> Response:
    return told(request, board, viewer, await restores.get(viewer, board.board_id, restore))
