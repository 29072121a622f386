"""The Convex functions of the trash."""

from typing import Any

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.cards import PAGE
from app.convex.deployment import Deployment
from app.convex.list_records import Trashed, TrashPage
from app.text import one_line


class Trash:
    """Boards that a person has deleted and may restore. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    async def boards(self, viewer: Viewer, cursor: str | None = None) -> TrashPage:
        """The last deleted first. `cursor` comes from an earlier page."""
        args = {"paginationOpts": {"numItems": PAGE, "cursor": cursor}}
        found = await answered(self.deployment.query, "trash:list", args, viewer.token)
        boards = [Trashed(row["id"], row["title"], int(row["trashedAt"]), int(row["until"])) for row in found["page"]]
        return TrashPage(boards, None if found["isDone"] else found["continueCursor"])

    async def title(self, viewer: Viewer, board: str) -> str | None:
        """Of a board in the person's trash; None for any other."""
        found = await answered(self.deployment.query, "trash:find", {"board": board}, viewer.token)
        return one_line(found) if found else None

    async def restore(self, viewer: Viewer, board: str, operation_id: str) -> None:
        await self._do("trash:restore", viewer, board, operation_id)

    async def remove(self, viewer: Viewer, board: str, operation_id: str) -> None:
        """For good."""
        await self._do("trash:remove", viewer, board, operation_id)

    async def _do(self, path: str, viewer: Viewer, board: str, operation_id: str) -> None:
        args: dict[str, Any] = {"operationId": operation_id, "board": board}
        await answered(self.deployment.mutation, path, args, viewer.token)
