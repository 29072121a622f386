"""The Convex functions of a person's list of boards."""

import time
from typing import Any, Literal

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.deployment import Deployment
from app.convex.deployment.errors import FunctionFailed
from app.convex.list_records import BoardInfo, BoardPage
from app.errors import EaselError, Invalid

PAGE = 30  # boards
MOST = 4  # pages of the deployment that one of ours may be made of
Section = Literal["recent", "mine", "shared", "starred", "templates"]
Sort = Literal["opened", "edited", "title"]


class Cards:
    """Calls with the person's own token. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    async def page(
        self,
        viewer: Viewer,
        section: Section = "recent",
        sort: Sort = "opened",
        cursor: str | None = None,
        search: str = "",
    ) -> BoardPage:
        """A page of the person's boards. `cursor` comes from an earlier page of the same section, sort and search."""
        words = {"search": search} if search else {}
        wanted = {"section": section, "sort": sort, "now": now(), **words}
        boards: list[BoardInfo] = []
        for _ in range(MOST):  # a page lacks the boards that the person may not see any more
            found = await self._page(viewer, cursor, wanted)
            boards += [BoardInfo.from_wire(row) for row in found["page"]]
            cursor = None if found["isDone"] else found["continueCursor"]
            if cursor is None or len(boards) >= PAGE:
                break
        return BoardPage(boards, cursor)

    async def some(self, viewer: Viewer, boards: list[str]) -> list[BoardInfo]:
        """Those of these boards that are in the person's list."""
        args = {"boards": boards, "now": now()}
        found = await answered(self.deployment.query, "cards:some", args, viewer.token)
        return [BoardInfo.from_wire(row) for row in found]

    async def _page(self, viewer: Viewer, cursor: str | None, wanted: dict[str, Any]) -> Any:
        args = {"paginationOpts": {"numItems": PAGE, "cursor": cursor}, **wanted}
        try:
            found = await answered(self.deployment.query, "cards:list", args, viewer.token)
        except EaselError as error:
            if cursor is None or not isinstance(error.__cause__, FunctionFailed):
                raise
            raise Invalid("This is not the cursor of a page of these boards.", field="cursor") from error
        if not found["complete"]:
            await self._gather(viewer)
            found = await answered(self.deployment.query, "cards:list", args, viewer.token)
        return found

    async def _gather(self, viewer: Viewer) -> None:
        """Lists the boards that the person got from an earlier version of Easel."""
        after: float | None = 0.0
        while after is not None:
            after = await answered(self.deployment.mutation, "cards:gather", {"after": after}, viewer.token)

    async def leave(self, viewer: Viewer, board: str, operation_id: str) -> None:
        args = {"operationId": operation_id, "board": board}
        await answered(self.deployment.mutation, "cards:leave", args, viewer.token)

    async def star(self, viewer: Viewer, board: str, starred: bool, operation_id: str) -> None:
        args = {"operationId": operation_id, "board": board, "starred": starred}
        await answered(self.deployment.mutation, "cards:star", args, viewer.token)


def now() -> float:
    """ms since the epoch, in steps of 5 s: so long the deployment may give the same answer."""
    return time.time() // 5 * 5000
