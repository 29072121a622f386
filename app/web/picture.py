"""A file of a board as an answer: streamed from storage, with headers that let it be a picture and nothing else."""

import asyncio
from contextlib import AbstractAsyncContextManager
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.convex.file_records import File
from app.convex.files import TYPE, Files
from app.text import file_name, one_line

KEPT = 3600  # s in the browser's cache: afterwards it asks again, and who was removed gets nothing
STALLED = 10.0  # s for 64 KiB: whoever takes longer would keep a connection to storage from others
HEADERS = {
    "Cache-Control": f"private, max-age={KEPT}, immutable",
    "Vary": "Cookie, Authorization",  # somebody else on the same computer asks again
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "none",
}


class Picture(Response):
    """Raises NotFound, Unavailable before anything is sent."""

    def __init__(
        self,
        request: Request,
        files: Files,
        turn: AbstractAsyncContextManager[None],
        board: str,
        file: File,
        side: int | None,
    ):
        variant = file.variant(side)
        etag = f'"{variant.sha256[:32]}"'
        self.same = etag in request.headers.get("if-none-match", "")
        disposition = "attachment" if "download" in request.query_params else "inline"
        headers = HEADERS | {"ETag": etag, "Content-Disposition": f"{disposition}; {filename(file.name)}"}
        if not self.same:
            headers["Content-Length"] = str(variant.size)
        super().__init__(None, 304 if self.same else 200, headers, None if self.same else TYPE)
        self.turn = turn
        self.opened = files.open(board, file, variant)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.same:
            await super().__call__(scope, receive, send)
            return
        async with self.turn, self.opened as parts:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            async for part in parts:
                try:
                    async with asyncio.timeout(STALLED):
                        await send({"type": "http.response.body", "body": part, "more_body": True})
                except TimeoutError:
                    raise ClientDisconnect() from None
            await send({"type": "http.response.body", "body": b""})


def filename(name: str) -> str:
    """The `filename` parameters for a picture that was called so when it was sent, and is a WebP now."""
    stem = one_line(file_name(name).rsplit(".", 1)[0], 80) or "picture"
    plain = "".join(char if char.isascii() and (char.isalnum() or char in " -_") else "_" for char in stem)
    return f"filename=\"{plain}.webp\"; filename*=UTF-8''{quote(stem, safe='')}.webp"
