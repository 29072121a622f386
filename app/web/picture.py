"""A file of a board as an answer: streamed from storage, with headers that let it be a picture and nothing else."""

from contextlib import AbstractAsyncContextManager

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.convex.file_records import File
from app.convex.files import TYPE, Files
from app.text import file_name
from app.web.download import filename
from app.web.unstalled import send_parts

KEPT = 3600  # s in the browser's cache: afterwards it asks again, and who was removed gets nothing
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
        stem = file_name(file.name).rsplit(".", 1)[0]
        headers = HEADERS | {"ETag": etag, "Content-Disposition": f"{disposition}; {filename(stem, 'webp')}"}
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
            await send_parts(send, self.raw_headers, parts)
