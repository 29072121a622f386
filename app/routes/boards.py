"""Boards: the list, the page, what it is called, who may open it."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal, Self
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, model_validator
from starlette.responses import Response, StreamingResponse

from app.deps.boards import BoardSource, EditableBoard, OwnedBoard, Visitor, level
from app.deps.identifiers import OperationId
from app.deps.parts import StoreDep
from app.deps.people import CurrentViewer, MaybeViewer, counted_board, counted_edit
from app.deps.sheets import AnyMoment, PageOfAnyMoment
from app.hub import Hub
from app.public_origin import public_origin
from app.text import MaybeTitle, Title
from app.wants import wants
from app.web.admitted import while_admitted
from app.web.answers import Json, done
from app.web.board_page import board_page
from app.web.body import body_of
from app.web.download import download
from app.web.soon import soon

router = APIRouter()
UNTITLED = "Untitled board"


class NewBoard(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: Title = UNTITLED


class BoardPatch(BaseModel):
    """`base` is what the board was called when the person began to rename it."""

    model_config = ConfigDict(extra="forbid")

    title: Title | None = None
    base: MaybeTitle = None
    visibility: Literal["private", "link-view", "link-edit"] | None = None
    presenting: bool | None = None
    embeddable: bool | None = None
    template: bool | None = None
    copyable: bool | None = None
    historyOpen: bool | None = None

    @model_validator(mode="after")
    def _sets_something(self) -> Self:
        if not self.model_dump(exclude_none=True, exclude={"base"}):
            raise ValueError("set a title, a visibility, presenting, embeddable, template, copyable or historyOpen")
        return self


@router.post("/boards", dependencies=[Depends(counted_board)])
async def create(
    request: Request,
    viewer: CurrentViewer,
    board: Annotated[NewBoard, Depends(body_of(NewBoard))],
    operation_id: OperationId,
    store: StoreDep,
) -> Response:
    made = await store.create_board(viewer, board.title, operation_id)
    path = f"/boards/{made.id}"
    answer = {"id": made.id, "title": board.title, "url": public_origin(request) + path}
    return done(request, Json(answer, 201, {"Location": path}), then=path)


@router.get("/boards/{board_id}.json")
async def document(request: Request, board: AnyMoment, viewer: MaybeViewer, source: BoardSource) -> Response:
    access = board.access
    head = {"id": board.board_id, "title": access.title, "ts": str(board.ts), "role": access.role_of(viewer)}
    made = listed({**head, "source": source}, await board.view.json())
    if board.moment is None:
        return StreamingResponse(while_admitted(made, board, viewer), media_type="application/json")
    return download(request, board, viewer, f"{head['role']}.json", "application/json", made)


@router.get("/boards/{board_id}")
async def show(request: Request, board: PageOfAnyMoment, viewer: Visitor, source: BoardSource) -> Response:
    if wants(request) == "json":
        return await document(request, level(board), viewer, source)
    template = "boards/show.html" if board.moment is None else "boards/moment.html"
    return await board_page(request, template, board, viewer, source)


@router.patch("/boards/{board_id}", dependencies=[Depends(counted_edit)])
async def update(
    request: Request,
    board: EditableBoard,
    viewer: CurrentViewer,
    patch: Annotated[BoardPatch, Depends(body_of(BoardPatch))],
    operation_id: OperationId,
    store: StoreDep,
) -> Response:
    fields = patch.model_dump(exclude_none=True, exclude={"base"})
    base = {"base": patch.base} if patch.base and patch.title else {}
    replaced = await store.update_board(viewer, board.board_id, operation_id, **fields, **base)
    await soon(lambda: all(getattr(board.access, name) == value for name, value in fields.items()))
    now = board.access.settings() | fields | ({"replaced": replaced} if replaced else {})
    then = then_of(board, fields)
    header = {"X-Easel-Replaced": quote(replaced)} if replaced else {}
    return done(request, Json({"id": board.board_id} | now), then=then, htmx=Response(None, 204, header))


@router.delete("/boards/{board_id}", dependencies=[Depends(counted_edit)])
async def remove(
    request: Request, board: OwnedBoard, viewer: CurrentViewer, operation_id: OperationId, store: StoreDep
) -> Response:
    await store.remove_board(viewer, board.board_id, operation_id)
    await soon(lambda: board.closed)
    return done(request, Response(status_code=204), then="/boards", htmx=Response())


def then_of(board: Hub, fields: dict[str, Any]) -> str:
    """Where a form was sent from that sets these."""
    if "template" in fields:
        return "/boards?section=templates"
    return f"/boards/{board.board_id}" + ("" if "title" in fields else "/members")


async def listed(head: dict[str, Any], shapes: list[bytes]) -> AsyncIterator[bytes]:
    """One JSON object of these fields and the shapes, in pieces."""
    yield orjson.dumps(head)[:-1] + b',"shapes":'
    for piece in shapes:
        yield piece
    yield b"}"
