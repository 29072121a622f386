"""Compresses large answers off the event loop. It never compresses a stream of events."""

import asyncio
import gzip
import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Scope, Send

from app.pace import Pace
from app.web.deflate import END, Pieces
from app.web.told import told

SMALL = 1400  # bytes: one packet, nothing to win
INLINE = 16 * 1024  # bytes compressed on the loop, in 0.3 ms; more goes to a thread (zlib lets go of the GIL)
LEVEL = 4
HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # of a gzip file
TYPES = ("text/html", "application/json", "image/svg+xml", "text/plain")


def accepted(scope: Scope) -> bool:
    return "gzip" in told(scope).get("accept-encoding", "")


class Compressed:
    """One answer on its way out: as it is, compressed as one, or piece by piece."""

    def __init__(self, send: Send, pieces: Pieces) -> None:
        self.out = send
        self.pieces, self.pace = pieces, Pace()
        self.start: Message | None = None
        self.started = False
        self.check = self.size = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and compressible(Headers(raw=message["headers"])):
            self.start = message  # goes out with the first piece of the body, which decides
        elif message["type"] == "http.response.body" and (self.start or self.started):
            await self.send_body(message.get("body", b""), message.get("more_body", False))
        else:
            await self.out(message)

    async def send_body(self, body: bytes, more: bool) -> None:
        if self.started:
            await self.send_piece(body, more)
        elif more:
            await self.send_start(None)
            await self.out({"type": "http.response.body", "body": HEAD, "more_body": True})
            await self.send_piece(body, more)
        elif len(body) < SMALL:
            assert self.start
            await self.out(self.start)
            await self.out({"type": "http.response.body", "body": body})
        else:
            packed = compress(body) if len(body) < INLINE else await asyncio.to_thread(compress, body)
            await self.send_start(len(packed))
            await self.out({"type": "http.response.body", "body": packed})

    async def send_start(self, length: int | None) -> None:
        assert self.start
        headers = MutableHeaders(raw=self.start["headers"])
        headers["content-encoding"] = "gzip"
        headers.add_vary_header("Accept-Encoding")
        if length is None:
            del headers["content-length"]
        else:
            headers["content-length"] = str(length)
        self.started = True
        await self.out(self.start)

    async def send_piece(self, body: bytes, more: bool) -> None:
        self.check, self.size = zlib.crc32(body, self.check), self.size + len(body)
        await self.pace.rest()  # of pieces that are kept no other await waits
        packed = await self.pieces.deflated(body) if body else b""
        if not more:
            packed += END + self.check.to_bytes(4, "little") + (self.size % 2**32).to_bytes(4, "little")
        if packed:
            await self.out({"type": "http.response.body", "body": packed, "more_body": more})


def compressible(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith(TYPES) and "content-encoding" not in headers


def compress(body: bytes) -> bytes:
    return gzip.compress(body, LEVEL, mtime=0)
