"""Whoever loses a board while it is drawn or written for them gets no more of it."""

from collections.abc import AsyncIterable, AsyncIterator
from typing import TypeVar

from starlette.requests import ClientDisconnect

from app.auth import Viewer
from app.errors import ClosedBoard
from app.hub.sheet import Sheet

Piece = TypeVar("Piece")


def lost(board: Sheet, viewer: Viewer | None) -> bool:
    return board.gone or board.access.role_of(viewer) is None


def require_admitted(board: Sheet, viewer: Viewer | None) -> None:
    """Raises ClosedBoard."""
    if lost(board, viewer):
        raise ClosedBoard(board.board_id)


async def while_admitted(pieces: AsyncIterable[Piece], board: Sheet, viewer: Viewer | None) -> AsyncIterator[Piece]:
    """Raises ClientDisconnect: only a connection that is cut says that an answer is not whole."""
    async for piece in pieces:
        if lost(board, viewer):
            raise ClientDisconnect()
        yield piece
