"""The trash: boards restored from it, or deleted for good. The list of boards shows it as a section."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.deps.identifiers import ID, OperationId
from app.deps.parts import TrashDep
from app.deps.people import CurrentViewer, counted_edit
from app.errors import NotFound
from app.web.answers import Json, done

router = APIRouter(prefix="/trash/{board_id}", dependencies=[Depends(counted_edit)])


async def trashed(board_id: str) -> str:
    """An id that may be a board's. Whose it is, and whether it is in the trash, Convex knows."""
    if not ID.fullmatch(board_id):
        raise NotFound()
    return board_id


@router.post("/restore", dependencies=[Depends(trashed)])
async def restore(
    request: Request, board_id: str, viewer: CurrentViewer, operation_id: OperationId, trash: TrashDep
) -> Response:
    await trash.restore(viewer, board_id, operation_id)
    return done(request, Json({"id": board_id}), then=f"/boards/{board_id}", htmx=Response())


@router.delete("", dependencies=[Depends(trashed)])
async def remove(
    request: Request, board_id: str, viewer: CurrentViewer, operation_id: OperationId, trash: TrashDep
) -> Response:
    await trash.remove(viewer, board_id, operation_id)
    return done(request, Response(status_code=204), then="/boards?section=trash", htmx=Response())
