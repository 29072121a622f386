"""Boards as files to keep: Easel's own form, Excalidraw's, and words."""

from collections.abc import AsyncIterator

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.apart import apart
from app.deps.parts import FilesDep
from app.deps.people import MaybeViewer, counted_export
from app.deps.sheets import AnyMoment
from app.exchange.writing.easel import easel
from app.exchange.writing.excalidraw import excalidraw
from app.exchange.writing.markdown import markdown
from app.hub.sheet import Sheet
from app.public_origin import public_origin
from app.web.download import download

router = APIRouter(prefix="/boards", dependencies=[Depends(counted_export)])


@router.get("/{board_id}.easel.json")
async def as_easel(request: Request, board: AnyMoment, viewer: MaybeViewer, files: FilesDep) -> Response:
    view = board.view
    pieces = easel(board.access.title, view.shapes(), view.find, files, board.board_id)
    return download(request, board, viewer, "easel.json", "application/json", pieces)


@router.get("/{board_id}.excalidraw")
async def as_excalidraw(request: Request, board: AnyMoment, viewer: MaybeViewer, files: FilesDep) -> Response:
    view = board.view
    pieces = excalidraw(public_origin(request), view.shapes(), view.find, files, board.board_id)
    return download(request, board, viewer, "excalidraw", "application/json", pieces)


@router.get("/{board_id}.md")
async def as_markdown(request: Request, board: AnyMoment, viewer: MaybeViewer) -> Response:
    return download(request, board, viewer, "md", "text/markdown", words(board))


async def words(board: Sheet) -> AsyncIterator[bytes]:
    measured = await board.view.measured()
    yield await apart(lambda: markdown(board.access.title, *measured).encode())
