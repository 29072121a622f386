"""Calls the Convex functions for members, visitors, requests for access and invitations of a board."""

import secrets
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.deployment import Deployment
from app.convex.records import Asking, Invitation, Invite, Member, Others, Removed, VisitorInfo
from app.errors import NotFound

NO_INVITATION = "This invitation is not valid, or no longer valid: ask for a new one."


class Sharing:
    """Calls with the person's own token. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment, relay_token: Callable[[], str]) -> None:
        self.deployment = deployment
        self.relay_token = relay_token

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

    async def query(self, token: str, path: str, **args: Any) -> Any:
        return await answered(self.deployment.query, path, args, token)

    async def mutation(self, viewer: Viewer, path: str, **args: Any) -> Any:
        return await answered(self.deployment.mutation, path, args, viewer.token)


def hash_of(token: str) -> str:
    """The stored hash of an invitation's token. 192 random bits need no slow hash."""
    return sha256(token.encode()).hexdigest()
