"""Checkpoints of boards in Convex's file storage, and the log between them: convex/checkpoints.ts, app/history/."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple

import orjson
from convex import ConvexInt64

from app.convex.calls import answered
from app.convex.deployment import Deployment, Storage

TYPE = "application/octet-stream"


class Stored(NamedTuple):
    """A checkpoint in storage, which has the first `changes` rows of the log. `url` opens it to everybody."""

    ts: int
    changes: int
    url: str


class Found(NamedTuple):
    """The moment asked for: `ts` is that of the last change until then, or 0; `head` that of the newest one.

    `earliest` is the first moment that the board remembers, 0 if it remembers all.
    """

    ts: int
    head: int
    earliest: int
    known: bool
    checkpoint: Stored | None


class CheckpointShelf:
    """Raises Convex's refusal as our error, or Unavailable; of storage, DeploymentError."""

    def __init__(self, deployment: Deployment, storage: Storage, relay_token: Callable[[], str]) -> None:
        self.deployment = deployment
        self.storage = storage
        self.relay_token = relay_token

    async def find(self, board: str, at: int, format: int, *, below: int | None = None, base: int = 0) -> Found:
        """`known` is whether the log has a change at `base`. Only checkpoints at or before `below` count."""
        more = {} if below is None else {"below": ConvexInt64(below)}
        args = {"board": board, "at": ConvexInt64(at), "format": float(format), "base": ConvexInt64(base), **more}
        found = await answered(self.deployment.query, "checkpoints:find", args, self.relay_token())
        kept = found["checkpoint"]
        stored = Stored(int(kept["ts"]), int(kept["changes"]), kept["url"]) if kept else None
        return Found(int(found["ts"]), int(found["head"]), int(found["earliest"]), found["known"], stored)

    def open(self, stored: Stored) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        return self.storage.open(stored.url)

    async def rows(self, board: str, after: int, until: int) -> AsyncIterator[list[tuple[int, list[Any]]]]:
        """The log's rows in (after, until], a page at a time: each with its ts and ops."""
        next: int | None = after
        while next is not None:
            args = {"board": board, "after": ConvexInt64(next), "until": ConvexInt64(until)}
            page = await answered(self.deployment.query, "checkpoints:rows", args, self.relay_token())
            next = None if page["next"] is None else int(page["next"])
            yield [(int(ts), ops) for ts, ops in orjson.loads(page["text"])]

    async def keep(
        self,
        board: str,
        ts: int,
        changes: int,
        format: int,
        parts: AsyncIterator[bytes],
        *,
        replace: bool = False,
    ) -> None:
        """If there is one of that ts, it stays, or this one replaces it."""
        url = await answered(self.deployment.mutation, "checkpoints:prepare", {"board": board}, self.relay_token())
        stored, size = await self.storage.put_parts(url, parts, TYPE)
        of = {"ts": ConvexInt64(ts), "changes": float(changes), "size": float(size), "format": float(format)}
        args = {"board": board, **of, "storage": stored, "replace": replace}
        await answered(self.deployment.mutation, "checkpoints:keep", args, self.relay_token())
