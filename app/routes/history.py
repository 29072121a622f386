"""What people did on a board, and when: for whoever may see its history."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BeforeValidator
from starlette.responses import Response

from app.convex.history import LAST_TS
from app.deps.boards import HistoryBoard
from app.deps.parts import HistoryDep
from app.deps.people import CurrentViewer
from app.pictures.wanted import Ids
from app.shapes import Id
from app.text import unless_empty
from app.web.answers import Json
from app.web.history import Asked, looked_back

router = APIRouter(prefix="/boards/{board_id}")
LONGEST = 4_000  # characters of a cursor
Person = Annotated[Id | None, BeforeValidator(unless_empty), Query()]


@router.get("/history")
async def index(
    request: Request,
    board: HistoryBoard,
    viewer: CurrentViewer,
    by: Person = None,
    shapes: Annotated[Ids | None, Query()] = None,
    cursor: Annotated[str | None, Query(max_length=LONGEST)] = None,
) -> Response:
    return await looked_back(request, board, viewer, Asked(by, shapes, cursor))


@router.get("/history/log")
async def log(
    board: HistoryBoard, viewer: CurrentViewer, history: HistoryDep, after: Annotated[int, Query(ge=0, le=LAST_TS)] = 0
) -> Response:
    return Json(await history.log(viewer, board.board_id, after))
