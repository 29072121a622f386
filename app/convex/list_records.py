"""Boards in a person's list, in the trash and among what a search finds, as typed records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from app.convex.records import Named


@dataclass(frozen=True)
class Present(Named):
    """A person who has the board open."""

    person: str
    name: str
    hue: int


@dataclass(frozen=True)
class Source(Named):
    """The board that another one is a fork of."""

    id: str
    title: str


@dataclass(frozen=True)
class BoardInfo(Named):
    """A board in a person's list. Times are in ms since the epoch.

    Who is no `member` came by the link. `editor` is who changed it last, to the minute. `people` are some of those who
    have it open, `here` is their number. `news`: others have changed it since the person was there.
    """

    id: str
    title: str
    role: str
    updatedAt: int
    editor: str | None = None
    openedAt: int = 0
    starred: bool = False
    news: bool = False
    template: bool = False
    copyable: bool = False
    source: Source | None = None
    member: bool = True
    people: list[Present] = field(default_factory=list)
    here: int = 0

    @classmethod
    def from_wire(cls, row: Mapping[str, Any]) -> Self:
        people = [Present(one["id"], one["name"], int(one["color"])) for one in row["people"]]
        times = {name: int(row[name]) for name in ("updatedAt", "openedAt", "here")}
        source = Source(**found) if (found := row.get("source")) else None
        return cls(**dict(row) | times | {"people": people, "source": source})


@dataclass(frozen=True)
class BoardPage:
    boards: list[BoardInfo]
    cursor: str | None


@dataclass(frozen=True)
class Trashed(Named):
    """A board in its owner's trash, until it is deleted for good. Times in ms since the epoch."""

    id: str
    title: str
    trashedAt: int
    until: int


@dataclass(frozen=True)
class TrashPage:
    boards: list[Trashed]
    cursor: str | None


@dataclass(frozen=True)
class Match:
    """A text on a board that has words which somebody looks for."""

    shape: str
    kind: str
    text: str


@dataclass(frozen=True)
class Written(Named):
    """A board on which words are written. Its title may be of an earlier version."""

    id: str
    title: str
    role: str
    matches: list[Match]


@dataclass(frozen=True)
class WrittenPage:
    boards: list[Written]
    more: bool
