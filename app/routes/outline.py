"""What is on a board, as a list: for whoever does not see it, with JavaScript or without."""

from functools import partial

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.apart import apart
from app.deps.people import MaybeViewer
from app.deps.sheets import AnyMoment
from app.outline import outline
from app.wants import wants
from app.web.answers import Json
from app.web.pages import page

router = APIRouter()


@router.get("/boards/{board_id}/outline")
async def show(request: Request, board: AnyMoment, viewer: MaybeViewer) -> Response:
    found = await apart(partial(outline, *await board.view.measured()))
    if wants(request) == "json":
        return Json(found.json())
    template = "boards/listing.html" if wants(request) == "htmx" else "boards/outline.html"
    about = {"id": board.board_id, "title": board.access.title}
    return page(request, template, viewer=viewer, board=about, outline=found)
