"""A board as a file to keep: its name, and whether the caller has it already."""

import hashlib
from collections.abc import AsyncIterable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.auth import Viewer
from app.hub.sheet import Sheet
from app.sources import digest
from app.text import one_line
from app.web.admitted import while_admitted

HEADERS = {"Cache-Control": "private, no-cache", "Vary": "Cookie, Authorization"}
# Of a moment, which never changes. A browser asks again after an hour: whoever was removed then gets nothing.
FOR_GOOD = {"Cache-Control": "private, max-age=3600, immutable"}
WRITTEN_BY = digest("app/exchange/writing", "app/outline.py", "app/shapes", "app/drawing", "shapes/*.json")
LONGEST = 80  # characters of a file's name


def download(
    request: Request,
    board: Sheet,
    viewer: Viewer | None,
    ending: str,
    media_type: str,
    pieces: AsyncIterable[bytes],
    **headers: str,
) -> Response:
    """The pieces as a file that is called like the board; 304 without them if the caller has the same one."""
    etag = etag_of(board, ending)
    headers = {**headers_of(board), "ETag": etag, **headers}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    disposition = f"attachment; {filename(board.access.title, ending)}"
    body = while_admitted(pieces, board, viewer)
    return StreamingResponse(body, headers=headers | {"Content-Disposition": disposition}, media_type=media_type)


def headers_of(board: Sheet) -> dict[str, str]:
    return HEADERS if board.moment is None else HEADERS | FOR_GOOD


def etag_of(board: Sheet, ending: str) -> str:
    """Weak: the same board as the same kind of file, written by the same code; it may come compressed."""
    of = f"{WRITTEN_BY} {board.board_id} {board.ts} {board.access.title} {ending}"
    return f'W/"{hashlib.sha256(of.encode()).hexdigest()[:32]}"'


def filename(title: str, ending: str) -> str:
    """The `filename` parameters of a file with this title: plain letters, and the title itself for who can read it."""
    stem = one_line(title.replace("/", "-").replace("\\", "-"), LONGEST).strip(". ") or "board"
    plain = "".join(char if char.isascii() and (char.isalnum() or char in " -_") else "_" for char in stem)
    return f"filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(stem, safe='')}.{ending}"
