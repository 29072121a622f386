"""Every Convex function that the web process calls for a person, one method each; refusals become our errors."""

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from convex import ConvexError, ConvexInt64

from app.auth import Viewer
from app.deployment import Deployment
from app.deployment.errors import DeploymentError, DeploymentUnavailable, Unauthenticated
from app.errors import Invalid, Unavailable, refusal
from app.errors import Unauthenticated as SignInAgain
from app.shapes import ChangeIn

PAGE = 30  # boards of one page of the list
REMEMBERED = 10_000  # boards
PATIENCE = 2.0  # s for the deployment to say that it is there

log = logging.getLogger("easel.store")


@dataclass(frozen=True)
class User:
    id: str
    name: str


@dataclass(frozen=True)
class BoardInfo:
    """A board in a list. `updatedAt` is in ms since the epoch."""

    id: str
    title: str
    role: str
    updatedAt: int


@dataclass(frozen=True)
class BoardPage:
    boards: list[BoardInfo]
    cursor: str | None


@dataclass(frozen=True)
class Committed:
    ts: int
    repeated: bool


@dataclass(frozen=True)
class Reverted:
    """What an undo or redo did: `undoes` is the change taken back; `kept` are shapes that others changed since."""

    ts: int
    undoes: str
    kept: list[str]
    repeated: bool


@dataclass(frozen=True)
class Log:
    """Rows of a board's log, as Convex has them, ascending; `more` when there are later ones."""

    rows: list[dict[str, Any]]
    more: bool


class Store:
    """Calls as the person whose token it is given: Convex decides again, the checks here only answer sooner.

    Every method raises the error that Convex refuses with, or Unavailable.
    """

    def __init__(self, deployment: Deployment, relay_token: Callable[[], str]) -> None:
        self.deployment = deployment
        self.relay_token = relay_token
        self.acknowledged: OrderedDict[str, int] = OrderedDict()
        """The last ts that was answered, for the boards written to lately."""

    async def reachable(self) -> bool:
        """Whether the deployment answers, and soon."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.deployment.version()
        except (DeploymentError, TimeoutError):
            return False
        return True

    async def remember(self, viewer: Viewer) -> User:
        found = await self.mutation(viewer, "users:store")
        return User(found["id"], found["name"])

    async def create_board(self, viewer: Viewer, title: str, operation_id: str) -> str:
        made = await self.mutation(viewer, "boards:create", operationId=operation_id, title=title)
        return str(made["id"])

    async def boards(self, viewer: Viewer, cursor: str | None = None, search: str = "") -> BoardPage:
        """The person's boards, newest first, or those whose title matches. `cursor` is an earlier page's."""
        wanted = {"search": search} if search else {}
        options = {"numItems": PAGE, "cursor": cursor}
        try:
            found = await self.query(viewer.token, "boards:list", paginationOpts=options, **wanted)
        except DeploymentError as error:
            if cursor is None:
                raise
            raise Invalid("This is not the cursor of a page of these boards.", field="cursor") from error
        boards = [
            BoardInfo(board["id"], board["title"], board["role"], int(board["updatedAt"])) for board in found["page"]
        ]
        return BoardPage(boards, None if found["isDone"] else found["continueCursor"])

    async def update_board(self, viewer: Viewer, board: str, operation_id: str, **fields: str) -> None:
        await self.mutation(viewer, "boards:update", operationId=operation_id, board=board, **fields)

    async def remove_board(self, viewer: Viewer, board: str, operation_id: str) -> None:
        await self.mutation(viewer, "boards:remove", operationId=operation_id, board=board)

    async def commit(self, viewer: Viewer, board: str, change: ChangeIn) -> Committed:
        done = await self.mutation(viewer, "changes:commit", board=board, **change.args())
        self.acknowledge(board, done["ts"])
        return Committed(done["ts"], done["repeated"])

    async def undo(self, viewer: Viewer, board: str, change_id: str) -> Reverted | None:
        """None when there is nothing to undo."""
        return await self.revert(viewer, "changes:undo", board, change_id)

    async def redo(self, viewer: Viewer, board: str, change_id: str) -> Reverted | None:
        return await self.revert(viewer, "changes:redo", board, change_id)

    async def changes(self, viewer: Viewer | None, board: str, after: int) -> Log:
        """The log after `after`. Without a viewer it is read as the relay: the caller has checked that they may."""
        token, path = (viewer.token, "changes:list") if viewer else (self.relay_token(), "relay:tail")
        found = await self.query(token, path, board=board, after=ConvexInt64(after))
        return Log(found["changes"], found["more"])

    async def revert(self, viewer: Viewer, path: str, board: str, change_id: str) -> Reverted | None:
        done = await self.mutation(viewer, path, board=board, changeId=change_id)
        if done is None:
            return None
        self.acknowledge(board, done["ts"])
        return Reverted(done["ts"], done["undoes"], done["kept"], done["repeated"])

    def acknowledge(self, board: str, ts: int) -> None:
        self.acknowledged[board] = max(ts, self.acknowledged.pop(board, 0))
        if len(self.acknowledged) > REMEMBERED:
            self.acknowledged.popitem(last=False)

    async def query(self, token: str, path: str, **args: Any) -> Any:
        return await answered(self.deployment.query, path, args, token)

    async def mutation(self, viewer: Viewer, path: str, **args: Any) -> Any:
        return await answered(self.deployment.mutation, path, args, viewer.token)


async def answered(call: Callable[..., Awaitable[Any]], path: str, args: Mapping[str, Any], token: str) -> Any:
    try:
        return await call(path, args, token=token)
    except ConvexError as error:
        raise refusal(error.data) from error
    except DeploymentUnavailable as error:
        raise Unavailable(retry_after=error.retry_after) from error
    except Unauthenticated as error:
        log.warning("Convex refused a token that is good here: is AUTH_PROVIDERS up to date? %s", error)
        raise SignInAgain("Your session was not accepted: pick a name again.") from error


def new_operation_id() -> str:
    """An operation id nobody had before: Convex applies a mutation once per id."""
    return secrets.token_hex(16)
