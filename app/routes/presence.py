"""Being on a board, and pointing at something there."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.deps import CurrentViewer, ReadableBoard
from app.shapes import Coordinate
from app.web.body import body_of

router = APIRouter()


class PresenceIn(BaseModel):
    """`cursor` is [x, y] in board px. Cursors are not told to anybody yet."""

    model_config = ConfigDict(extra="forbid", strict=True)

    cursor: Annotated[list[Coordinate], Field(min_length=2, max_length=2)] | None = None


@router.post("/boards/{board_id}/presence")
async def report(
    board: ReadableBoard,
    _viewer: CurrentViewer,
    _presence: Annotated[PresenceIn, Depends(body_of(PresenceIn))],
) -> Response:
    board.touch()
    return Response(status_code=204)
