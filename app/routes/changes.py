"""Changes: what people draw, in; the log of it, out; and one's own taken back."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app.convex.records import LogPage, Reverted
from app.deps import (
    LAGGING,
    CurrentViewer,
    EditableBoard,
    MaybeViewer,
    ReadableBoard,
    StoreDep,
    afforded_change,
    counted_change,
)
from app.errors import BoardFull, Unavailable
from app.hub import Hub
from app.hub.change import Change, restored_ids
from app.shapes import MAX_SHAPES, ChangeIn, Id
from app.web.answers import Json, done
from app.web.body import body_of

router = APIRouter(prefix="/boards/{board_id}")
LAST_TS = 2**63 - 1


class ReversalIn(BaseModel):
    """The id of the change that an undo or redo makes, by which a repeat of it is known.

    It continues the one whose answer said that there was more of the gesture.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    changeId: Id
    continues: Id | None = None


NewChange = Annotated[ChangeIn, Depends(body_of(ChangeIn, form_field="change"))]
Reversal = Annotated[ReversalIn, Depends(body_of(ReversalIn))]


@router.post("/changes", dependencies=[Depends(counted_change), Depends(afforded_change)])
async def commit(
    request: Request, board: EditableBoard, viewer: CurrentViewer, change: NewChange, store: StoreDep
) -> Response:
    if board.full and change.put:
        raise BoardFull(f"The board holds {MAX_SHAPES} shapes, and no more.", limit=MAX_SHAPES)
    result = await store.commit(viewer, board.board_id, change, board.view.loosened(change.remove, change.touched))
    answer = {"changeId": change.changeId, "ts": str(result.ts)}
    return done(request, Json(answer, 200 if result.repeated else 201), then=f"/boards/{board.board_id}")


@router.post("/undo", dependencies=[Depends(counted_change), Depends(afforded_change)])
async def undo(
    request: Request, board: EditableBoard, viewer: CurrentViewer, new: Reversal, store: StoreDep
) -> Response:
    return reverted(request, new, board, await store.undo(viewer, board.board_id, new.changeId, new.continues))


@router.post("/redo", dependencies=[Depends(counted_change), Depends(afforded_change)])
async def redo(
    request: Request, board: EditableBoard, viewer: CurrentViewer, new: Reversal, store: StoreDep
) -> Response:
    return reverted(request, new, board, await store.redo(viewer, board.board_id, new.changeId, new.continues))


@router.get("/changes")
async def index(
    board: ReadableBoard,
    viewer: MaybeViewer,
    store: StoreDep,
    after: Annotated[int, Query(ge=0, le=LAST_TS)] = 0,
) -> Response:
    log = await store.changes(viewer, board.board_id, after)
    # What was restored is told from the hub, which hears of it a little later.
    if log.rows and not await board.reach(log.rows[-1]["ts"]) and restored_ids(log.rows):
        raise Unavailable(LAGGING, retry_after=1)
    changes = [await change.written() for change in told(log, board)]
    return Json({"changes": changes, "next": str(log.rows[-1]["ts"]) if log.more else None})


def told(log: LogPage, board: Hub) -> Iterator[Change]:
    """The log's rows. A shape that was restored is told as the board has it now: no older than the row, so harmless."""
    live = {id: shape for id in restored_ids(log.rows) if (shape := board.view.find(id))}
    return (Change.from_wire(row, live) for row in log.rows)


def reverted(request: Request, new: ReversalIn, board: Hub, result: Reverted | None) -> Response:
    if result is None:
        return done(request, Json({}), then=f"/boards/{board.board_id}")
    more = {"more": True} if result.more else {}
    answer = {"changeId": new.changeId, "ts": str(result.ts), "undoes": result.undoes, "kept": result.kept, **more}
    return done(request, Json(answer, 200 if result.repeated else 201), then=f"/boards/{board.board_id}")
