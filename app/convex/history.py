"""The Convex functions that tell who did what on a board, and when."""

import base64
import binascii
from typing import Any

import orjson
from convex import ConvexInt64

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.deployment import Deployment
from app.convex.history_records import PlayedPage, Sitting, SittingPage, Somebody
from app.errors import Gone, Invalid

LAST_TS = 2**63 - 1
FORGOTTEN = "This board no longer remembers what happened then: read the board, then what came after its ts."


class History:
    """Calls with the person's own token. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    async def sittings(
        self, viewer: Viewer, board: str, cursor: str | None = None, by: str | None = None
    ) -> SittingPage:
        """A page, the latest first, of everybody or of one person. The first page has all that was drawn by now."""
        before = {"before": ConvexInt64(ts_of(cursor))} if cursor else {}
        asked = before | ({"by": by} if by else {})
        found = await self.query(viewer, "history:sittings", board=board, **asked)
        level = int(found["head"]) <= int(found["ts"])
        if not level and not cursor:
            level = await self.mutation(viewer, "history:gather", board=board, upTo=ConvexInt64(int(found["head"])))
            found = await self.query(viewer, "history:sittings", board=board, **asked)
        told = [Sitting.from_wire(row) for row in found["sittings"]]
        return SittingPage(told, str(told[-1].end) if found["more"] else None, level, int(found["folded"]))

    async def of_shapes(self, viewer: Viewer, board: str, shapes: list[str], cursor: str | None = None) -> SittingPage:
        """The same of some shapes, without what was taken back."""
        rest = {"rest": rest_of(cursor)} if cursor else {}
        found = await self.query(viewer, "history:ofShapes", board=board, shapes=shapes, **rest)
        after = base64.urlsafe_b64encode(orjson.dumps(found["rest"])).decode() if found["rest"] else None
        return SittingPage([Sitting.from_wire(row) for row in found["sittings"]], after)

    async def people(self, viewer: Viewer, board: str) -> list[Somebody]:
        """Who has drawn on the board, by name."""
        found = [Somebody(**row) for row in await self.query(viewer, "history:people", board=board)]
        return sorted(found, key=lambda person: (person.name.casefold(), person.user))

    async def log(self, viewer: Viewer, board: str, after: int) -> PlayedPage:
        """The changes after this ts, oldest first, as a page that plays them reads them. Raises Gone."""
        found = await self.query(viewer, "history:log", board=board, after=ConvexInt64(after))
        if after < (folded := int(found["folded"])):
            raise Gone(FORGOTTEN, field="after", limit=str(folded))
        changes = [played(row) for row in found["changes"]]
        names = {row["user"]: Somebody(**row).name for row in found["people"]}
        return PlayedPage(changes, names, changes[-1]["ts"] if found["more"] else None)

    async def query(self, viewer: Viewer, path: str, **args: Any) -> Any:
        return await answered(self.deployment.query, path, args, viewer.token)

    async def mutation(self, viewer: Viewer, path: str, **args: Any) -> Any:
        return await answered(self.deployment.mutation, path, args, viewer.token)


def played(row: dict[str, Any]) -> dict[str, Any]:
    """A ts is a decimal string. Shapes stay packed, and lose what their row says already."""
    for op in row["ops"]:
        if op["type"] == "put":
            op["shape"] = {name: value for name, value in op["shape"].items() if name not in ("author", "ts")}
    return {"ts": str(int(row["ts"])), "author": row["author"], "ops": row["ops"]}


def ts_of(cursor: str) -> int:
    if not cursor.isdecimal() or not cursor.isascii() or len(cursor) > 19 or int(cursor) > LAST_TS:
        raise bad()
    return int(cursor)


def rest_of(cursor: str) -> dict[str, str]:
    try:
        rest = orjson.loads(base64.urlsafe_b64decode(cursor))
    except (binascii.Error, ValueError):
        raise bad() from None
    if not isinstance(rest, dict) or not all(isinstance(value, str) for value in rest.values()):
        raise bad()
    return rest


def bad() -> Invalid:
    return Invalid("cursor must be what the page before returned.", field="cursor")
