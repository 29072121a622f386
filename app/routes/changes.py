"""Changes: what people draw, in; the log of it, out; and one's own taken back."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from orjson import Fragment
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response
from starlette.routing import Route

from app.convex.history import FORGOTTEN
from app.convex.records import LogPage, Reverted
from app.convex.store import Store
from app.deps.boards import LAGGING, ReadableBoard
from app.deps.budgets import afforded_change
from app.deps.parts import StoreDep
from app.deps.people import MaybeViewer
from app.errors import BoardFull, Gone, Unavailable
from app.hub import Hub
from app.hub.change import Change, folded, restored_ids
from app.parts import parts
from app.shapes import MAX_SHAPES, ChangeIn, Find, Id
from app.web.answers import Json, done
from app.web.body import body_of

router = APIRouter(prefix="/boards/{board_id}")
LAST_TS = 2**63 - 1
MAX_FOLDED = 4 * 1024 * 1024  # characters of shapes


class ReversalIn(BaseModel):
    """The id of the change that an undo or redo makes, by which a repeat of it is known.

    It continues the one whose answer said that there was more of the gesture.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    changeId: Id
    continues: Id | None = None


new_change = body_of(ChangeIn, form_field="change")
reversal = body_of(ReversalIn)


async def commit(request: Request) -> Response:
    board, viewer = await afforded_change(request)
    change = await new_change(request)
    if board.full and change.put:
        raise BoardFull(f"The board holds {MAX_SHAPES} shapes, and no more.", limit=MAX_SHAPES)
    loosened = board.view.loosened(change.remove, change.touched)
    result = await parts(request)[Store].commit(viewer, board.board_id, change, loosened)
    answer = {"changeId": change.changeId, "ts": str(result.ts)}
    return done(request, Json(answer, 200 if result.repeated else 201), then=f"/boards/{board.board_id}")


async def undo(request: Request) -> Response:
    return await reverted(request, parts(request)[Store].undo)


async def redo(request: Request) -> Response:
    return await reverted(request, parts(request)[Store].redo)


async def unclear(request: Request) -> Response:
    return await reverted(request, parts(request)[Store].unclear)


async def reverted(request: Request, revert: Callable[..., Awaitable[Reverted | None]]) -> Response:
    board, viewer = await afforded_change(request)
    new = await reversal(request)
    result = await revert(viewer, board.board_id, new.changeId, new.continues)
    if result is None:
        return done(request, Json({}), then=f"/boards/{board.board_id}")
    answer = {"changeId": new.changeId, **result.wire()}
    return done(request, Json(answer, 200 if result.repeated else 201), then=f"/boards/{board.board_id}")


busy = [
    Route("/boards/{board_id}/changes", commit, methods=["POST"]),
    Route("/boards/{board_id}/undo", undo, methods=["POST"]),
    Route("/boards/{board_id}/redo", redo, methods=["POST"]),
    Route("/boards/{board_id}/unclear", unclear, methods=["POST"]),
]


@router.get("/changes")
async def index(
    board: ReadableBoard,
    viewer: MaybeViewer,
    store: StoreDep,
    after: Annotated[int, Query(ge=0, le=LAST_TS)] = 0,
) -> Response:
    past = board.access.sees_history(viewer)
    log = await store.changes(viewer if past else None, board.board_id, after)
    if after < log.folded:
        raise Gone(FORGOTTEN, field="after", limit=str(log.folded))
    changes, end = await (told if past else folds)(log, board)
    return Json({"changes": changes, "next": str(end) if end else None})


async def told(log: LogPage, board: Hub) -> tuple[list[Fragment], int | None]:
    """The log's rows, and where the next ones are.

    A shape that was restored is told as the board has it now: no older than the row, so harmless.
    """
    restored = restored_ids(log.rows)
    # What was restored is told from the hub, which hears of it a little later.
    if log.rows and not await board.reach(log.rows[-1]["ts"]) and restored:
        raise Unavailable(LAGGING, retry_after=1)
    live = {id: shape for id in restored if (shape := board.view.find(id))}
    changes = [await Change.from_wire(row, live).written() for row in log.rows]
    return changes, log.rows[-1]["ts"] if log.more else None


async def folds(log: LogPage, board: Hub) -> tuple[list[Fragment], int | None]:
    """What the rows come to by now, and where the next ones are."""
    if not log.rows:
        return [], None
    if not await board.reach(log.rows[-1]["ts"]):
        raise Unavailable(LAGGING, retry_after=1)
    find = board.view.find
    live = {id: shape for id in restored_ids(log.rows) if (shape := find(id))}
    changes = list(portion((Change.from_wire(row, live) for row in log.rows), find))
    more = log.more or len(changes) < len(log.rows)
    return [await folded(changes, find).written()], changes[-1].ts if more else None


def portion(changes: Iterable[Change], find: Find) -> Iterator[Change]:
    """The first of these changes, until the shapes that they have touched are too large for one answer."""
    seen: set[str] = set()
    size = 0
    for change in changes:
        yield change
        touched = [shape for id in change.touched if id not in seen and (shape := find(id))]
        seen.update(change.touched)
        size += sum(shape.characters for shape in touched)
        if size > MAX_FOLDED:
            return
