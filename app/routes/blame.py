"""Who drew what: for people who may see the board's history."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict
from starlette.responses import Response

from app.convex.blame import Author, Touch
from app.deps.boards import HistoryBoard
from app.deps.parts import BlameDep
from app.deps.people import CurrentViewer
from app.hub.authors import LAST_TS, Work, by_author
from app.hub.presence.people import Face
from app.pictures.wanted import listed_ids
from app.web.answers import Json

router = APIRouter(prefix="/boards/{board_id}/authors")
NAMELESS = "Somebody"  # whose last shape went while this was answered


class Chosen(BaseModel):
    model_config = ConfigDict(extra="forbid")

    shapes: Annotated[list[str], BeforeValidator(listed_ids)]


@router.get("")
async def index(
    board: HistoryBoard, viewer: CurrentViewer, blame: BlameDep, after: Annotated[int, Query(ge=0, le=LAST_TS)] = 0
) -> Response:
    ts, works = board.ts, await by_author(board.view.unordered(), after)
    makers = await blame.makers(viewer, board.board_id, [work.some for work in works.values()])
    return Json({"ts": str(ts), "people": [described(user, work, makers) for user, work in works.items()]})


@router.get("/last")
async def last(
    board: HistoryBoard, viewer: CurrentViewer, blame: BlameDep, chosen: Annotated[Chosen, Query()]
) -> Response:
    there = [shape for id in chosen.shapes if (shape := board.view.find(id))]
    works = await by_author(there, LAST_TS)
    makers = await blame.makers(viewer, board.board_id, [work.some for work in works.values()])
    newest = max(there, key=lambda shape: shape.ts, default=None)
    made, changed = await blame.shape(viewer, board.board_id, newest.id) if newest else (None, None)
    touched = {"made": when(made), "changed": when(changed)} if len(there) == 1 else {"changed": when(changed or made)}
    people = [described(user, work, makers) for user, work in works.items()]
    return Json({"total": len(there), "people": people, **touched})


def described(user: str, work: Work, makers: dict[str, Author]) -> dict[str, Any]:
    author = makers.get(user) or Author(user, "", NAMELESS)
    return {**face(author), "author": user, "count": work.count, "shapes": work.recent}


def when(touch: Touch | None) -> dict[str, Any] | None:
    return {**face(touch.by), "at": touch.at} if touch else None


def face(author: Author) -> dict[str, Any]:
    """As presence shows a person: the same id and colour."""
    return Face(author.name, author.person).wire()
