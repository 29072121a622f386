"""One row of the board's log, ready to be applied and told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.hub import events
from app.shapes import Shape, shape_of, unpacked


@dataclass
class Change:
    """What one commit did: shapes put, fields set, ids removed. A restored shape is put, as it was read."""

    ts: int
    id: str
    author: str
    undoes: str | None
    put: list[Shape] = field(default_factory=list)
    patch: dict[str, dict[str, Any]] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    before: dict[str, float | None] = field(default_factory=dict)
    """Of each shape that it touched, the z before; None if it was not there. Set when it is applied."""

    cells: set[tuple[int, int]] = field(default_factory=set)
    """The cells that look different since, if anybody looks at the board by cells."""

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
        """The ids of all shapes that it is about."""
        return [*(shape.id for shape in self.put), *self.patch, *self.remove]

    @property
    def size(self) -> int:
        """About what it holds, in bytes."""
        operations = 1 + len(self.put) + len(self.patch) + len(self.remove)
        patched = [value for fields in self.patch.values() for value in fields.values() if isinstance(value, str)]
        return 200 * operations + sum(shape.characters for shape in self.put) + sum(map(len, patched))

    def json(self) -> dict[str, Any]:
        """The change in the API's form."""
        undoes = {"undoes": self.undoes} if self.undoes else {}
        return {
            "ts": str(self.ts),
            "changeId": self.id,
            "author": self.author,
            **undoes,
            "put": [shape.json() for shape in self.put],
            "patch": {id: unpacked(fields) for id, fields in self.patch.items()},
            "remove": self.remove,
        }

    @cached_property
    def event(self) -> bytes:
        """The change as programs read it on the stream."""
        return events.event("change", self.json(), self.ts)


def restored_ids(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return list({op["id"]: None for row in rows for op in row["ops"] if op["type"] == "restore"})
