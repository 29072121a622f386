"""The list of boards: its sections, stars, and what is done to several boards at once."""

import re
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.convex.cards import Sort
from app.convex.list_records import BoardPage, TrashPage
from app.convex.selected import Action
from app.deps.boards import ReadableBoard
from app.deps.identifiers import OperationId
from app.deps.parts import CardsDep, SelectedDep, TemplatesDep, TrashDep
from app.deps.people import CurrentViewer, counted_edit
from app.text import Search
from app.wants import wants
from app.web.answers import Json, done
from app.web.body import body_of
from app.web.pages import page
from app.web.views import View, view_of

router = APIRouter()
MAX_SELECTED = 50  # boards of one request
LIST = re.compile(r"https?://[^/?#]*/boards\?([^#]+)")


class Wanted(BaseModel):
    """What the page of boards is asked for. `view` is remembered."""

    section: Literal["recent", "mine", "shared", "starred", "templates", "trash"] = "recent"
    sort: Sort = "opened"
    q: Search = ""
    cursor: Annotated[str | None, Field(max_length=4096)] = None
    view: View | None = None

    def link(self, **changes: str) -> str:
        """The address of another page of boards."""
        asked = self.model_copy(update={"cursor": None, "view": None} | changes)
        query = urlencode(asked.model_dump(exclude_defaults=True))
        return f"/boards?{query}" if query else "/boards"


Boards = Annotated[list[str], Field(min_length=1, max_length=MAX_SELECTED)]


class Selected(BaseModel):
    model_config = ConfigDict(extra="forbid")

    boards: Boards
    action: Action


@router.get("/boards")
async def index(
    request: Request,
    viewer: CurrentViewer,
    wanted: Annotated[Wanted, Query()],
    cards: CardsDep,
    trash: TrashDep,
    templates: TemplatesDep,
) -> Response:
    section, sort, q, cursor = wanted.section, wanted.sort, wanted.q, wanted.cursor or None
    found: BoardPage | TrashPage
    if section == "trash":
        found = await trash.boards(viewer, cursor)
    else:
        found = await cards.page(viewer, section, sort, cursor, q)
    if wants(request) == "json":
        return Json({"boards": found.boards, "cursor": found.cursor})
    asked_for = section == "templates" or (section == "recent" and q and cursor is None)
    view, shipped = view_of(request, wanted.view), templates.named(q) if asked_for else ()
    return page(request, "boards/index.html", viewer=viewer, found=found, wanted=wanted, view=view, shipped=shipped)


@router.get("/boards/selected")
async def some(viewer: CurrentViewer, boards: Annotated[Boards, Query()], cards: CardsDep) -> Response:
    """As the list has them now; without those that are not in it any more."""
    return Json({"boards": await cards.some(viewer, boards)})


@router.post("/boards/selected", dependencies=[Depends(counted_edit)])
async def act(
    request: Request,
    viewer: CurrentViewer,
    wanted: Annotated[Selected, Depends(body_of(Selected))],
    operation_id: OperationId,
    selected: SelectedDep,
) -> Response:
    answer = Json(await selected.act(viewer, wanted.boards, wanted.action, operation_id))
    return done(request, answer, then=list_before(request), htmx=answer)


def list_before(request: Request) -> str:
    """The section that a form was sent from."""
    before = LIST.match(request.headers.get("referer", ""))
    return f"/boards?{before[1]}" if before else "/boards"


@router.api_route("/boards/{board_id}/star", methods=["POST", "DELETE"], dependencies=[Depends(counted_edit)])
async def star(
    request: Request, board: ReadableBoard, viewer: CurrentViewer, operation_id: OperationId, cards: CardsDep
) -> Response:
    await cards.star(viewer, board.board_id, request.method == "POST", operation_id)
    return done(request, Response(status_code=204), then="/boards", htmx=Response(status_code=204))
