"""Files for the browser: `static/`, and the libraries of `node_modules` under `vendor/`.

`asset("js/board.js")` is the address with the content's hash in it, which may be kept for ever; the same file without
the right hash is asked for again each time.
"""

import asyncio
import gzip
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.errors import MethodNotAllowed, NotFound
from app.fonts import subsets

ROOT = Path(__file__).parents[2]
VENDOR = {
    "vendor/htmx.js": "htmx.org/dist/htmx.esm.js",
    "vendor/hx-sse.js": "htmx.org/dist/ext/hx-sse.js",
    "vendor/node-diff3.js": "node-diff3/dist/diff3.mjs",
    "vendor/perfect-freehand.js": "perfect-freehand/dist/esm/index.mjs",
} | {font.asset: f"@fontsource/shantell-sans/{font.file}" for font in subsets()}
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    changed: int  # the file's mtime, ns
    body: bytes
    packed: bytes
    version: str
    type: str


class Static:
    """The ASGI app under `/static`. A file is read again when it changes on disk, so that editing needs no restart."""

    def __init__(self, static: Path = ROOT / "static", modules: Path = ROOT / "node_modules") -> None:
        self.static = static
        self.vendor = {name: modules / path for name, path in VENDOR.items()}
        self.assets: dict[str, Asset] = {}
        for path in static.rglob("*"):  # now, before anybody waits for it
            self.find(path.relative_to(static).as_posix())

    def asset(self, name: str) -> str:
        """The address of a file, for templates."""
        found = self.find(name)
        return f"/static/{name}?v={found.version}" if found else f"/static/{name}"

    def imports(self) -> dict[str, str]:
        """The import map: the libraries' names, and every module's address with its version."""
        modules = [path.relative_to(self.static).as_posix() for path in sorted(self.static.glob("js/**/*.js"))]
        libraries = {Path(name).stem: self.asset(name) for name in self.vendor if name.endswith(".js")}
        return libraries | {f"/static/{name}": self.asset(name) for name in modules}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            raise MethodNotAllowed()
        name = scope["path"].removeprefix("/static/")
        found = await asyncio.to_thread(self.find, name) if name not in self.assets else self.find(name)
        if found is None:
            raise NotFound()
        await answer(found, scope)(scope, receive, send)

    def find(self, name: str) -> Asset | None:
        if not NAME.fullmatch(name) or Path(name).suffix not in TYPES:
            return None
        path = self.vendor.get(name, self.static / name)
        try:
            changed = path.stat().st_mtime_ns
            known = self.assets.get(name)
            if known is None or known.changed != changed:
                known = self.assets[name] = load(path, changed, TYPES[Path(name).suffix])
        except OSError:
            return None
        return known


def load(path: Path, changed: int, type: str) -> Asset:
    body = path.read_bytes()
    version = sha256(body).hexdigest()[:12]
    return Asset(changed, body, gzip.compress(body, mtime=0), version, type)


def answer(asset: Asset, scope: Scope) -> Response:
    asked = Headers(scope=scope)
    versioned = f"v={asset.version}".encode() == scope["query_string"]
    headers = {
        "cache-control": FOR_EVER if versioned else "no-cache",
        "etag": f'"{asset.version}"',
        "vary": "Accept-Encoding",
    }
    if asked.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    if "gzip" in asked.get("accept-encoding", "") and len(asset.packed) < len(asset.body):
        return Response(asset.packed, headers=headers | {"content-encoding": "gzip"}, media_type=asset.type)
    return Response(asset.body, headers=headers, media_type=asset.type)
