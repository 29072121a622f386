"""Who may do what on a board, as people see and change it: a panel in the board's dialog, and a page without script."""

from starlette.requests import Request
from starlette.responses import Response

from app.auth import Viewer
from app.hub import Hub
from app.store import Store
from app.web.pages import page
from app.web.wants import wants


async def panel(
    request: Request, board: Hub, viewer: Viewer, store: Store, *, new: str = "", status: int = 200
) -> Response:
    """The panel as it is now for this member. `new` is the address of an invitation, which is shown this once."""
    members = await store.members(viewer, board.board_id)
    me = next(member for member in members if member.you)
    invites = await store.invites(viewer, board.board_id) if me.role == "owner" else []
    about = {"id": board.board_id, **board.access.settings()}
    template = "boards/panel.html" if wants(request) == "htmx" else "boards/sharing.html"
    shown = {"board": about, "members": members, "me": me, "invites": invites, "new": new}
    return page(request, template, status, viewer=viewer, **shown)
