"""The shapes of a board, as rows of its log make them one after another. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.shapes import Shape, shape_of

Row = tuple[int, Sequence[Mapping[str, Any]]]
"""A ts, and the ops of the change that was committed then."""


class Fold:
    """`live` has the shapes on the board, `gone` those removed: an op that restores one names it by its id alone."""

    def __init__(self, live: Mapping[str, Shape] | None = None, gone: Mapping[str, Shape] | None = None) -> None:
        self.live = dict(live or {})
        self.gone = dict(gone or {})

    def apply(self, rows: Iterable[Row]) -> None:
        """The next rows of the log, in order."""
        for ts, ops in rows:
            for op in ops:
                self._apply(ts, op)

    def _apply(self, ts: int, op: Mapping[str, Any]) -> None:
        match op["type"]:
            case "put":
                shape = shape_of({**op["shape"], "ts": ts})
                self.live[shape.id] = shape
            case "patch" if op["id"] in self.live:
                self.live[op["id"]] = self.live[op["id"]].patched(op["set"], ts)
            case "remove" if op["id"] in self.live:
                self.gone[op["id"]] = self.live.pop(op["id"]).patched({}, ts)
            case "restore" if op["id"] in self.gone:
                self.live[op["id"]] = self.gone.pop(op["id"]).patched({}, ts)
