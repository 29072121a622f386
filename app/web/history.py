"""How people look back at a board: a list in the board's dialog, and a page for who has no script."""

import time
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.auth import Viewer
from app.convex.history import History
from app.convex.history_records import Sitting, SittingPage
from app.convex.versions import Versions
from app.history.days import days, within
from app.history.words import told
from app.hub import Hub
from app.parts import parts
from app.wants import wants
from app.web.answers import Json
from app.web.pages import page
from app.web.zone import zone_of


class Asked:
    """Whose history, of which shapes, and where the page begins."""

    def __init__(self, by: str | None = None, shapes: list[str] | None = None, cursor: str | None = None) -> None:
        self.by, self.shapes, self.cursor = by, shapes, cursor


async def looked_back(request: Request, board: Hub, viewer: Viewer, asked: Asked) -> Response:
    """A page of it, with the versions that have a name."""
    history, versions = parts(request)[History], parts(request)[Versions]
    found = await read(history, viewer, board.board_id, asked)
    named = []
    if not asked.shapes and not asked.by:
        all_named = await versions.list(viewer, board.board_id)
        named = within(all_named, found.sittings, asked.cursor, found.cursor is None)
    if wants(request) == "json":
        listed = {"sittings": [json_of(one) for one in found.sittings], "versions": [vars_of(one) for one in named]}
        return Json({**listed, "cursor": found.cursor, "level": found.level})
    more = asked.cursor is not None
    shown: dict[str, Any] = {"found": found, "asked": asked, "zone": str(zone := zone_of(request)), "more": more}
    shown["days"] = days(found.sittings, named, zone, time.time())
    shown["people"] = [] if more else await history.people(viewer, board.board_id)
    shown["names"] = board.access.edits(viewer)
    about = {"id": board.board_id, **board.access.settings()}
    template = "boards/sittings.html" if wants(request) == "htmx" else "boards/history.html"
    return page(request, template, viewer=viewer, board=about, **shown)


async def read(history: History, viewer: Viewer, board: str, asked: Asked) -> SittingPage:
    if asked.shapes:
        return await history.of_shapes(viewer, board, asked.shapes, asked.cursor)
    return await history.sittings(viewer, board, asked.cursor, asked.by)


def json_of(sitting: Sitting) -> dict[str, Any]:
    """A ts is a decimal string."""
    fields = asdict(sitting)
    start, end = fields.pop("start"), fields.pop("end")
    return {**fields, "from": str(start), "to": str(end), "words": told(sitting.deeds)}


def vars_of(version: Any) -> dict[str, Any]:
    return {**asdict(version), "ts": str(version.ts)}
