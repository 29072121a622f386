"""What is on a board, as a list: for whoever does not see it, with JavaScript or without."""

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.deps.boards import LevelBoard
from app.deps.people import MaybeViewer
from app.outline import outline
from app.wants import wants
from app.web.answers import Json
from app.web.pages import page

router = APIRouter()


@router.get("/boards/{board_id}/outline")
async def show(request: Request, board: LevelBoard, viewer: MaybeViewer) -> Response:
    found = await asyncio.to_thread(outline, *await board.view.measured())  # 20,000 notes take 60 ms to sort
    if wants(request) == "json":
        return Json(found.json())
    template = "boards/listing.html" if wants(request) == "htmx" else "boards/outline.html"
    about = {"id": board.board_id, "title": board.access.title}
    return page(request, template, viewer=viewer, board=about, outline=found)
