"""The Convex functions that keep up to where a person has seen a board, and say what they have missed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from convex import ConvexInt64

from app.auth import Viewer
from app.convex.blame import Author
from app.convex.calls import answered
from app.convex.deployment import Deployment


@dataclass(frozen=True)
class Missed:
    """What others have done since `since`.

    `shapes` are on the board, each with the users id of who changed it last; `removed` are gone. `count` people did it,
    and `people` are those whom the caller may know.
    """

    since: int
    shapes: list[tuple[str, str]]
    removed: int
    count: int
    people: list[Author]
    more: bool

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Self:
        shapes = [(shape["id"], shape["by"]) for shape in wire["shapes"]]
        people = [Author(**row) for row in wire["people"]]
        return cls(int(wire["since"]), shapes, int(wire["removed"]), int(wire["count"]), people, wire["more"])


class LastSeen:
    """Calls with the person's own token. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    async def note(self, viewer: Viewer, board: str, ts: int) -> None:
        asked = {"board": board, "ts": ConvexInt64(ts)}
        await answered(self.deployment.mutation, "lastSeen:note", asked, viewer.token)

    async def since(self, viewer: Viewer, board: str) -> Missed | None:
        """None on a first visit, or if nothing was missed."""
        found = await answered(self.deployment.query, "lastSeen:since", {"board": board}, viewer.token)
        return None if found is None else Missed.from_wire(found)
