"""Boards and people as typed records, which app/convex/store.py reads from Convex."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from app.text import one_line

LINES = frozenset({"name", "by", "sender", "title", "editor"})
NAMELESS = "(no name)"


class Named:
    """Has names or a title, which people see. Earlier versions, and other programs, have stored some uncleaned."""

    def __post_init__(self) -> None:
        for line in LINES & vars(self).keys():
            if (text := getattr(self, line)) is not None:
                object.__setattr__(self, line, one_line(text) or NAMELESS)


@dataclass(frozen=True)
class User(Named):
    id: str
    name: str


@dataclass(frozen=True)
class MadeBoard:
    """`repeated`: an earlier request with the same operation id made it."""

    id: str
    repeated: bool


@dataclass(frozen=True)
class Committed:
    ts: int
    repeated: bool


@dataclass(frozen=True)
class Reverted:
    """What an undo or redo did: `undoes` is the change taken back; of the shapes in `kept` something stays,
    since others have changed or locked it. `shapes` came back, or changed back.

    `more`: the gesture that this was a part of has parts left.
    """

    ts: int
    undoes: str
    kept: list[str]
    shapes: list[str]
    more: bool
    repeated: bool

    def wire(self) -> dict[str, Any]:
        more = {"more": True} if self.more else {}
        return {"ts": str(self.ts), "undoes": self.undoes, "kept": self.kept, "shapes": self.shapes, **more}


@dataclass(frozen=True)
class Member(Named):
    """A member of a board, by users id, with the given role."""

    user: str
    name: str
    role: str
    you: bool


@dataclass(frozen=True)
class VisitorInfo(Named):
    """A visitor who came by the link. `seenAt` is in ms since the epoch, to the hour."""

    user: str
    name: str
    seenAt: int


@dataclass(frozen=True)
class Removed(Named):
    """A removed person, with the former role if they were a member."""

    user: str
    name: str
    role: str | None


@dataclass(frozen=True)
class Guest(Named):
    """A guest who comes back with a key: the claims of their token."""

    subject: str
    name: str


@dataclass(frozen=True)
class Asking(Named):
    """A person who asks the owner for access."""

    user: str
    name: str


@dataclass(frozen=True)
class Others:
    """People who are no members of the board, as the owner sees them."""

    visitors: list[VisitorInfo]
    removed: list[Removed]
    asking: list[Asking]


@dataclass(frozen=True)
class Invite:
    """An invitation, without its token. `expiresAt` is in ms since the epoch; no `maxUses`: for any number."""

    id: str
    role: str
    expiresAt: int
    uses: int
    maxUses: int | None

    @classmethod
    def from_wire(cls, row: Mapping[str, Any]) -> Self:
        most = row["maxUses"]
        return cls(row["id"], row["role"], int(row["expiresAt"]), int(row["uses"]), most and int(most))

    @property
    def until(self) -> str:
        """The day on which it expires, in UTC."""
        return f"{datetime.fromtimestamp(self.expiresAt / 1000, UTC):%d %b %Y}"

    @property
    def over(self) -> bool:
        return self.expiresAt <= time.time() * 1000 or (self.maxUses is not None and self.uses >= self.maxUses)


@dataclass(frozen=True)
class Invitation(Named):
    """What an invited person sees before they accept."""

    title: str
    sender: str
    role: str


@dataclass(frozen=True)
class LogPage:
    """Rows of a board's log as in Convex, ascending. `more` says that there are later ones."""

    rows: list[dict[str, Any]]
    more: bool
    folded: int = 0
    """Rows up to this ts no longer say what they did."""
