"""Who came to a board by its link: told to the deployment, so that the owner sees them in Share."""

import time
from collections import OrderedDict
from contextlib import suppress

from app.auth import Viewer
from app.convex.sharing import Sharing
from app.errors import EaselError
from app.hub import Hub

AGAIN = 3600.0  # s until the same person on the same board is told again
REMEMBERED = 10_000  # people on boards


class Visits:
    """Told before a person reads the stream or draws, so that whoever is seen is in the list."""

    def __init__(self, sharing: Sharing) -> None:
        self._sharing = sharing
        self._told: OrderedDict[tuple[str, str], float] = OrderedDict()

    async def note(self, board: Hub, viewer: Viewer | None) -> None:
        """Raises nothing: a list that lacks a name keeps nobody from the board."""
        if viewer is None:
            return
        visit, now = (board.board_id, viewer.identifier), time.monotonic()
        if board.access.member(viewer):
            self._told.pop(visit, None)
        elif now - self._told.get(visit, -AGAIN) >= AGAIN:
            with suppress(EaselError):
                await self._sharing.visit(viewer, board.board_id)
                self._told[visit] = now
                self._told.move_to_end(visit)
                if len(self._told) > REMEMBERED:
                    self._told.popitem(last=False)
