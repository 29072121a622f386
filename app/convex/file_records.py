"""Files of boards as typed records, which app/convex/files.py reads from Convex."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO, Protocol, Self

from app.convex.records import Named


class Made(Protocol):
    """A variant that is not stored yet, from app/images/decoder.py."""

    @property
    def side(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def size(self) -> int: ...
    @property
    def sha256(self) -> str: ...
    @property
    def file(self) -> BinaryIO: ...


@dataclass(frozen=True)
class Found:
    """A file by its id; width and height of the full picture in px."""

    id: str
    width: int
    height: int


@dataclass(frozen=True)
class Stored:
    """A variant in storage. `url` opens it to everybody, so it must not leave this process."""

    side: int
    width: int
    height: int
    size: int
    sha256: str
    url: str

    @classmethod
    def from_wire(cls, row: Mapping[str, Any]) -> Self:
        side, width, height, size = (int(row[name]) for name in ("side", "width", "height", "size"))
        return cls(side, width, height, size, row["sha256"], row["url"])


@dataclass(frozen=True)
class File(Named):
    """A file's variants, the full one first."""

    id: str
    name: str
    variants: Sequence[Stored]

    def variant(self, side: int | None) -> Stored:
        """The smallest variant for this width in px, or the full picture without one."""
        fitting = [variant for variant in self.variants if side and variant.side >= side]
        return min(fitting, key=lambda variant: variant.side) if fitting else self.variants[0]


@dataclass(frozen=True)
class Listed(Named):
    """A file in a board's list. Times in ms since the epoch; `keptUntil` is None while a shape shows it."""

    id: str
    name: str
    width: int
    height: int
    size: int
    at: int
    by: str
    yours: bool
    shown: int
    keptUntil: int | None

    @classmethod
    def from_wire(cls, row: Mapping[str, Any]) -> Self:
        whole: dict[str, Any] = {name: int(value) if isinstance(value, float) else value for name, value in row.items()}
        return cls(**whole)

    @property
    def until(self) -> str:
        """The last day on which undo can bring it back, in UTC."""
        return f"{datetime.fromtimestamp((self.keptUntil or 0) / 1000, UTC):%d %b %Y}"


@dataclass(frozen=True)
class Used:
    """Used bytes, and the limit; a `most` of 0 is no limit."""

    bytes: int
    files: int
    most: int


@dataclass(frozen=True)
class FilePage:
    files: list[Listed]
    cursor: str | None
    board: Used
    you: Used
