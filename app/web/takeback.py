"""What the owner of a board may take back of one person's work, as a dialog and as a page without script."""

import time
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.auth import Viewer
from app.convex.history import History
from app.convex.history_records import Sitting
from app.convex.sharing import Sharing
from app.convex.store import new_operation_id
from app.convex.takebacks import Takeback
from app.errors import NotFound
from app.history.since import moment, since_each
from app.history.words import told as words
from app.hub import Hub
from app.wants import wants
from app.web.answers import Json
from app.web.kept import kept_shapes
from app.web.pages import page
from app.web.zone import zone_of

PAGES = 5  # of 20 sittings


@dataclass(frozen=True)
class Offer:
    """`choices`: all that the person did since each moment, the latest moment first. `there`: they may be removed."""

    user: str
    name: str
    there: bool
    choices: list[Sitting]

    def json(self) -> dict[str, Any]:
        choices = [
            {"since": str(one.start), "changes": one.changes, "deeds": [vars(deed) for deed in one.deeds]}
            for one in self.choices
        ]
        return {"user": self.user, "name": self.name, "choices": choices}


async def offer(board: Hub, viewer: Viewer, user: str, history: History, sharing: Sharing) -> Offer:
    """Raises NotFound for somebody who was never here."""
    sittings = await work(board, viewer, user, history)
    members, others = await sharing.members(viewer, board.board_id), await sharing.others(viewer, board.board_id)
    there = {one.user: one.name for one in members if not one.you} | {one.user: one.name for one in others.visitors}
    gone = {one.user: one.name for one in others.removed}
    name = there.get(user) or gone.get(user) or (sittings[0].name if sittings else None)
    if name is None:
        raise NotFound("Nobody who was on this board has this id.")
    return Offer(user, name, user in there, since_each(sittings))


async def work(board: Hub, viewer: Viewer, user: str, history: History) -> list[Sitting]:
    """What the person did, the latest first, up to a hundred times."""
    found: list[Sitting] = []
    cursor: str | None = None
    for _ in range(PAGES):
        read = await history.sittings(viewer, board.board_id, cursor, user)
        found += read.sittings
        if not (cursor := read.cursor):
            break
    return found


def offered(request: Request, board: Hub, viewer: Viewer, found: Offer, *, remove: bool) -> Response:
    if wants(request) == "json":
        return Json(found.json())
    ticked = remove and found.there
    return shown_as(request, board, viewer, offer=found, remove=ticked, id=new_operation_id())


def told(request: Request, board: Hub, viewer: Viewer, takeback: Takeback, status: int = 200) -> Response:
    if wants(request) == "json":
        return Json(takeback.json(), status)
    kept = kept_shapes(board, takeback.kept)
    return shown_as(request, board, viewer, takeback=takeback, kept=kept)


def shown_as(request: Request, board: Hub, viewer: Viewer, **shown: Any) -> Response:
    template = "boards/taking.html" if wants(request) == "htmx" else "boards/takeback.html"
    about = {"id": board.board_id, "title": board.access.title}
    zone, now = zone_of(request), time.time()
    tell = {"words": words, "since": lambda ts: moment(ts, zone, now)}
    return page(request, template, viewer=viewer, board=about, **{"offer": None, "takeback": None, **tell, **shown})
