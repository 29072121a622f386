"""A board in memory that behaves as the deployment does towards the relay, for the hub's own tests."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from app.shapes.points import pack

MAX_ROWS = 8  # of one tail, to meet `more` often


def stroke(id: str, ts: int = 0, z: float = 0.0, **fields: Any) -> dict[str, Any]:
    """A stored stroke on the wire."""
    style = {"color": "black", "x": 0.0, "y": 0.0, "rotation": 0.0, "width": 4.0, "opacity": 1.0}
    points = {"points": pack([0, 0, 10, 5, 20, 0]), "pressures": ""}
    free = {"group": "", "locked": False}
    return {"id": id, "kind": "stroke", "z": z, **style, **points, **free, "author": "u1", "ts": ts, **fields}


def arrow(id: str, start: str | None, end: str | None, ts: int = 0, z: float = 0.0, **fields: Any) -> dict[str, Any]:
    """A stored arrow on the wire, bound to these shapes."""
    ends = {name: shape and {"id": shape, "at": [0.5, 0.5]} for name, shape in (("from", start), ("to", end))}
    style = {"curved": False, "dash": "solid", "start": "none", "end": "arrow", "text": "", "size": 20.0}
    shape = stroke(id, ts, z, kind="arrow", **style, **ends, **fields)
    del shape["pressures"]
    return shape


def alone(_id: str) -> None:
    """Finds the shapes that an arrow is bound to: there are none."""


@dataclass
class Ana:
    """Somebody verified."""

    name: str = "Ana"

    @property
    def identifier(self) -> str:
        return f"https://guest|{self.name}"

    @property
    def person(self) -> str:
        return f"{self.name.lower()}0"


class MemoryWatch:
    def __init__(self, board: "MemoryBoard", path: str, args: Mapping[str, Any]) -> None:
        self.board, self.path, self.args = board, path, args
        self.unread = asyncio.Event()
        self.closed = False
        self.latest: Any = None
        board.watches.append(self)
        self.refresh()

    def refresh(self) -> None:
        value = self.board.answer(self.path, self.args)
        if value != self.latest or self.latest is None:
            self.latest = value
            self.unread.set()

    def move(self, args: Mapping[str, Any]) -> None:
        self.args = args
        self.board.moves.append(int(args["after"].value))
        self.refresh()

    def close(self) -> None:
        self.closed = True
        self.unread.set()
        if self in self.board.watches:
            self.board.watches.remove(self)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Any:
        await self.unread.wait()
        if self.closed:
            raise StopAsyncIteration
        self.unread.clear()
        if isinstance(self.latest, Exception):
            raise self.latest
        return self.latest


@dataclass
class MemoryBoard:
    """The log, its fold, and who may look. `quiet` holds back what watches would be told, as a slow network does."""

    connected: bool = True
    on_state: list[Callable[[bool], None]] = field(default_factory=list)
    ts: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    live: dict[str, dict[str, Any]] = field(default_factory=dict)
    tombs: dict[str, dict[str, Any]] = field(default_factory=dict)
    access: dict[str, Any] | None = field(
        default_factory=lambda: {
            "title": "A board",
            "visibility": "private",
            "presenting": False,
            "members": [{"user": "https://guest|Ana", "role": "owner", "name": "Ana"}],
        }
    )
    presence: dict[str, dict[str, Any]] = field(default_factory=dict)
    signals: dict[str, dict[str, Any]] = field(default_factory=dict)
    mutations: list[str] = field(default_factory=list)
    watches: list[MemoryWatch] = field(default_factory=list)
    moves: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    during: dict[str, Callable[[], None]] = field(default_factory=dict)
    """Called once, right after that query was answered: what happens while the answer travels."""
    quiet: bool = False
    broken: Exception | None = None

    def watch(self, path: str, args: Mapping[str, Any]) -> MemoryWatch:
        return MemoryWatch(self, path, args)

    async def query(self, path: str, args: Mapping[str, Any], *, timeout: float = 10) -> Any:  # noqa: ARG002
        await asyncio.sleep(0)
        self.asked.append(path)
        if self.broken:
            raise self.broken
        value = self.answer(path, args)
        self.tell()
        if path in self.during:
            self.during.pop(path)()
        return value

    async def mutation(self, path: str, args: Mapping[str, Any], *, timeout: float = 10) -> Any:  # noqa: ARG002
        self.mutations.append(path)
        if path == "relay:signal":
            self.signals[args["process"]] = {"process": args["process"], "signs": args["signs"]}
            if not args["signs"]:
                del self.signals[args["process"]]
            self.tell()
            return
        assert path == "relay:announce"
        beat = self.presence.get(args["process"], {"beat": -1.0})["beat"] + 1
        row = {"people": args["people"], "watching": args["watching"], "beat": beat}
        self.presence[args["process"]] = {"process": args["process"], **row}
        self.tell()

    def answer(self, path: str, args: Mapping[str, Any]) -> Any:
        match path.removeprefix("relay:"):
            case "head":
                return {"ts": self.ts}
            case "tail":
                rows = [row for row in self.rows if row["ts"] > args["after"].value]
                known = self.answer("relay:known", {"ts": args["after"]})
                return {"changes": rows[:MAX_ROWS], "more": len(rows) > MAX_ROWS, "known": known}
            case "known":
                return args["ts"].value in (0, *(row["ts"] for row in self.rows))
            case "page":
                start = args["paginationOpts"]["cursor"] or ""
                ids = sorted(id for id in self.live if id > start)
                page = [self.live[id] for id in ids[:3]]
                return {"page": page, "isDone": len(ids) <= 3, "continueCursor": max(ids[:3], default="")}
            case "shapes":
                return [self.live[id] for id in args["ids"] if id in self.live]
            case "access":
                return self.access
            case "presence":
                return list(self.presence.values())
            case "signals":
                return list(self.signals.values())
            case "timer":
                return None
        raise AssertionError(path)

    def commit(self, *ops: dict[str, Any], change_id: str | None = None) -> int:
        """One change: a row of the log, and what it does to the shapes."""
        self.ts += 1
        told = [self._do(op) for op in ops]
        change = {"ts": self.ts, "changeId": change_id or f"c{self.ts}", "author": "u1", "undoes": None, "ops": told}
        self.rows.append(change)
        self.tell()
        return self.ts

    def put(self, id: str, z: float = 0.0, **fields: Any) -> int:
        return self.commit({"type": "put", "shape": stroke(id, z=z, **fields)})

    def tell(self) -> None:
        if not self.quiet:
            for watch in list(self.watches):
                watch.refresh()

    def state(self, connected: bool) -> None:
        self.connected = connected
        for told in self.on_state:
            told(connected)

    def _do(self, op: dict[str, Any]) -> dict[str, Any]:
        match op["type"]:
            case "put":
                shape = op["shape"] | {"ts": self.ts}
                self.live[shape["id"]] = shape
                return {"type": "put", "shape": shape}
            case "patch" if op["id"] in self.live:
                self.live[op["id"]] = self.live[op["id"]] | op["set"] | {"ts": self.ts}
            case "remove" if op["id"] in self.live:
                self.tombs[op["id"]] = self.live.pop(op["id"])
            case "restore" if op["id"] in self.tombs:
                self.live[op["id"]] = self.tombs.pop(op["id"]) | {"ts": self.ts}
        return op
