"""One row of the board's log, ready to be applied and sent."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import orjson

from app.hub import events
from app.shapes import Find, Shape, shape_of, unpacked

PIECE = 32 * 1024  # characters of shapes made JSON before the event loop has its turn: about 1 ms


@dataclass
class Change:
    """What one commit did: shapes put, fields set, ids removed. A restored shape is put as the board has it now.

    One that `folded` made of several has neither an id nor an author.
    """

    ts: int
    id: str
    author: str
    undoes: str | None
    put: list[Shape] = field(default_factory=list)
    patch: dict[str, dict[str, Any]] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    before: dict[str, float | None] = field(default_factory=dict)
    """The z before of each shape that it touched; None if the shape was not there. Set when it is applied."""

    cells: set[tuple[int, int]] = field(default_factory=set)
    """The cells that look different since. Set when it is applied, if this process keeps cells."""

    @classmethod
    def from_wire(cls, row: Mapping[str, Any], restored: Mapping[str, Shape]) -> "Change":
        change = cls(row["ts"], row["changeId"], row["author"], row["undoes"])
        for op in row["ops"]:
            match op["type"]:
                case "put":
                    change.put.append(shape_of(op["shape"]))
                case "patch":
                    change.patch[op["id"]] = op["set"]
                case "remove":
                    change.remove.append(op["id"])
                case "restore" if op["id"] in restored:
                    change.put.append(restored[op["id"]])
        return change

    @property
    def touched(self) -> list[str]:
        """The ids of all shapes in it."""
        return [*(shape.id for shape in self.put), *self.patch, *self.remove]

    @property
    def size(self) -> int:
        """About how much memory it takes, in bytes."""
        operations = 1 + len(self.put) + len(self.patch) + len(self.remove)
        put = sum(shape.characters for shape in self.put)
        return 200 * operations + put + sum(map(characters, self.patch.values()))

    def json(self) -> dict[str, Any]:
        """The change in the API's form."""
        return self._form([shape.json() for shape in self.put], {id: unpacked(set) for id, set in self.patch.items()})

    @cached_property
    def event(self) -> bytes:
        """The change as programs read it on the stream."""
        return events.event("change", self.json(), self.ts)

    async def prepare(self) -> None:
        """Make `event` in pieces."""
        if "event" not in self.__dict__:
            self.event = events.event("change", await self.written(), self.ts)

    async def written(self) -> orjson.Fragment:
        """`json` as bytes, made in pieces: of a change that restores large strokes it takes 0.1 s."""
        put, patch, waiting = [], {}, 0
        for shape in self.put:
            put.append(orjson.Fragment(orjson.dumps(shape.json())))
            waiting = await turn(waiting + shape.characters)
        for id, fields in self.patch.items():
            patch[id] = orjson.Fragment(orjson.dumps(unpacked(fields)))
            waiting = await turn(waiting + characters(fields))
        return orjson.Fragment(orjson.dumps(self._form(put, patch)))

    def _form(self, put: list[Any], patch: dict[str, Any]) -> dict[str, Any]:
        undoes = {"undoes": self.undoes} if self.undoes else {}
        made = {"ts": str(self.ts), "changeId": self.id or None, "author": self.author or None, **undoes}
        return {**made, "put": put, "patch": patch, "remove": self.remove}


def folded(changes: Sequence[Change], find: Find) -> Change:
    """What changes come to by now, for readers who may not see what was on the board in between."""
    ids = dict.fromkeys(id for change in changes for id in change.touched)
    there = {id: shape for id in ids if (shape := find(id))}
    gone = [id for id in ids if id not in there]
    return Change(changes[-1].ts, "", "", None, list(there.values()), {}, gone)


async def turn(waiting: int) -> int:
    """Let the event loop go on if PIECE characters were made JSON since it last did. Returns how many are since."""
    waiting += 200
    if waiting < PIECE:
        return waiting
    await asyncio.sleep(0)
    return 0


def characters(fields: Mapping[str, Any]) -> int:
    return sum(len(value) for value in fields.values() if isinstance(value, str))


def restored_ids(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return list({op["id"]: None for row in rows for op in row["ops"] if op["type"] == "restore"})
