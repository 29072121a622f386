"""Thumbnails of boards in Convex's file storage: convex/thumbnails.ts, app/pictures/thumbnails.py."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, Literal, NamedTuple

from convex import ConvexInt64

from app.convex.calls import answered
from app.convex.deployment import Deployment, Storage
from app.convex.files import storing

TYPE = "image/png"
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")


class Thumbnail(NamedTuple):
    """Drawn of the board at `ts`, at the time `at` (s since the epoch), by this version of the code.

    The URLs open to everybody: they stay here.
    """

    ts: int
    at: float
    version: str
    urls: Mapping[Theme, str]


class Latest(NamedTuple):
    """`head` is the ts of the board's newest change; 0 if nobody has changed it."""

    head: int
    thumbnail: Thumbnail | None

    @property
    def level(self) -> bool:
        """Whether it shows the board as it is."""
        return self.thumbnail.ts >= self.head if self.thumbnail else self.head == 0


class ThumbnailShelf:
    """Raises Convex's refusal as our error, or Unavailable."""

    def __init__(self, deployment: Deployment, storage: Storage, relay_token: Callable[[], str]) -> None:
        self.deployment = deployment
        self.storage = storage
        self.relay_token = relay_token

    async def latest(self, board: str) -> Latest:
        found = await answered(self.deployment.query, "thumbnails:latest", {"board": board}, self.relay_token())
        drawn = found["drawn"]
        urls: dict[Theme, str] = {theme: drawn[theme] for theme in THEMES} if drawn else {}
        about = (int(drawn["ts"]), drawn["at"] / 1000, drawn.get("version", ""), urls) if drawn else None
        return Latest(int(found["head"]), Thumbnail(*about) if about else None)

    async def read(self, thumbnail: Thumbnail, theme: Theme) -> bytes:
        """The picture, a few KiB. Raises NotFound if another one has replaced it."""
        with storing():
            async with self.storage.open(thumbnail.urls[theme]) as parts:
                return b"".join([part async for part in parts])

    async def keep(self, board: str, ts: int, version: str, pictures: Mapping[Theme, BinaryIO]) -> None:
        """If it fails, what was uploaded goes within two days (convex/files.ts)."""
        urls = await self._mutation("thumbnails:prepare", board=board)
        with storing():
            stored = {theme: await self._put(urls[theme], picture) for theme, picture in pictures.items()}
        await self._mutation("thumbnails:keep", board=board, ts=ConvexInt64(ts), version=version, **stored)

    async def _put(self, url: str, picture: BinaryIO) -> str:
        body = picture.read()
        return await self.storage.put(url, picture, len(body), hashlib.sha256(body).hexdigest(), TYPE)

    async def _mutation(self, path: str, **args: Any) -> Any:
        return await answered(self.deployment.mutation, path, args, self.relay_token())
