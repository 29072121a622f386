"""Who opened a board: told to the deployment, for their own list and for the owner's list of visitors in Share."""

import asyncio
import time
from collections import OrderedDict
from contextlib import suppress

from app.auth import Viewer
from app.convex.sharing import Sharing
from app.errors import EaselError
from app.hub import Hub

AGAIN = 3600.0  # s until the same visitor by link is told again while they have the board open
OPENED = 60.0  # s until it is told again that the same person has opened the same board
REMEMBERED = 10_000  # people on boards


class Visits:
    """Visitors by link are told before they read the stream or draw, so that whoever is seen is in the list."""

    def __init__(self, sharing: Sharing) -> None:
        self._sharing = sharing
        self._told: OrderedDict[tuple[str, str, bool], float] = OrderedDict()
        self._telling: set[asyncio.Task[None]] = set()

    async def note(self, board: Hub, viewer: Viewer | None) -> None:
        """Raises nothing: a list that lacks a name keeps nobody from the board."""
        if viewer and not board.access.member(viewer):
            await self._tell(board, viewer, AGAIN)

    def opened(self, board: Hub, viewer: Viewer | None) -> None:
        """Their page does not wait for it."""
        if viewer:
            task = asyncio.create_task(self._tell(board, viewer, OPENED), name=f"opened {board.board_id}")
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def _tell(self, board: Hub, viewer: Viewer, again: float) -> None:
        # A member who leaves and comes back by the link is a new visitor.
        visit, now = (board.board_id, viewer.identifier, board.access.member(viewer) is not None), time.monotonic()
        if now - self._told.get(visit, -AGAIN) < again:
            return
        with suppress(EaselError):
            await self._sharing.visit(viewer, board.board_id)
            self._told[visit] = now
            self._told.move_to_end(visit)
            if len(self._told) > REMEMBERED:
                self._told.popitem(last=False)
