"""The timer of a board: everybody there sees it, and editors set it."""

import time
from typing import Annotated, Self

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.responses import Response

from app.deps.boards import EditableBoard, ReadableBoard
from app.deps.identifiers import OperationId
from app.deps.parts import TimersDep
from app.deps.people import CurrentViewer, counted_edit
from app.timer import Timer
from app.web.answers import Json
from app.web.body import body_of

router = APIRouter(prefix="/boards/{board_id}/timer")
Seconds = Annotated[int, Field(ge=1, le=24 * 60 * 60)]


class NewTimer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    seconds: Seconds


class TimerPatch(BaseModel):
    """`add` is in s."""

    model_config = ConfigDict(extra="forbid", strict=True)

    paused: bool | None = None
    add: Seconds | None = None

    @model_validator(mode="after")
    def _sets_something(self) -> Self:
        if self.paused is None and self.add is None:
            raise ValueError("set paused or add")
        return self


@router.get("")
async def show(board: ReadableBoard) -> Response:
    return told(board.timer)


@router.put("", dependencies=[Depends(counted_edit)])
async def start(
    board: EditableBoard,
    viewer: CurrentViewer,
    timers: TimersDep,
    operation_id: OperationId,
    timer: Annotated[NewTimer, Depends(body_of(NewTimer))],
) -> Response:
    return told(await timers.start(viewer, board.board_id, operation_id, timer.seconds))


@router.patch("", dependencies=[Depends(counted_edit)])
async def change(
    board: EditableBoard,
    viewer: CurrentViewer,
    timers: TimersDep,
    operation_id: OperationId,
    patch: Annotated[TimerPatch, Depends(body_of(TimerPatch))],
) -> Response:
    fields = patch.model_dump(exclude_none=True)
    return told(await timers.change(viewer, board.board_id, operation_id, **fields))


@router.delete("", dependencies=[Depends(counted_edit)])
async def remove(board: EditableBoard, viewer: CurrentViewer, timers: TimersDep, operation_id: OperationId) -> Response:
    await timers.remove(viewer, board.board_id, operation_id)
    return Response(status_code=204)


def told(timer: Timer | None) -> Response:
    return Json({"timer": timer.wire(time.time()) if timer else None})
