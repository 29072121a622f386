"""The Convex functions that say who drew what on a board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.deployment import Deployment
from app.convex.records import Named

MAX_SHAPES = 100  # of one call, as in convex/blame.ts


@dataclass(frozen=True)
class Author(Named):
    """Who made a shape: `user` as in the API's shapes (`author`), `person` as people who are on a board have it."""

    user: str
    person: str
    name: str


@dataclass(frozen=True)
class Touch:
    """A change of a shape, by whom and when, in ms since the epoch."""

    by: Author
    at: int

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Self:
        return cls(Author(**wire["author"]), int(wire["at"]))


class Blame:
    """Calls with the person's own token. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    async def makers(self, viewer: Viewer, board: str, shapes: Sequence[str]) -> dict[str, Author]:
        """Who made these shapes, by users id. Authors whose shapes are not on the board any more are missing."""
        found = dict[str, Author]()
        for start in range(0, len(shapes), MAX_SHAPES):
            asked = {"board": board, "shapes": list(shapes[start : start + MAX_SHAPES])}
            rows = await answered(self.deployment.query, "blame:makers", asked, viewer.token)
            found |= {row["user"]: Author(**row) for row in rows}
        return found

    async def shape(self, viewer: Viewer, board: str, shape: str) -> tuple[Touch | None, Touch | None]:
        """Who made the shape, and who changed it last. The second is None if nobody has, or if the log begins later."""
        asked = {"board": board, "shape": shape}
        found = await answered(self.deployment.query, "blame:shape", asked, viewer.token)
        if found is None:
            return None, None
        return Touch.from_wire(found["made"]), found["changed"] and Touch.from_wire(found["changed"])
