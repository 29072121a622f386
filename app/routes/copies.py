"""Copies of a board, as it is or was: new boards, for people who may change it, or whom its owner lets copy it."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.deps.identifiers import OperationId
from app.deps.parts import CopiesDep
from app.deps.people import CurrentViewer, counted_board, counted_import
from app.deps.sheets import CopyableMoment
from app.public_origin import public_origin
from app.web.answers import Json, done
from app.web.limits import address

router = APIRouter(dependencies=[Depends(counted_import), Depends(counted_board)])


@router.post("/boards/{board_id}/copies")
async def create(
    request: Request, board: CopyableMoment, viewer: CurrentViewer, operation_id: OperationId, copies: CopiesDep
) -> Response:
    id, title = await copies.make(viewer, address(request), board, operation_id)
    path = f"/boards/{id}"
    answer = {"id": id, "title": title, "url": public_origin(request) + path}
    duplicate = board.access.edits(viewer) and not board.access.template and board.moment is None
    return done(request, Json(answer, 201, {"Location": path}), then="/boards" if duplicate else path)
