"""A picture of a board as an answer, drawn when somebody takes it who does not have it yet."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.auth import Viewer
from app.hub.sheet import Sheet
from app.web.admitted import require_admitted, while_admitted
from app.web.download import filename, headers_of
from app.web.unstalled import send_parts

PART = 64 * 1024  # bytes
# An SVG file brings its own style sheet, and may do nothing else when it is opened by itself.
POLICY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; sandbox"
}


class Drawn(Response):
    """`turn` is held while the picture is drawn, not while it is sent.

    Raises what these two raise, and ClosedBoard if the viewer has lost the board meanwhile.
    """

    def __init__(
        self,
        request: Request,
        tag: str,
        board: Sheet,
        viewer: Viewer | None,
        media_type: str,
        turn: AbstractAsyncContextManager[None],
        drawn: AbstractAsyncContextManager[BinaryIO],
    ) -> None:
        etag = f'"{tag}"'
        self.same = etag in request.headers.get("if-none-match", "")
        name = filename(board.access.title, media_type.rpartition("/")[2])
        headers = headers_of(board) | {"ETag": etag, "Content-Disposition": f"inline; {name}"}
        super().__init__(None, 304 if self.same else 200, headers, None if self.same else media_type)
        self.turn, self.drawn = turn, drawn
        self.board, self.viewer = board, viewer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.same:
            await super().__call__(scope, receive, send)
            return
        async with AsyncExitStack() as kept:
            async with self.turn:
                file = await kept.enter_async_context(self.drawn)
            require_admitted(self.board, self.viewer)
            self.headers["Content-Length"] = str(os.fstat(file.fileno()).st_size)
            await send_parts(send, self.raw_headers, while_admitted(parts_of(file), self.board, self.viewer))


async def parts_of(file: BinaryIO) -> AsyncIterator[bytes]:
    while part := await asyncio.to_thread(file.read, PART):
        yield part
