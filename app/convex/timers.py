"""The Convex functions of a board's timer."""

from typing import Any

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.deployment import Deployment
from app.timer import Timer


class Timers:
    """Calls with the person's own token. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    async def start(self, viewer: Viewer, board: str, operation_id: str, seconds: int) -> Timer | None:
        return await self._edit(viewer, "timers:start", board, operation_id, seconds=float(seconds))

    async def change(self, viewer: Viewer, board: str, operation_id: str, **fields: Any) -> Timer | None:
        """`paused` stops it or lets it go on, `add` is in s."""
        return await self._edit(viewer, "timers:change", board, operation_id, **fields)

    async def remove(self, viewer: Viewer, board: str, operation_id: str) -> None:
        await self._edit(viewer, "timers:remove", board, operation_id)

    async def _edit(self, viewer: Viewer, path: str, board: str, operation_id: str, **fields: Any) -> Timer | None:
        args = {"board": board, "operationId": operation_id, **fields}
        wire = await answered(self.deployment.mutation, path, args, viewer.token)
        return Timer.from_wire(wire) if wire else None
