"""A board as a page: by itself, or in a frame of another page."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.auth import Viewer
from app.convex.list_records import Source
from app.hub import Hub
from app.parts import parts
from app.settings import Settings
from app.web.pages import long_page


async def board_page(
    request: Request, template: str, board: Hub, viewer: Viewer | None, source: Source | None = None
) -> Response:
    """The shapes first, `ts` after: the page is no older than it says."""
    frames = parts(request)[Settings].frame_ancestors
    large = board.view.large  # shapes that a page may draw; 0: all
    pieces = await board.view.far_pieces() if large else await board.view.pieces()
    return long_page(request, template, pieces, frames=frames, source=source, **shown(board, viewer, large))


def shown(board: Hub, viewer: Viewer | None, large: int) -> dict[str, Any]:
    about = {"id": board.board_id, "ts": str(board.ts), "large": large, **board.access.settings()}
    remembers = viewer is not None and board.access.sees_history(viewer)
    who = {"viewer": viewer, "role": board.access.role_of(viewer), "member": board.access.member(viewer)}
    asking = list(board.access.asking.values()) if who["role"] == "owner" else []
    return {
        "board": about,
        "asking": asking,
        "remembers": remembers,
        **who,
        "view_box": board.view.box(),
        "people": board.people,
    }
