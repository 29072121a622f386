"""The Convex functions of boards and their changes, one method each."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from convex import ConvexInt64

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.deployment import Deployment
from app.convex.records import Committed, LogPage, MadeBoard, Reverted, User
from app.shapes import ChangeIn
from app.shapes.shape import packed
from app.text import one_line

REMEMBERED = 10_000  # boards
PATIENCE = 2.0  # s for the deployment to say that it is there


class Store:
    """Calls with the person's own token, so Convex checks what they may do. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment, relay_token: Callable[[], str]) -> None:
        self.deployment = deployment
        self.relay_token = relay_token
        self.acknowledged: OrderedDict[str, int] = OrderedDict()
        """The last ts that a write returned, for each board written to lately."""

    async def ping(self) -> None:
        """One query as the relay. Raises DeploymentError, or TimeoutError after 2 s."""
        async with asyncio.timeout(PATIENCE):
            await self.deployment.query("relay:ping", {}, token=self.relay_token())

    async def admits(self, viewer: Viewer | None, board: str) -> bool:
        """Whether the board exists for this person. Raises DeploymentError."""
        who = {"user": viewer.identifier} if viewer else {}
        return bool(await self.deployment.query("relay:admits", {"board": board, **who}, token=self.relay_token()))

    async def title(self, viewer: Viewer | None, board: str) -> str | None:
        """None if this person may not see the board. Raises DeploymentError, or TimeoutError after 2 s."""
        who = {"user": viewer.identifier} if viewer else {}
        async with asyncio.timeout(PATIENCE):
            found = await self.deployment.query("relay:title", {"board": board, **who}, token=self.relay_token())
        return one_line(found) if found is not None else None

    async def remember(self, viewer: Viewer) -> User:
        found = await self.mutation(viewer, "users:store")
        return User(found["id"], found["name"])

    async def create_board(self, viewer: Viewer, title: str, operation_id: str, source: str | None = None) -> MadeBoard:
        """A fork has a source."""
        fork = {"source": source} if source else {}
        made = await self.mutation(viewer, "boards:create", operationId=operation_id, title=title, **fork)
        return MadeBoard(made["id"], made["repeated"])

    async def update_board(self, viewer: Viewer, board: str, operation_id: str, **fields: str | bool) -> str | None:
        """The replaced title, if it differs from `base`, the title that the person saw."""
        args = {"operationId": operation_id, "board": board, **fields}
        replaced: str | None = await self.mutation(viewer, "boards:update", **args)
        return replaced

    async def remove_board(self, viewer: Viewer, board: str, operation_id: str) -> None:
        await self.mutation(viewer, "boards:remove", operationId=operation_id, board=board)

    async def commit(
        self, viewer: Viewer, board: str, change: ChangeIn, loosened: Mapping[str, Mapping[str, Any]] | None = None
    ) -> Committed:
        """`loosened`: new points of lines bound to removed shapes. They are not part of the request."""
        loosen = [{"id": id, "set": packed(patch)} for id, patch in (loosened or {}).items()]
        more = {"loosen": loosen} if loosen else {}
        args = await asyncio.to_thread(change.args) if change.large else change.args()
        done = await self.mutation(viewer, "changes:commit", board=board, **args, **more)
        self.acknowledge(board, done["ts"])
        return Committed(done["ts"], done["repeated"])

    async def undo(self, viewer: Viewer, board: str, change_id: str, continues: str | None = None) -> Reverted | None:
        """None if there is nothing to undo. `continues` is the undo that reported `more`."""
        return await self.revert(viewer, "changes:undo", board, change_id, continues)

    async def redo(self, viewer: Viewer, board: str, change_id: str, continues: str | None = None) -> Reverted | None:
        return await self.revert(viewer, "changes:redo", board, change_id, continues)

    async def unclear(
        self, viewer: Viewer, board: str, change_id: str, continues: str | None = None
    ) -> Reverted | None:
        """As the owner: brings back what was last cleared, whoever did it."""
        return await self.revert(viewer, "changes:unclear", board, change_id, continues)

    async def changes(self, viewer: Viewer | None, board: str, after: int) -> LogPage:
        """The log after `after`. Without a viewer it is read as the relay: the caller has checked that they may."""
        token, path = (viewer.token, "changes:list") if viewer else (self.relay_token(), "relay:tail")
        found = await self.query(token, path, board=board, after=ConvexInt64(after))
        return LogPage(found["changes"], found["more"], int(found.get("folded", 0)))

    async def level(self, board: str) -> int:
        """The log's last ts. A later one that was acknowledged here was lost in a restore of older data.

        Raises TimeoutError after 2 s.
        """
        answered = self.acknowledged.get(board, 0)
        async with asyncio.timeout(PATIENCE):
            head = int((await self.query(self.relay_token(), "relay:head", board=board))["ts"])
        if answered > head and self.acknowledged.get(board) == answered:
            del self.acknowledged[board]
        return max(head, self.acknowledged.get(board, 0))

    async def revert(
        self, viewer: Viewer, path: str, board: str, change_id: str, continues: str | None
    ) -> Reverted | None:
        more = {"continues": continues} if continues else {}
        done = await self.mutation(viewer, path, board=board, changeId=change_id, **more)
        if done is None:
            return None
        self.acknowledge(board, done["ts"])
        shapes = done.get("shapes", [])  # earlier versions of the functions do not say them
        return Reverted(done["ts"], done["undoes"], done["kept"], shapes, done["more"], done["repeated"])

    def acknowledge(self, board: str, ts: int) -> None:
        self.acknowledged[board] = max(ts, self.acknowledged.pop(board, 0))
        if len(self.acknowledged) > REMEMBERED:
            self.acknowledged.popitem(last=False)

    async def query(self, token: str, path: str, **args: Any) -> Any:
        return await answered(self.deployment.query, path, args, token)

    async def mutation(self, viewer: Viewer, path: str, **args: Any) -> Any:
        return await answered(self.deployment.mutation, path, args, viewer.token)


def new_operation_id() -> str:
    """A new operation id: Convex applies a mutation once per id."""
    return secrets.token_hex(16)
