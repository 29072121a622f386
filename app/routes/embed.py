"""A board inside another page: the canvas, and nothing that belongs to its owner."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.deps.boards import ShownBoard
from app.deps.parts import SettingsDep
from app.deps.people import MaybeViewer
from app.web.board_page import board_page

router = APIRouter()


@router.get("/boards/{board_id}/embed")
async def show(request: Request, board: ShownBoard, viewer: MaybeViewer, settings: SettingsDep) -> Response:
    """A stranger stays one: in a frame on another site no browser sends or keeps the session's cookie."""
    if board.access.embeddable and settings.frame_ancestors:
        request.state.frame_ancestors = settings.frame_ancestors
    return await board_page(request, "boards/embed.html", board, viewer)
