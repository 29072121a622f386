"""Large answers are compressed off the event loop; a stream of events never is."""

import asyncio
import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALL = 1400  # bytes: one packet, nothing to win
INLINE = 16 * 1024  # bytes compressed on the loop, in 0.3 ms; more goes to a thread (zlib lets go of the GIL)
LEVEL = 4
TYPES = ("text/html", "application/json", "image/svg+xml", "text/plain")


class Gzip:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            send = Compressed(send).send
        await self.app(scope, receive, send)


class Compressed:
    """One answer on its way out."""

    def __init__(self, send: Send) -> None:
        self.out = send
        self.start: Message | None = None
        self.squeeze: zlib._Compress | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and compressible(Headers(raw=message["headers"])):
            self.start = message  # goes out with the first piece of the body, which decides
        elif message["type"] == "http.response.body" and (self.start or self.squeeze):
            await self.send_body(message.get("body", b""), message.get("more_body", False))
        else:
            await self.out(message)

    async def send_body(self, body: bytes, more: bool) -> None:
        start, self.start = self.start, None
        if start and not more and len(body) < SMALL:
            await self.out(start)
            await self.out({"type": "http.response.body", "body": body})
            return
        squeeze = self.squeeze = self.squeeze or zlib.compressobj(LEVEL, wbits=31)
        data = (
            compress(squeeze, body, more)
            if len(body) < INLINE
            else await asyncio.to_thread(compress, squeeze, body, more)
        )
        if start:
            headers = MutableHeaders(raw=start["headers"])
            headers["content-encoding"] = "gzip"
            headers.add_vary_header("Accept-Encoding")
            if more:
                del headers["content-length"]
            else:
                headers["content-length"] = str(len(data))
            await self.out(start)
        if data or not more:
            await self.out({"type": "http.response.body", "body": data, "more_body": more})


def compressible(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith(TYPES) and "content-encoding" not in headers


def compress(squeeze: "zlib._Compress", body: bytes, more: bool) -> bytes:
    return squeeze.compress(body) + (b"" if more else squeeze.flush())
