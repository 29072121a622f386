"""Incoming hooks: addresses to which other programs send notes for a board. convex/hooks.ts puts them on it."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app.deps.boards import OwnedBoard
from app.deps.identifiers import OperationId
from app.deps.parts import HooksDep, SharingDep
from app.deps.people import CurrentViewer, counted_edit
from app.errors import NotFound
from app.parts import parts
from app.public_origin import public_origin
from app.text import HookName
from app.wants import sent_as_form, wants
from app.web.answers import Json, done
from app.web.body import body_of
from app.web.forwarding import forwarded
from app.web.guesses import Guesses
from app.web.limits import Rates, address
from app.web.noted import noted
from app.web.sharing import panel

router = APIRouter()
SECRET = re.compile(r"hook_[A-Za-z0-9_-]{32}")


class HookIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: HookName


NewHook = Annotated[HookIn, Depends(body_of(HookIn))]


@router.get("/boards/{board_id}/hooks")
async def index(
    request: Request, board: OwnedBoard, viewer: CurrentViewer, hooks: HooksDep, sharing: SharingDep
) -> Response:
    if wants(request) == "json":
        return Json({"hooks": await hooks.list(viewer, board.board_id)})
    return await panel(request, board, viewer, sharing)


@router.post("/boards/{board_id}/hooks", dependencies=[Depends(counted_edit)])
async def create(
    request: Request,
    board: OwnedBoard,
    viewer: CurrentViewer,
    new: NewHook,
    operation_id: OperationId,
    hooks: HooksDep,
    sharing: SharingDep,
) -> Response:
    hook, secret = await hooks.create(viewer, board.board_id, new.name, operation_id)
    url = f"{public_origin(request)}/hooks/{secret}" if secret else None
    if wants(request) == "htmx" or sent_as_form(request):
        return await panel(request, board, viewer, sharing, new_hook=url or "", status=201)
    return Json(vars(hook) | ({"url": url} if url else {}), 201 if url else 200)


@router.patch("/boards/{board_id}/hooks/{hook}", dependencies=[Depends(counted_edit)])
async def rename(
    request: Request,
    board: OwnedBoard,
    viewer: CurrentViewer,
    hook: str,
    new: NewHook,
    operation_id: OperationId,
    hooks: HooksDep,
    sharing: SharingDep,
) -> Response:
    await hooks.rename(viewer, board.board_id, hook, new.name, operation_id)
    if wants(request) == "htmx":
        return await panel(request, board, viewer, sharing)
    return done(request, Json({"id": hook, "name": new.name}), then=f"/boards/{board.board_id}/members")


@router.delete("/boards/{board_id}/hooks/{hook}", dependencies=[Depends(counted_edit)])
async def revoke(
    request: Request,
    board: OwnedBoard,
    viewer: CurrentViewer,
    hook: str,
    operation_id: OperationId,
    hooks: HooksDep,
    sharing: SharingDep,
) -> Response:
    await hooks.revoke(viewer, board.board_id, hook, operation_id)
    if wants(request) == "htmx":
        return await panel(request, board, viewer, sharing)
    return done(request, Response(status_code=204), then=f"/boards/{board.board_id}/members")


@router.post("/hooks/{secret}")
async def receive(request: Request, secret: str) -> Response:
    """Whoever has the address may send notes: there is no session, and other sites may have forms for it."""
    where = address(request)
    parts(request)[Rates].anonymous(where)
    with parts(request)[Guesses].of(where, secret):
        answer = await forwarded(request, f"/hooks/{secret}") if SECRET.fullmatch(secret) else None
        if answer is None or answer.status_code == 404:
            raise NotFound("There is no such hook, or it was revoked.")
    return noted(request, answer)
