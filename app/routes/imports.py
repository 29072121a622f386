"""Files from elsewhere: a new board from a file, or a file onto a board."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.deps.boards import EditableBoard
from app.deps.identifiers import OperationId
from app.deps.parts import ArrivalsDep
from app.deps.people import CurrentViewer, counted_board, counted_import
from app.errors import BoardFull
from app.exchange.opening import Opened
from app.hub import Hub
from app.public_origin import public_origin
from app.shapes import MAX_SHAPES
from app.wants import wants
from app.web.answers import Json, done
from app.web.arriving import NewFile
from app.web.limits import address
from app.web.there import there

router = APIRouter(prefix="/boards", dependencies=[Depends(counted_import)])


@router.post("/import", dependencies=[Depends(counted_board)])
async def create(
    request: Request, viewer: CurrentViewer, file: NewFile, operation_id: OperationId, arrivals: ArrivalsDep
) -> Response:
    where = address(request)
    opening = arrivals.open(file.spool.file, operation_id, viewer, where, how=file.where.how)
    async with there(request, opening) as opened:
        title = file.title(opened.title)
        made = await arrivals.to_new_board(viewer, where, title, opened, operation_id)
    path = f"/boards/{made.board}"
    about = {"id": made.board, "title": title, "url": public_origin(request) + path}
    answer = Json(about | made.json(), 201, {"Location": path})
    return done(request, answer, then=path) if form(request) else answer


@router.post("/{board_id}/import")
async def add(
    request: Request,
    board: EditableBoard,
    viewer: CurrentViewer,
    file: NewFile,
    operation_id: OperationId,
    arrivals: ArrivalsDep,
) -> Response:
    where, seed = address(request), f"{board.board_id} {operation_id}"
    opening = arrivals.open(file.spool.file, seed, viewer, where, file.where.at, file.where.how)
    async with there(request, opening) as opened:
        require_room(board, opened)
        made = await arrivals.to_board(viewer, where, board.board_id, opened)
    answer = Json(made.json(), 201)
    return done(request, answer, then=f"/boards/{board.board_id}") if form(request) else answer


def require_room(board: Hub, opened: Opened) -> None:
    """Raises BoardFull before anything is put."""
    if len(board.view.shapes()) + opened.shapes > MAX_SHAPES:
        raise BoardFull(
            f"The board holds {MAX_SHAPES:,} shapes: there is no room for {opened.shapes:,} more.", limit=MAX_SHAPES
        )


def form(request: Request) -> bool:
    """Whether it came from a page: curl sends the body of a file with the type of a form."""
    return wants(request) != "json"
