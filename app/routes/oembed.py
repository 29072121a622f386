"""oEmbed: how another site shows a board of which it has the link (https://oembed.com)."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.deps.boards import readable_board
from app.deps.parts import SettingsDep
from app.drawing import render
from app.drawing.boxes import grown
from app.errors import ClosedBoard, NotFound, NotOffered
from app.hub import Hub
from app.hub.view import PADDING
from app.pictures.excerpt import EMPTY
from app.pictures.extent import extent
from app.pictures.wanted import Wanted
from app.public_origin import public_origin
from app.web.answers import Json

router = APIRouter()
PAGE = re.compile(r"/boards/([A-Za-z0-9_-]{1,64})(/embed)?(\?[^#]*)?(#.*)?")
WIDTH, HEIGHT = 800, 500  # px
KEPT = 3600  # s that others may keep the answer
Address = Annotated[str, Query(max_length=2048)]
Most = Annotated[int, Query(ge=1, le=100_000)]


async def linked_board(request: Request, url: Address, settings: SettingsDep) -> Hub:
    """The board with this address, if its link opens it and other pages may frame it: to strangers no other exists."""
    origin = public_origin(request)
    found = PAGE.fullmatch(url.removeprefix(origin)) if url.startswith(f"{origin}/") else None
    if found is None:
        raise NotFound(f"url is no board's address: {origin}/boards/...", field="url")
    board = await readable_board(request, found[1])
    if board.access.role_of(None) is None or not (board.access.embeddable and settings.frame_ancestors):
        raise ClosedBoard(board.board_id)
    return board


@router.get("/oembed")
async def show(
    request: Request,
    board: Annotated[Hub, Depends(linked_board)],
    maxwidth: Most = WIDTH,
    maxheight: Most = HEIGHT,
    format: str = "json",
) -> Response:
    if format != "json":
        raise NotOffered("format is json: Easel has no other form of oEmbed.", field="format")
    return Json(await described(board, public_origin(request), min(maxwidth, WIDTH), min(maxheight, HEIGHT)))


async def described(board: Hub, origin: str, width: int, height: int) -> dict[str, Any]:
    about, size = {"id": board.board_id, "title": board.access.title}, {"width": width, "height": height}
    code = render.page("boards/frame.html", public_origin=origin, board=about, **size)
    around = await board.view.bounds()
    wide, high, _ = extent(grown(around, PADDING) if around else EMPTY, Wanted())
    address = f"{origin}/boards/{board.board_id}.png?theme=light"
    picture = {"thumbnail_url": address, "thumbnail_width": wide, "thumbnail_height": high}
    easel = {"provider_name": "Easel", "provider_url": origin, "cache_age": KEPT}
    return {"version": "1.0", "type": "rich", "title": about["title"], "html": code} | size | picture | easel
