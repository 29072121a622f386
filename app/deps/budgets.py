"""Budgets of boards and of the process. A request counts against a board only if its sender may use the board."""

from fastapi import Request

from app.auth import Viewer
from app.deps.boards import editable_board, readable_board
from app.deps.parts import HubsDep
from app.deps.people import counted_change, counted_presence, current_viewer
from app.hub import Hub
from app.parts import parts
from app.web.budgets import Budgets
from app.web.limits import address


async def afforded_change(request: Request) -> tuple[Hub, Viewer]:
    """The board and the editor who sent the request. The bytes of the body count against the board's budgets.

    Convex counts the bytes of an undo.
    """
    await counted_change(request)
    board, viewer = await editable_board(request, request.path_params["board_id"]), await current_viewer(request)
    budgets = parts(request)[Budgets]
    budgets.change(viewer, address(request), board.board_id, len(await request.body()))
    return board, viewer


async def afforded_report(request: Request) -> tuple[Hub, Viewer]:
    """The board and the person who reports presence on it."""
    await counted_presence(request)
    board, viewer = await readable_board(request, request.path_params["board_id"]), await current_viewer(request)
    edits = board.access.role_of(viewer) in ("owner", "editor")
    budgets = parts(request)[Budgets]
    budgets.presence(viewer, address(request), board.board_id, len(await request.body()), edits, board.readers)
    return board, viewer


async def room_for_stream(hubs: HubsDep) -> None:
    hubs.streams.require_room()
