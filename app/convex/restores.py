"""The Convex functions that restore a board, or some shapes of it, to a moment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Self

from convex import ConvexInt64

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.deployment import Deployment

PAGES = 20  # of a preview: up to 20,000 changes


@dataclass(frozen=True)
class Restore:
    """How far it has come. The counts are of changes that were taken back, and of shapes; `kept` are shapes of which
    something stays, since somebody has changed them meanwhile, or the owner has locked them.
    """

    id: str
    to: int
    done: bool
    changes: int
    removed: int
    restored: int
    changed: int
    kept: list[str]

    @classmethod
    def from_wire(cls, row: Mapping[str, Any]) -> Self:
        counts = {name: int(row[name]) for name in ("to", "changes", "removed", "restored", "changed")}
        return cls(row["restoreId"], done=row["done"], kept=row["kept"], **counts)

    def json(self) -> dict[str, Any]:
        return {**vars(self), "to": str(self.to)}


@dataclass(frozen=True)
class Preview:
    """How many shapes a restore would remove, bring back, and at most change; `whole` is False for a part of them."""

    removed: int
    restored: int
    changed: int
    whole: bool


class Restores:
    """Calls with the person's own token. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    async def preview(self, viewer: Viewer, board: str, to: int, shapes: Collection[str] | None) -> Preview:
        was: dict[str, bool] = {}
        now: dict[str, bool] = {}
        whole = False
        for _ in range(PAGES):
            args = {"board": board, "to": ConvexInt64(to)}
            page = await answered(self.deployment.query, "restores:preview", args, viewer.token)
            for one in page["touched"]:
                if shapes is None or one["id"] in shapes:
                    was.setdefault(one["id"], one["was"])
                    now[one["id"]] = one["is"]
            if whole := page["next"] is None:
                break
            to = page["next"]
        pairs = [(was[id], now[id]) for id in was]
        counts = (pairs.count((False, True)), pairs.count((True, False)), pairs.count((True, True)))
        return Preview(*counts, whole=whole)

    async def start(self, viewer: Viewer, board: str, restore: str, to: int, shapes: list[str] | None) -> Restore:
        only = {} if shapes is None else {"shapes": shapes}
        args = {"board": board, "restoreId": restore, "to": ConvexInt64(to), **only}
        return Restore.from_wire(await answered(self.deployment.mutation, "restores:start", args, viewer.token))

    async def get(self, viewer: Viewer, board: str, restore: str) -> Restore:
        args = {"board": board, "restoreId": restore}
        return Restore.from_wire(await answered(self.deployment.query, "restores:get", args, viewer.token))
