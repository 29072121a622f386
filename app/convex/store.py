"""Every Convex function that the web process calls for a person, one method each; refusals become our errors."""

import asyncio
import logging
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from typing import Any

from convex import ConvexError, ConvexInt64

from app import timing
from app.auth import Viewer
from app.convex.deployment import Deployment
from app.convex.deployment.errors import DeploymentError, DeploymentUnavailable, FunctionFailed, Unauthenticated
from app.convex.deployment.http import UNSAVED
from app.convex.records import (
    Asking,
    BoardInfo,
    BoardPage,
    Committed,
    Invitation,
    Invite,
    LogPage,
    Member,
    Others,
    Removed,
    Reverted,
    User,
    VisitorInfo,
)
from app.errors import DiskFull, EaselError, Invalid, NotFound, TooLarge, TooMuch, Unavailable, refusal
from app.errors import Unauthenticated as SignInAgain
from app.shapes import ChangeIn
from app.shapes.shape import packed

PAGE = 30  # boards of one page of the list
REMEMBERED = 10_000  # boards
PATIENCE = 2.0  # s for the deployment to say that it is there
UNSAVED_MESSAGE = "The server's disk fails, so nothing can be saved. The person who runs it must repair it."
DISK_RETRY = 10.0  # s
# Convex's errors for a function that exceeds Convex's own limits. A retry would fail too.
TOO_MUCH = re.compile(r"too (many|large|long|nested)|timed out|maximum size|ArgumentValidationError", re.IGNORECASE)
FAILED = "That failed, and nothing was changed. The server's log says why. Try again in a moment."
FAILED_RETRY = 5.0  # s
NO_INVITATION = "This invitation is not valid, or no longer valid: ask for a new one."

log = logging.getLogger("easel.store")


