"""Files in storage, made through the functions alone, as the web process makes them."""

import hashlib
import secrets
from io import BytesIO
from typing import Any

from convex import ConvexInt64

from app.convex.deployment import Storage
from tests.convex.conftest import Caller

NO_QUOTAS = {"board": 0.0, "person": 0.0}


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


async def upload(relay: Caller, storage: Storage, board: str, body: bytes, side: int = 4096) -> dict[str, Any]:
    """A variant that is in storage and has no row yet."""
    args = {"person": "somebody", "size": len(body), "count": 1, "quotas": NO_QUOTAS}
    (url,) = await relay.mutation("files:prepare", board=board, **args)
    stored = await storage.put(url, BytesIO(body), len(body), digest_of(body), "image/webp")
    return {"side": side, "width": 4, "height": 3, "size": len(body), "sha256": digest_of(body), "storage": stored}


async def keep(relay: Caller, storage: Storage, board: str, person: str = "somebody", **changed: Any) -> Any:
    """A file of its own; `changed` are other arguments than the usual. With `size`, of so many bytes."""
    body = secrets.token_bytes(changed.pop("size", 100))
    variants = [await upload(relay, storage, board, body)]
    args = {"digest": digest_of(body), "name": "a.png", "variants": variants, "quotas": NO_QUOTAS, **changed}
    return await relay.mutation("files:keep", board=board, person=person, **args)


async def upload_thumbnails(relay: Caller, storage: Storage, board: str, body: bytes) -> dict[str, str]:
    """The storage ids of a picture in each theme."""
    return {
        theme: (await upload(relay, storage, board, body + f" in {theme}".encode()))["storage"]
        for theme in ("light", "dark")
    }


async def keep_thumbnails(
    relay: Caller, storage: Storage, board: str, ts: int, body: bytes, version: str = "1"
) -> dict[str, str]:
    """The same, of the board at this ts."""
    stored = await upload_thumbnails(relay, storage, board, body)
    await relay.mutation("thumbnails:keep", board=board, ts=ConvexInt64(ts), version=version, **stored)
    return stored


def image(shape_id: str, file: str, **fields: Any) -> dict[str, Any]:
    """An image as functions take it."""
    common = {"color": "black", "x": 0, "y": 0, "rotation": 0, "opacity": 1, "group": "", "locked": False}
    own = {"kind": "image", "w": 40, "h": 30, "alt": "", "crop": None, "flip": ""}
    return {"id": shape_id, "file": file, **common, **own, **fields}
