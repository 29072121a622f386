"""A board as it is now, or with `?at=` as it was after the change of that ts."""

from typing import Annotated

from fastapi import Depends, Request

from app.deps.boards import copyable_board, history_board, level, level_board, shown_board
from app.errors import Invalid
from app.history.moments import LAST_TS, Moments
from app.hub.sheet import Sheet
from app.parts import parts

NO_TS = f"at must be the ts of a moment: a whole number from 0 to {LAST_TS}."


async def any_moment(request: Request, board_id: str) -> Sheet:
    """For programs. Raises what `level_board` raises; for a moment also Forbidden, Invalid, Gone."""
    return await moment(request, board_id) or await level_board(request, board_id)


async def page_of_any_moment(request: Request, board_id: str) -> Sheet:
    """For people: a page says itself that it is stale."""
    return await moment(request, board_id) or await shown_board(request, board_id)


async def cells_of_any_moment(request: Request, board_id: str) -> Sheet:
    """For a page of a large board: `at` names its cells, so the moment is called `moment`."""
    return await moment(request, board_id, "moment") or await level_board(request, board_id)


async def copyable_moment(request: Request, board_id: str) -> Sheet:
    """What is to be copied. Raises what `copyable_board` and `any_moment` raise."""
    board = await copyable_board(request, board_id)
    return await moment(request, board_id) or level(board)


async def moment(request: Request, board_id: str, name: str = "at") -> Sheet | None:
    """None if none is asked for."""
    at = request.query_params.get(name)
    if at is None:
        return None
    board = await history_board(request, board_id)
    if not (at.isascii() and at.isdigit() and len(at) <= len(str(LAST_TS)) and int(at) <= LAST_TS):
        raise Invalid(NO_TS, field=name, limit=str(LAST_TS))
    return await parts(request)[Moments].at(board, int(at))


CopyableMoment = Annotated[Sheet, Depends(copyable_moment)]
AnyMoment = Annotated[Sheet, Depends(any_moment)]
PageOfAnyMoment = Annotated[Sheet, Depends(page_of_any_moment)]
CellsOfAnyMoment = Annotated[Sheet, Depends(cells_of_any_moment)]
