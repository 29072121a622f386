"""Calls the Convex functions for a board's incoming hooks."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Self

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.deployment import Deployment
from app.convex.records import Named


@dataclass(frozen=True)
class Hook(Named):
    """An incoming hook, without its secret. `user` is the author of its notes; `usedAt` is in ms since the epoch."""

    id: str
    name: str
    user: str
    uses: int
    usedAt: int | None

    @property
    def last(self) -> str:
        """The day of the last note, in UTC."""
        return f"{datetime.fromtimestamp((self.usedAt or 0) / 1000, UTC):%d %b %Y}"

    @classmethod
    def from_wire(cls, row: dict[str, Any]) -> Self:
        used = row["usedAt"]
        return cls(row["id"], row["name"], row["user"], int(row["uses"]), None if used is None else int(used))


class Hooks:
    """Calls with the person's own token. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    async def list(self, viewer: Viewer, board: str) -> list[Hook]:
        """The oldest first."""
        found = await answered(self.deployment.query, "hooks:list", {"board": board}, viewer.token)
        return [Hook.from_wire(row) for row in found]

    async def create(self, viewer: Viewer, board: str, name: str, operation_id: str) -> tuple[Hook, str | None]:
        """A new hook with its secret; None if this operation id made it before."""
        secret = f"hook_{secrets.token_urlsafe(24)}"
        digest = sha256(secret.encode()).hexdigest()  # 192 random bits need no slow hash
        made = await self.call(viewer, "hooks:create", operation_id, board=board, name=name, hash=digest)
        return Hook.from_wire(made), None if made["repeated"] else secret

    async def rename(self, viewer: Viewer, board: str, hook: str, name: str, operation_id: str) -> None:
        await self.call(viewer, "hooks:rename", operation_id, board=board, hook=hook, name=name)

    async def revoke(self, viewer: Viewer, board: str, hook: str, operation_id: str) -> None:
        await self.call(viewer, "hooks:revoke", operation_id, board=board, hook=hook)

    async def call(self, viewer: Viewer, path: str, operation_id: str, **args: Any) -> Any:
        return await answered(self.deployment.mutation, path, {"operationId": operation_id, **args}, viewer.token)
