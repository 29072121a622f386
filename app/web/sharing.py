"""Who may do what on a board, as people see and change it: a panel in the board's dialog, and a page without script."""

from starlette.requests import Request
from starlette.responses import Response

from app.auth import Viewer
from app.convex.hooks import Hooks
from app.convex.records import Others
from app.convex.sharing import Sharing
from app.hub import Hub
from app.parts import parts
from app.settings import Settings
from app.wants import wants
from app.web.pages import page


async def panel(
    request: Request,
    board: Hub,
    viewer: Viewer,
    sharing: Sharing,
    *,
    new: str = "",
    new_hook: str = "",
    status: int = 200,
) -> Response:
    """The panel as it is now for this person. `new` and `new_hook` are addresses that are shown this once.

    Who came by the link is told, in the dialog, who may open it, and nothing of the people.
    """
    inside = board.access.member(viewer) or wants(request) != "htmx"
    members = await sharing.members(viewer, board.board_id) if inside else []
    owner = any(member.you and member.role == "owner" for member in members)
    invites = await sharing.invites(viewer, board.board_id) if owner else []
    hooks = await parts(request)[Hooks].list(viewer, board.board_id) if owner else []
    others = await sharing.others(viewer, board.board_id) if owner else Others([], [], [])
    about = {"id": board.board_id, **board.access.settings()}
    template = "boards/panel.html" if wants(request) == "htmx" else "boards/sharing.html"
    frames = parts(request)[Settings].frame_ancestors
    shown = {"board": about, "members": members, "owner": owner, "others": others, "invites": invites, "new": new}
    shown |= {"hooks": hooks, "new_hook": new_hook}
    return page(request, template, status, viewer=viewer, frames=frames, **shown)
