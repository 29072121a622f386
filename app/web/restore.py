"""What restoring a moment would do and has done, as a dialog of the board and as a page without script."""

import time
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.auth import Viewer
from app.convex.restores import Preview, Restore
from app.convex.store import new_operation_id
from app.history.since import moment
from app.hub import Hub
from app.wants import wants
from app.web.answers import Json
from app.web.kept import kept_shapes
from app.web.pages import page
from app.web.zone import zone_of


def offered(
    request: Request, board: Hub, viewer: Viewer, to: int, shapes: list[str] | None, found: Preview
) -> Response:
    if wants(request) == "json":
        return Json({"to": str(to), **vars(found)})
    asked = {"to": to, "shapes": shapes, "preview": found, "id": new_operation_id()}
    return shown_as(request, board, viewer, to, asked=asked)


def told(request: Request, board: Hub, viewer: Viewer, restore: Restore, status: int = 200) -> Response:
    if wants(request) == "json":
        return Json(restore.json(), status)
    kept = kept_shapes(board, restore.kept)
    return shown_as(request, board, viewer, restore.to, restore=restore, kept=kept)


def shown_as(request: Request, board: Hub, viewer: Viewer, to: int, **shown: Any) -> Response:
    template = "boards/restoring.html" if wants(request) == "htmx" else "boards/restore.html"
    about = {"id": board.board_id, "title": board.access.title}
    when = moment(to, zone_of(request), time.time()) if to else "the beginning"
    return page(request, template, viewer=viewer, board=about, when=when, **{"asked": None, "restore": None, **shown})