class Store:
    """Calls as the person whose token it is given: Convex decides again, the checks here only answer sooner.

    Every method raises the error that Convex refuses with, or Unavailable.
    """

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

    async def remember(self, viewer: Viewer) -> User:
        found = await self.mutation(viewer, "users:store")
        return User(found["id"], found["name"])

    async def create_board(self, viewer: Viewer, title: str, operation_id: str) -> str:
        made = await self.mutation(viewer, "boards:create", operationId=operation_id, title=title)
        return str(made["id"])

    async def boards(self, viewer: Viewer, cursor: str | None = None, search: str = "") -> BoardPage:
        """The person's boards, newest first, or those whose title matches. `cursor` comes from an earlier page."""
        wanted = {"search": search} if search else {}
        options = {"numItems": PAGE, "cursor": cursor}
        try:
            found = await self.query(viewer.token, "boards:list", paginationOpts=options, **wanted)
        except EaselError as error:
            if cursor is None or not isinstance(error.__cause__, FunctionFailed):
                raise
            raise Invalid("This is not the cursor of a page of these boards.", field="cursor") from error
        boards = [
            BoardInfo(board["id"], board["title"], board["role"], int(board["updatedAt"])) for board in found["page"]
        ]
        return BoardPage(boards, None if found["isDone"] else found["continueCursor"])

    async def update_board(self, viewer: Viewer, board: str, operation_id: str, **fields: str | bool) -> str | None:
        """The replaced title, if it differs from `base`, the title that the person saw."""
        args = {"operationId": operation_id, "board": board, **fields}
        replaced: str | None = await self.mutation(viewer, "boards:update", **args)
        return replaced

    async def remove_board(self, viewer: Viewer, board: str, operation_id: str) -> None:
        await self.mutation(viewer, "boards:remove", operationId=operation_id, board=board)

    async def members(self, viewer: Viewer, board: str) -> list[Member]:
        """The owner first, then by name."""
        found = [Member(**row) for row in await self.query(viewer.token, "members:list", board=board)]
        return sorted(found, key=lambda member: (member.role != "owner", member.name.casefold(), member.user))

    async def others(self, viewer: Viewer, board: str) -> Others:
        """For the owner."""
        found = await self.query(viewer.token, "members:others", board=board)
        visitors = [VisitorInfo(row["user"], row["name"], int(row["seenAt"])) for row in found["visitors"]]
        asking = [Asking(**row) for row in found.get("asking", ())]
        return Others(visitors, [Removed(**row) for row in found["removed"]], asking)

    async def visit(self, viewer: Viewer, board: str) -> None:
        await self.mutation(viewer, "members:visit", board=board)

    async def ask(self, viewer: Viewer, board: str) -> None:
        """Asks for access. The answer does not reveal whether the board exists."""
        await self.mutation(viewer, "asks:make", board=board)

    async def dismiss_ask(self, viewer: Viewer, board: str, user: str, operation_id: str) -> None:
        await self.mutation(viewer, "asks:dismiss", operationId=operation_id, board=board, user=user)

    async def set_role(self, viewer: Viewer, board: str, user: str, role: str, operation_id: str) -> None:
        args = {"operationId": operation_id, "board": board, "user": user, "role": role}
        await self.mutation(viewer, "members:setRole", **args)

    async def remove_member(self, viewer: Viewer, board: str, user: str, operation_id: str) -> None:
        await self.mutation(viewer, "members:remove", operationId=operation_id, board=board, user=user)

    async def transfer(self, viewer: Viewer, board: str, user: str, operation_id: str) -> None:
        await self.mutation(viewer, "members:transfer", operationId=operation_id, board=board, user=user)

    async def create_invite(
        self, viewer: Viewer, board: str, role: str, life: int, most: int | None, operation_id: str
    ) -> tuple[Invite, str | None]:
        """An invitation for `life` s and `most` people, with its token; None if this operation id made it before."""
        token = f"inv_{secrets.token_urlsafe(24)}"
        uses = {} if most is None else {"maxUses": float(most)}
        asked = {"board": board, "hash": hash_of(token), "role": role, "life": life * 1000.0, **uses}
        made = await self.mutation(viewer, "invites:create", operationId=operation_id, **asked)
        return Invite.from_wire(made), None if made["repeated"] else token

    async def invites(self, viewer: Viewer, board: str) -> list[Invite]:
        """The valid invitations, newest first."""
        found = [Invite.from_wire(row) for row in await self.query(viewer.token, "invites:list", board=board)]
        return [invite for invite in reversed(found) if not invite.over]

    async def revoke_invite(self, viewer: Viewer, board: str, invite: str, operation_id: str) -> None:
        await self.mutation(viewer, "invites:revoke", operationId=operation_id, board=board, invite=invite)

    async def invitation(self, token: str) -> Invitation:
        """What the invitation's page shows. Raises NotFound if it is no longer valid."""
        found = await self.query(self.relay_token(), "relay:invite", hash=hash_of(token))
        if found is None or found["expiresAt"] <= time.time() * 1000:
            raise NotFound(NO_INVITATION)
        return Invitation(found["title"], found["from"], found["role"])

    async def redeem(self, viewer: Viewer, token: str, operation_id: str) -> tuple[str, str]:
        """The board that the person has joined, and their role there."""
        done = await self.mutation(viewer, "invites:redeem", operationId=operation_id, token=token)
        if done is None:
            raise NotFound(NO_INVITATION)
        return done["board"], done["role"]

    async def commit(
        self, viewer: Viewer, board: str, change: ChangeIn, loosened: Mapping[str, Mapping[str, Any]] | None = None
    ) -> Committed:
        """`loosened`: new points of lines bound to removed shapes. It is no part of the request."""
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

    async def changes(self, viewer: Viewer | None, board: str, after: int) -> LogPage:
        """The log after `after`. Without a viewer it is read as the relay: the caller has checked that they may."""
        token, path = (viewer.token, "changes:list") if viewer else (self.relay_token(), "relay:tail")
        found = await self.query(token, path, board=board, after=ConvexInt64(after))
        return LogPage(found["changes"], found["more"])

    async def level(self, board: str) -> int:
        """The log's last ts. A later one that was answered here is of a state that the data was put back from.

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
        return Reverted(done["ts"], done["undoes"], done["kept"], done["more"], done["repeated"])

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
        with timing.measured("deployment"):
            return await call(path, args, token=token)
    except ConvexError as error:
        raise refusal(error.data) from error
    except DeploymentError as error:
        raise refused(error, path) from error


def refused(error: DeploymentError, path: str) -> EaselError:
    """Our error for a call without an answer; `path` is for the log."""
    if isinstance(error, DeploymentUnavailable):
        return unavailable(error)
    if isinstance(error, Unauthenticated):
        log.warning("Convex refused a token that is good here: is AUTH_PROVIDERS up to date? %s", error)
        return SignInAgain("Your session was not accepted: pick a name again.")
    log.error("%s failed: %.300r", path, str(error))
    if isinstance(error, FunctionFailed):
        return TooMuch() if TOO_MUCH.search(str(error)) else Unavailable(FAILED, retry_after=FAILED_RETRY)
    return TooLarge() if error.status == 413 else Unavailable(retry_after=FAILED_RETRY)


def unavailable(error: DeploymentUnavailable, message: str | None = None) -> Unavailable:
    """Our error for a deployment that cannot answer now, with `message` in place of the usual sentence."""
    if error.code in UNSAVED:
        return (
            DiskFull(retry_after=DISK_RETRY)
            if error.code == "StorageFull"
            else Unavailable(UNSAVED_MESSAGE, retry_after=DISK_RETRY)
        )
    return Unavailable(message, retry_after=error.retry_after)


def hash_of(token: str) -> str:
    """The stored hash of an invitation's token. 192 random bits need no slow hash."""
    return sha256(token.encode()).hexdigest()


def new_operation_id() -> str:
    """A new operation id: Convex applies a mutation once per id."""
    return secrets.token_hex(16)
