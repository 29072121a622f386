"""All boards of a person as one ZIP file, in Convex's file storage: convex/archives.ts, app/archives/."""

import datetime
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal, NamedTuple, Self

from app.auth import Viewer
from app.convex.calls import answered
from app.convex.deployment import Deployment, Storage
from app.convex.files import storing
from app.errors import NotFound
from app.text import one_line

TYPE = "application/zip"
PAGE = 100  # boards
GONE = "Easel was restarted before it was done. Try again."


class Listed(NamedTuple):
    """A board that goes into an archive."""

    id: str
    title: str
    own: bool


@dataclass(frozen=True)
class Archive:
    """`left` boards are not in it. The URL opens it to everybody: it stays here."""

    id: str
    state: Literal["working", "ready", "failed"]
    shared: bool
    done: int
    total: int
    left: int
    message: str
    ends_at: float
    size: int
    url: str | None

    @classmethod
    def from_wire(cls, row: Mapping[str, Any]) -> Self:
        done, total, left, size = (int(row[name]) for name in ("done", "total", "left", "size"))
        message = row["message"] or (GONE if row["state"] == "failed" else "")
        about = row["id"], row["state"], row["shared"]
        return cls(*about, done, total, left, message, row["endsAt"] / 1000, size, row["url"])

    @property
    def until(self) -> str:
        """In UTC, for people."""
        return f"{datetime.datetime.fromtimestamp(self.ends_at, datetime.UTC):%-d %b %Y at %H:%M}"

    def json(self) -> dict[str, Any]:
        about = {name: getattr(self, name) for name in ("state", "shared", "done", "total", "left")}
        if self.state == "ready":
            return about | {"size": self.size, "endsAt": int(self.ends_at * 1000), "url": "/archive.zip"}
        return about | ({"message": self.message} if self.message else {})


class ArchiveShelf:
    """Calls as the relay, for people whom the caller has identified. Raises Convex's refusal, or Unavailable."""

    def __init__(self, deployment: Deployment, storage: Storage, relay_token: Callable[[], str]) -> None:
        self.deployment = deployment
        self.storage = storage
        self.relay_token = relay_token

    async def start(self, viewer: Viewer, shared: bool) -> str:
        """The id of a new one. Raises Conflict, TooManyRequests."""
        return str(await self._mutation("archives:start", person=viewer.identifier, shared=shared))

    async def of(self, viewer: Viewer) -> Archive | None:
        args = {"person": viewer.identifier, "now": time.time() * 1000}
        found = await self._query("archives:mine", **args)
        return found and Archive.from_wire(found)

    async def boards(self, viewer: Viewer, shared: bool, most: int) -> tuple[list[Listed], bool]:
        """By title, and whether there are more."""
        boards: list[Listed] = []
        cursor = None
        while True:
            options = {"numItems": PAGE, "cursor": cursor}
            found = await self._query(
                "archives:boards", person=viewer.identifier, shared=shared, paginationOpts=options
            )
            boards += [Listed(row["id"], one_line(row["title"]), row["own"]) for row in found["page"]]
            if found["isDone"] or len(boards) > most:
                return boards[:most], len(boards) > most
            cursor = found["continueCursor"]

    async def report(self, archive: str, done: int, total: int, left: int) -> bool:
        """Whether somebody still wants it."""
        progress = {"done": float(done), "total": float(total), "left": float(left)}
        return bool(await self._mutation("archives:report", archive=archive, **progress))

    async def keep(self, archive: str, file: BinaryIO, size: int, sha256: str, done: int, left: int) -> None:
        """If it fails, what was uploaded goes within two days (convex/files.ts)."""
        url = await self._mutation("archives:prepare")
        with storing():
            storage = await self.storage.put(url, file, size, sha256, TYPE, large=True)
        made = {"storage": storage, "size": float(size), "done": float(done), "left": float(left)}
        await self._mutation("archives:keep", archive=archive, **made)

    async def fail(self, archive: str, message: str) -> None:
        await self._mutation("archives:fail", archive=archive, message=message)

    async def drop(self, viewer: Viewer) -> None:
        await self._mutation("archives:drop", person=viewer.identifier)

    @asynccontextmanager
    async def open(self, archive: Archive) -> AsyncIterator[AsyncIterator[bytes]]:
        """The file, streamed. Raises NotFound if it has been deleted."""
        if archive.url is None:
            raise NotFound()
        with storing():
            async with self.storage.open(archive.url, large=True) as parts:
                yield parts

    async def _query(self, path: str, **args: Any) -> Any:
        return await answered(self.deployment.query, path, args, self.relay_token())

    async def _mutation(self, path: str, **args: Any) -> Any:
        return await answered(self.deployment.mutation, path, args, self.relay_token())
