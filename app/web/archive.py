"""The ZIP file of all boards of a person as an answer: streamed from storage, to this person alone."""

import datetime
from contextlib import AbstractAsyncContextManager

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.convex.archive_shelf import TYPE, Archive, ArchiveShelf
from app.web.unstalled import send_parts

HEADERS = {
    "Cache-Control": "private, no-store",
    "Vary": "Cookie, Authorization",
    "Accept-Ranges": "none",
}
DAY = 24 * 3600  # s that it is kept


class ArchiveFile(Response):
    """Raises NotFound, Unavailable before anything is sent."""

    def __init__(self, shelf: ArchiveShelf, archive: Archive, turn: AbstractAsyncContextManager[None]):
        made = datetime.datetime.fromtimestamp(archive.ends_at - DAY, datetime.UTC)
        disposition = f'attachment; filename="Easel boards {made:%Y-%m-%d}.zip"'
        headers = HEADERS | {"Content-Disposition": disposition, "Content-Length": str(archive.size)}
        super().__init__(None, 200, headers, TYPE)
        self.turn = turn
        self.opened = shelf.open(archive)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        async with self.turn, self.opened as parts:
            await send_parts(send, self.raw_headers, parts)
