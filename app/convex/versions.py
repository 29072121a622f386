"""The Convex functions of a board's named versions."""

from typing import Any

from convex import ConvexInt64

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.deployment import Deployment
from app.convex.history_records import Version


class Versions:
    """Calls with the person's own token. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    async def list(self, viewer: Viewer, board: str) -> list[Version]:
        """The latest moment first."""
        found = await answered(self.deployment.query, "versions:list", {"board": board}, viewer.token)
        return [version_of(row) for row in found]

    async def create(self, viewer: Viewer, board: str, name: str, ts: int | None, operation_id: str) -> Version:
        """`ts` None is the present."""
        at = {} if ts is None else {"ts": ConvexInt64(ts)}
        return version_of(await self.call(viewer, "versions:create", operation_id, board=board, name=name, **at))

    async def rename(self, viewer: Viewer, board: str, version: str, name: str, operation_id: str) -> None:
        await self.call(viewer, "versions:rename", operation_id, board=board, version=version, name=name)

    async def remove(self, viewer: Viewer, board: str, version: str, operation_id: str) -> None:
        await self.call(viewer, "versions:remove", operation_id, board=board, version=version)

    async def call(self, viewer: Viewer, path: str, operation_id: str, **args: Any) -> Any:
        return await answered(self.deployment.mutation, path, {"operationId": operation_id, **args}, viewer.token)


def version_of(row: Any) -> Version:
    return Version(row["id"], int(row["ts"]), row["name"], row["author"])
