"""Parts of a large board, as a page needs them: squares of the paper, near or from afar (app/hub/cells.py)."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import FailFast, Field
from starlette.responses import Response, StreamingResponse

from app.deps.boards import LevelBoard
from app.deps.sheets import CellsOfAnyMoment
from app.hub.cells import SIDE, Cell, in_cell
from app.web.answers import Json

router = APIRouter()
MOST = 64  # cells of one request
Places = Annotated[list[Annotated[str, Field(pattern=r"^-?\d{1,5},-?\d{1,5}$")]], FailFast(), Query(max_length=MOST)]


@router.get("/boards/{board_id}/cells")
async def index(board: CellsOfAnyMoment) -> Response:
    counts = [{"x": x, "y": y, "shapes": count} for x, y, count in (await board.view.cells()).counts()]
    return Json({"ts": str(board.ts), "side": SIDE, "cells": counts})


@router.get("/boards/{board_id}/ids")
async def ids(board: LevelBoard) -> Response:
    """What is selected when somebody selects all."""
    return Json({"ts": str(board.ts), "ids": await board.view.unlocked()})


@router.get("/boards/{board_id}/cells/near")
async def near(board: CellsOfAnyMoment, at: Places) -> Response:
    cells = await board.view.cells()

    async def elements(cell: Cell) -> str:
        return "".join(cells.elements(cell))

    return parts(board.ts, at, elements)


@router.get("/boards/{board_id}/cells/far")
async def far(board: CellsOfAnyMoment, at: Places) -> Response:
    cells = await board.view.cells()
    return parts(board.ts, at, cells.far)


def parts(ts: int, at: list[str], drawn: Callable[[Cell], Awaitable[str]]) -> Response:
    """One `<g data-cell>` a cell, once; a piece each, so that one which did not change is not compressed again."""

    async def pieces() -> AsyncIterator[bytes]:
        yield f'<svg xmlns="http://www.w3.org/2000/svg" data-ts="{ts}">'.encode()
        for place in dict.fromkeys(at):
            x, y = map(int, place.split(","))
            yield in_cell((x, y), await drawn((x, y))).encode()
        yield b"</svg>"

    return StreamingResponse(pieces(), media_type="image/svg+xml")
