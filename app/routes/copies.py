"""Copies of a board: new boards with the same drawing, for people who may change it, or whom its owner lets copy it."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.deps.boards import CopyableBoard, level
from app.deps.identifiers import OperationId
from app.deps.parts import CopiesDep
from app.deps.people import CurrentViewer, counted_board, counted_import
from app.public_origin import public_origin
from app.web.answers import Json, done
from app.web.limits import address

router = APIRouter(dependencies=[Depends(counted_import), Depends(counted_board)])


@router.post("/boards/{board_id}/copies")
async def create(
    request: Request, board: CopyableBoard, viewer: CurrentViewer, operation_id: OperationId, copies: CopiesDep
) -> Response:
    id, title = await copies.make(viewer, address(request), level(board), operation_id)
    path = f"/boards/{id}"
    answer = {"id": id, "title": title, "url": public_origin(request) + path}
    duplicate = board.access.edits(viewer) and not board.access.template
    return done(request, Json(answer, 201, {"Location": path}), then="/boards" if duplicate else path)
