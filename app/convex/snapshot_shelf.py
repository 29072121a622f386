"""Drawings of boards in Convex's file storage, where hubs start from: convex/snapshots.ts, app/hub/snapshots.py."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from convex import ConvexInt64

from app.convex.deployment import Storage, Sync

TYPE = "application/octet-stream"
PATIENCE = 4.0  # s for the deployment to answer


class SnapshotShelf:
    """An `app.hub.snapshots.Shelf`. Raises the errors of the deployment's clients."""

    def __init__(self, feed: Sync, storage: Storage) -> None:
        self.feed = feed
        self.storage = storage

    @asynccontextmanager
    async def read(self, board: str, version: str) -> AsyncIterator[tuple[int, AsyncIterator[bytes]] | None]:
        """The ts and the bytes of the newest snapshot, if it is of this version. Read the bytes in the context."""
        found = await self.feed.query("snapshots:latest", {"board": board}, timeout=PATIENCE)
        if found is None or found["version"] != version:
            yield None
            return
        async with self.storage.open(found["url"]) as parts:
            yield found["ts"], parts

    async def keep(self, board: str, version: str, ts: int, parts: AsyncIterator[bytes]) -> None:
        url = await self.feed.mutation("snapshots:prepare", {"board": board}, timeout=PATIENCE)
        stored, _ = await self.storage.put_parts(url, parts, TYPE)
        args = {"board": board, "ts": ConvexInt64(ts), "version": version, "storage": stored}
        await self.feed.mutation("snapshots:keep", args, timeout=PATIENCE)
