"""The files that pages load, under `/static`: those of the bundle, which may be kept for ever.

A file of the bundle has its content's hash in its name. By the name that templates use (`/static/favicon.svg`) it is
answered too, and asked for again each time.
"""

import asyncio
import logging
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.errors import MethodNotAllowed, NotFound
from app.web.bundle import FOLDER, Bundle, BundleError, bundle, digest, sources, templates

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
BUILT = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*-[A-Z0-9]{8}(\.[a-z0-9]+){1,2}")
FOR_EVER = "public, max-age=31536000, immutable"
KEPT = 128  # files in memory, of this build and of earlier ones
LOOK = 1.0  # s between looks at the sources' times, in development
log = logging.getLogger("easel")


@dataclass(frozen=True)
class Asset:
    name: str
    bodies: dict[str, bytes]  # by content coding: "br", "gzip", and "" for none

    @property
    def type(self) -> str:
        return TYPES[Path(self.name).suffix]


class Static:
    """The ASGI app under `/static`, and the `version` of the pages that load it.

    Raises BundleError if the sources cannot be bundled.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self.seen = newest()
        self.bundle: Bundle = bundle(folder)
        self.version = version_of(self.bundle)
        self.load = lru_cache(KEPT)(self._load)

    def asset(self, name: str) -> str:
        """The address of a file, for templates: `asset("pages/board.js")`."""
        return f"/static/{self.bundle.names[name]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            raise MethodNotAllowed()
        await (await self.answer(scope, scope["path"].removeprefix("/static/")))(scope, receive, send)

    async def answer(self, scope: Scope, asked: str) -> Response:
        """The file of this name, as templates or as the bundle call it. Raises NotFound."""
        name = self.bundle.names.get(asked, asked)
        if not BUILT.fullmatch(name) or Path(name).suffix not in TYPES:
            raise NotFound()
        try:
            found = await asyncio.to_thread(self.load, name)
        except OSError:
            raise NotFound() from None
        return answer(found, scope, name == asked)

    def _load(self, name: str) -> Asset:
        bodies = {"": (self.folder / name).read_bytes()}
        for coding, end in (("br", ".br"), ("gzip", ".gz")):
            packed = self.folder / f"{name}{end}"
            if packed.exists():
                bodies[coding] = packed.read_bytes()
        return Asset(name, bodies)

    async def keep_fresh(self) -> None:
        """Bundles again whenever a source changes: the next page that is loaded has it. For development."""
        while True:
            await asyncio.sleep(LOOK)
            now = await asyncio.to_thread(newest)
            if now != self.seen:
                self.seen = now
                try:
                    self.bundle = await asyncio.to_thread(bundle, self.folder)
                    self.version = await asyncio.to_thread(version_of, self.bundle)
                except BundleError as error:
                    log.error("The pages keep the scripts and styles from before: %s", error)


def newest() -> list[int]:
    """The times of all that pages are made of, in ns."""
    return [path.stat().st_mtime_ns for path in (*sources(), *templates())]


def version_of(bundle: Bundle) -> str:
    """Of the pages: it changes with every source of what they load, and with every template."""
    return f"{bundle.version}-{digest(templates())}"


def answer(asset: Asset, scope: Scope, for_ever: bool) -> Response:
    asked = Headers(scope=scope)
    headers = {
        "cache-control": FOR_EVER if for_ever else "no-cache",
        "etag": f'"{asset.name}"',
        "vary": "Accept-Encoding",
    }
    if asked.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    wanted = asked.get("accept-encoding", "")
    coding = next((coding for coding in ("br", "gzip") if coding in asset.bodies and accepts(wanted, coding)), "")
    if coding:
        headers["content-encoding"] = coding
    return Response(asset.bodies[coding], headers=headers, media_type=asset.type)


def accepts(header: str, coding: str) -> bool:
    """Whether `Accept-Encoding` names it, and not with a weight of 0."""
    for part in header.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() == coding:
            return not re.fullmatch(r"\s*q=0(\.0*)?\s*", weight)
    return False
