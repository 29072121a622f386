"""A log and its checkpoints in memory, as app/convex/checkpoint_shelf.py gives them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from app.convex.checkpoint_shelf import Found, Stored
from tests.unit.feed import stroke

PAGE = 3  # rows


@dataclass
class MemoryShelf:
    rows_: list[tuple[int, list[Any]]] = field(default_factory=list)
    checkpoints: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def commit(self, *ops: dict[str, Any]) -> int:
        ts = 10 * len(self.rows_) + 10
        self.rows_.append((ts, list(ops)))
        return ts

    def put(self, id: str, **fields: Any) -> int:
        shape = stroke(id, **fields)
        del shape["ts"]
        return self.commit({"type": "put", "shape": shape})

    async def find(self, _: str, at: int, format: int, *, below: int | None = None, base: int = 0) -> Found:
        assert format == 1
        moments = [0, *(ts for ts, _ in self.rows_)]
        ts = max(moment for moment in moments if moment <= at)
        kept = [ts for ts in self.checkpoints if ts <= (at if below is None else below) and ts in moments]
        stored = Stored(max(kept), self.checkpoints[max(kept)][0], str(max(kept))) if kept else None
        return Found(ts, moments[-1], 0, base in moments, stored)

    @asynccontextmanager
    async def open(self, stored: Stored) -> AsyncIterator[AsyncIterator[bytes]]:
        self.asked.append(f"checkpoint {stored.ts}")

        async def parts() -> AsyncIterator[bytes]:
            body = self.checkpoints[stored.ts][1]
            for start in range(0, len(body), 100):
                yield body[start : start + 100]

        yield parts()

    async def rows(self, _: str, after: int, until: int) -> AsyncIterator[list[tuple[int, list[Any]]]]:
        rows = [row for row in self.rows_ if after < row[0] <= until]
        self.asked.append(f"{len(rows)} rows")
        for start in range(0, len(rows), PAGE):
            yield rows[start : start + PAGE]

    async def keep(self, _: str, ts: int, changes: int, format: int, parts: AsyncIterator[bytes]) -> None:
        assert format == 1
        self.checkpoints[ts] = changes, b"".join([part async for part in parts])
