"""The Convex functions by which the owner of a board takes back what one person did."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from convex import ConvexInt64

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.deployment import Deployment
from app.convex.records import Named


@dataclass(frozen=True)
class Takeback(Named):
    """How far it has come. The counts are of changes that were taken back, and of shapes; `kept` are shapes of which
    something stays, since others have changed them.
    """

    id: str
    user: str
    name: str
    since: int
    done: bool
    changes: int
    removed: int
    restored: int
    changed: int
    kept: list[str]

    @classmethod
    def from_wire(cls, row: Mapping[str, Any]) -> Self:
        counts = {name: int(row[name]) for name in ("since", "changes", "removed", "restored", "changed")}
        return cls(row["takebackId"], row["user"], row["name"], done=row["done"], kept=row["kept"], **counts)

    def json(self) -> dict[str, Any]:
        return {**vars(self), "since": str(self.since)}


class Takebacks:
    """Calls with the person's own token. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    async def person(self, viewer: Viewer, board: str, person: str) -> str | None:
        """The id of a person by the hash that others see; None if nobody on the board has it."""
        args = {"board": board, "person": person}
        found: str | None = await answered(self.deployment.query, "takebacks:person", args, viewer.token)
        return found

    async def start(self, viewer: Viewer, board: str, takeback: str, user: str, since: int) -> Takeback:
        args = {"board": board, "takebackId": takeback, "user": user, "since": ConvexInt64(since)}
        return Takeback.from_wire(await answered(self.deployment.mutation, "takebacks:start", args, viewer.token))

    async def get(self, viewer: Viewer, board: str, takeback: str) -> Takeback:
        args = {"board": board, "takebackId": takeback}
        return Takeback.from_wire(await answered(self.deployment.query, "takebacks:get", args, viewer.token))
