"""What people did on a board, and its named moments, as typed records."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from app.convex.records import Named


@dataclass(frozen=True)
class Deed:
    """How many shapes of a kind somebody drew, moved or the like; "" for shapes of any kind."""

    verb: str
    kind: str
    count: int


@dataclass(frozen=True)
class Sitting(Named):
    """What one person did without a pause of ten minutes. `start` and `end` are the ts of its first and last change."""

    author: str
    person: str
    """As people who are on the board have it: it gives the colour."""

    name: str
    start: int
    end: int
    changes: int
    deeds: list[Deed]

    @classmethod
    def from_wire(cls, row: Mapping[str, Any]) -> Self:
        deeds = [Deed(deed["verb"], deed["kind"], int(deed["count"])) for deed in row["deeds"]]
        who = (row["author"], row["person"], row["name"])
        return cls(*who, int(row["from"]), int(row["to"]), int(row["changes"]), deeds)


@dataclass(frozen=True)
class SittingPage:
    """The latest first. `cursor` is where the next page begins; None on the last one.

    `level` is False while the log is still being read: then later sittings follow. Moments before `folded` are not
    remembered; it is 0 if all are.
    """

    sittings: list[Sitting]
    cursor: str | None
    level: bool = True
    folded: int = 0


@dataclass(frozen=True)
class Version(Named):
    """A moment with a name. `author` gave it."""

    id: str
    ts: int
    name: str
    author: str


@dataclass(frozen=True)
class Somebody(Named):
    user: str
    name: str


@dataclass(frozen=True)
class PlayedPage:
    """Changes with packed shapes, the names of their authors, and the ts after which there are more."""

    changes: list[dict[str, Any]]
    people: dict[str, str]
    next: str | None
