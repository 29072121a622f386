"""Pictures of boards, of all or a part of them, for whoever may see the board."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from app.convex.thumbnail_shelf import Theme
from app.deps.boards import SeenBoard
from app.deps.parts import FilesDep, HubsDep, PainterDep, PrinterDep, ThumbnailsDep, ThumbnailShelfDep
from app.deps.people import MaybeViewer, PictureTurn, ThumbnailTurn
from app.deps.sheets import AnyMoment
from app.pictures.drawn import svg
from app.pictures.tag import tag
from app.pictures.wanted import Wanted, WantedPages
from app.web.admitted import require_admitted, while_admitted
from app.web.download import filename, headers_of
from app.web.drawn import POLICY, Drawn
from app.web.limits import address
from app.web.thumbnail import CLEAR, headers

router = APIRouter()
Asked = Annotated[Wanted, Query()]


@router.get("/boards/{board_id}.png")
async def as_png(
    request: Request,
    board: AnyMoment,
    viewer: MaybeViewer,
    wanted: Asked,
    painter: PainterDep,
    turn: PictureTurn,
) -> Response:
    png = painter.png(board, wanted, address(request))
    return Drawn(request, tag(board, wanted), board, viewer, "image/png", turn, png)


@router.get("/boards/{board_id}.pdf")
async def as_pdf(
    request: Request,
    board: AnyMoment,
    viewer: MaybeViewer,
    wanted: Annotated[WantedPages, Query()],
    printer: PrinterDep,
    turn: PictureTurn,
) -> Response:
    pdf = printer.pdf(board, wanted, address(request))
    return Drawn(request, tag(board, wanted), board, viewer, "application/pdf", turn, pdf)


@router.get("/boards/{board_id}.svg")
async def as_svg(request: Request, board: AnyMoment, viewer: MaybeViewer, wanted: Asked, files: FilesDep) -> Response:
    etag = f'W/"{tag(board, wanted)}"'  # weak: it may come compressed
    about = (
        headers_of(board)
        | POLICY
        | {"ETag": etag, "Content-Disposition": f"inline; {filename(board.access.title, 'svg')}"}
    )
    if etag in request.headers.get("if-none-match", ""):
        return Response(None, 304, about)
    pieces = while_admitted(await svg(board, wanted, files), board, viewer)
    return StreamingResponse(pieces, headers=about, media_type="image/svg+xml")


@router.get("/boards/{board_id}/thumbnail")
async def thumbnail(
    request: Request,
    board: SeenBoard,
    viewer: MaybeViewer,
    hubs: HubsDep,
    thumbnails: ThumbnailsDep,
    shelf: ThumbnailShelfDep,
    turn: ThumbnailTurn,
    theme: Annotated[Theme, Query()] = "light",
    at: Annotated[int | None, Query(ge=0)] = None,
) -> Response:
    """`at` is anything that changes with the board: then browsers may keep the picture."""
    async with turn:
        found = await thumbnails.latest(board, viewer)
    if hub := hubs.get(board):  # it is open if this took a while
        require_admitted(hub, viewer)
    about = headers(found, theme, at is not None)
    if found.thumbnail and about["ETag"] in request.headers.get("if-none-match", ""):
        return Response(None, 304, about)
    picture = await shelf.read(found.thumbnail, theme) if found.thumbnail else CLEAR
    return Response(picture, headers=about, media_type="image/png")
