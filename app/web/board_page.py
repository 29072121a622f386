"""A board as a page: by itself, or in a frame of another page."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from app.auth import Viewer
from app.convex.list_records import Source
from app.history.days import clock
from app.hub.sheet import Sheet
from app.parts import parts
from app.settings import Settings
from app.web.pages import long_page
from app.web.zone import zone_of


async def board_page(
    request: Request, template: str, board: Sheet, viewer: Viewer | None, source: Source | None = None
) -> Response:
    """The shapes first, `ts` after: the page is no older than it says."""
    frames = parts(request)[Settings].frame_ancestors
    large = board.view.large  # shapes that a page may draw; 0: all
    pieces = await board.view.far_pieces() if large else await board.view.pieces()
    then = None if board.moment is None else then_of(board.moment, zone_of(request))
    about = shown(board, viewer, large)
    return long_page(request, template, pieces, frames=frames, source=source, then=then, **about)


@dataclass(frozen=True)
class Then:
    """The time of a moment, as the reader's clock has it."""

    words: str
    iso: str


def then_of(ts: int, zone: ZoneInfo) -> Then | None:
    """None before the first change."""
    at = clock(ts, zone)
    return Then(f"{at:%-d %B %Y, %H:%M}", at.isoformat()) if ts else None


def shown(board: Sheet, viewer: Viewer | None, large: int) -> dict[str, Any]:
    """Nobody changes a board as it was: there everybody has the role of a viewer."""
    moment = None if board.moment is None else str(board.moment)
    about = {"id": board.board_id, "ts": str(board.ts), "moment": moment, "large": large, **board.access.settings()}
    role = board.access.role_of(viewer)
    asking = list(board.access.asking.values()) if role == "owner" else []
    return {
        "board": about,
        "at": f"?at={moment}" if moment else "",
        "asking": asking,
        "remembers": viewer is not None and board.access.sees_history(viewer),
        "viewer": viewer,
        "role": role if moment is None else "viewer",
        "edits": board.access.edits(viewer),
        "member": board.access.member(viewer),
        "view_box": board.view.box(),
        "people": board.people,
    }
