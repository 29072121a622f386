"""The files of a board: a page that lists them and says what they take, without script too."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.deps.boards import ReadableBoard
from app.deps.identifiers import ID, OperationId
from app.deps.parts import FilesDep
from app.deps.people import CurrentViewer, counted_edit
from app.errors import NotFound
from app.wants import wants
from app.web.answers import Json, done
from app.web.pages import page

router = APIRouter(prefix="/boards/{board_id}/files")


@router.get("")
async def index(
    request: Request,
    board: ReadableBoard,
    viewer: CurrentViewer,
    files: FilesDep,
    cursor: Annotated[str | None, Query(max_length=4096)] = None,
) -> Response:
    found = await files.list(viewer, board.board_id, cursor or None)
    if wants(request) == "json":
        return Json({"files": found.files, "cursor": found.cursor, "board": found.board, "you": found.you})
    about = {"id": board.board_id, "title": board.access.title}
    role = board.access.role_of(viewer)
    return page(request, "boards/files.html", viewer=viewer, board=about, role=role, found=found)


@router.delete("/{file}", dependencies=[Depends(counted_edit)])
async def remove(
    request: Request,
    board: ReadableBoard,
    viewer: CurrentViewer,
    file: str,
    files: FilesDep,
    operation_id: OperationId,
) -> Response:
    if not ID.fullmatch(file):
        raise NotFound()
    await files.remove(viewer, board.board_id, file, operation_id)
    return done(request, Response(status_code=204), then=f"/boards/{board.board_id}/files", htmx=Response())
