"""How changes come from the log into the drawing, and to the readers."""

from app.hub.audience import Audience
from app.hub.board import Board
from app.hub.change import Change
from app.hub.log import PutBack
from app.hub.pacing import Pacing
from app.hub.presence import Presence
from app.hub.status import Status


class Delivery:
    """Keeps a loaded board level with its log, and its readers level with the board."""

    def __init__(self, board: Board, audience: Audience, presence: Presence, pacing: Pacing, status: Status) -> None:
        self._board = board
        self._audience = audience
        self._presence = presence
        self._pacing = pacing
        self._status = status

    async def follow(self) -> None:
        """Raises EOFError, PutBack, or what the feed raises; after that it may be called again."""
        while True:
            try:
                changes, _ = await self._board.log.read()
            except PutBack:
                raise
            except Exception:
                self._status.failing = True
                self._status.update()
                raise
            self._status.failing = False
            await self._deliver(changes)
            self._status.update()

    async def _deliver(self, changes: list[Change]) -> None:
        self._board.apply(changes)
        self._presence.settle(id for change in changes for id in change.touched)
        self._pacing.hold(changes)
        await self._board.drawing.prepare_touched(changes)
        if len(self._audience) > self._audience.pages:  # programs read too
            await self._board.frames.prepare(changes, "json")
        self._pacing.send()
