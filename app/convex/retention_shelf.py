"""Which boards' early history is to be folded, and that it is done: convex/retention.ts, app/history/retention.py."""

from collections.abc import AsyncIterator, Callable
from typing import Any

from convex import ConvexInt64

from app.convex.calls import answered
from app.convex.deployment import Deployment


class RetentionShelf:
    """Raises Convex's refusal as our error, or Unavailable."""

    def __init__(self, deployment: Deployment, relay_token: Callable[[], str]) -> None:
        self.deployment = deployment
        self.relay_token = relay_token

    async def due(self, before: int) -> AsyncIterator[tuple[str, int]]:
        """Boards with changes until then that are not folded, each with the ts of the last of them."""
        cursor: str | None = None
        while True:
            args = {"before": ConvexInt64(before), "cursor": cursor}
            page = await answered(self.deployment.query, "retention:next", args, self.relay_token())
            for one in page["due"]:
                yield one["board"], int(one["ts"])
            if (cursor := page["cursor"]) is None:
                return

    async def begin(self, board: str, ts: int) -> bool:
        return await self._mutation("retention:begin", board, ts)

    async def finish(self, board: str, ts: int) -> bool:
        return await self._mutation("retention:finish", board, ts)

    async def _mutation(self, path: str, board: str, ts: int) -> bool:
        args: dict[str, Any] = {"board": board, "ts": ConvexInt64(ts)}
        return bool(await answered(self.deployment.mutation, path, args, self.relay_token()))
