"""Since you were here: up to where a person has seen a board, and what others have changed since."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.convex.last_seen import Missed
from app.deps.boards import ReadableBoard
from app.deps.parts import LastSeenDep
from app.deps.people import CurrentViewer, MaybeViewer, counted_edit
from app.hub.presence.people import Face
from app.web.answers import Json
from app.web.body import body_of

router = APIRouter(prefix="/boards/{board_id}/seen")


class Seen(BaseModel):
    """The ts of the last change that the person's page showed."""

    model_config = ConfigDict(extra="forbid", strict=True)

    ts: Annotated[str, Field(pattern=r"^[0-9]{1,18}$|^[1-8][0-9]{18}$")]


@router.post("", dependencies=[Depends(counted_edit)])
async def note(
    board: ReadableBoard, viewer: CurrentViewer, last_seen: LastSeenDep, seen: Annotated[Seen, Depends(body_of(Seen))]
) -> Response:
    await last_seen.note(viewer, board.board_id, int(seen.ts))
    return Response(status_code=204)


@router.get("")
async def show(board: ReadableBoard, viewer: MaybeViewer, last_seen: LastSeenDep) -> Response:
    missed = await last_seen.since(viewer, board.board_id) if viewer else None
    return Json(described(missed) if missed else {})


def described(missed: Missed) -> dict[str, Any]:
    faces = {author.user: Face(author.name, author.person).wire() for author in missed.people}
    shapes = [{"id": id, "by": faces[by]["id"] if by in faces else None} for id, by in missed.shapes]
    counts = {"count": missed.count, "removed": missed.removed, "more": missed.more}
    return {"since": str(missed.since), "people": list(faces.values()), "shapes": shapes, **counts}
