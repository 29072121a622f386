"""What an archive says of itself: `index.html` for people, `boards.json` for programs. Both work without a network."""

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import orjson

from app.drawing.render import page

TYPE, VERSION = "easel-boards", 1


@dataclass(frozen=True)
class Packed:
    """A board in the archive. `file` and `picture` are the names of its files; it may have no picture."""

    title: str
    own: bool
    shapes: int
    file: str
    picture: str | None

    @property
    def links(self) -> dict[str, str | None]:
        return {"file": quote(self.file), "picture": self.picture and quote(self.picture)}


@dataclass(frozen=True)
class LeftOut:
    """A board that is not in the archive, and why."""

    title: str
    why: str


def as_json(made: datetime.datetime, boards: list[Packed], left: list[LeftOut]) -> bytes:
    about: dict[str, Any] = {"type": TYPE, "version": VERSION, "made": made.isoformat(timespec="seconds")}
    about |= {"boards": boards, "leftOut": left}
    return orjson.dumps(about, option=orjson.OPT_INDENT_2) + b"\n"


def as_page(made: datetime.datetime, boards: list[Packed], left: list[LeftOut], whose: str) -> bytes:
    return page("archive/index.html", made=made, boards=boards, left=left, whose=whose).encode()
