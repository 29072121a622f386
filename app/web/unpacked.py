"""How the boards of a ZIP archive come: line by line for those who ask for it, else when all are there."""

from collections.abc import AsyncIterator
from typing import Any, Protocol

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.auth import Viewer
from app.wants import wants
from app.web.answers import Json
from app.web.pages import page

LINES = "application/x-ndjson"


class Unpacked(Protocol):
    def json(self) -> dict[str, Any]: ...


async def told(request: Request, viewer: Viewer, steps: AsyncIterator[Unpacked]) -> Response:
    if LINES in request.headers.get("accept", ""):
        return StreamingResponse(lines(steps), 201, {"Cache-Control": "no-store"}, LINES)
    [*_, last] = [step.json() async for step in steps]
    return (
        Json(last, 201)
        if wants(request) != "page"
        else page(request, "archive/opened.html", 201, viewer=viewer, unpacked=last)
    )


async def lines(steps: AsyncIterator[Unpacked]) -> AsyncIterator[bytes]:
    """Each says how many are there; the last one says it all."""
    last: dict[str, Any] = {}
    async for step in steps:
        last = step.json()
        counts = {"done": len(last["boards"]) + len(last["refused"]), "total": last["total"]}
        yield orjson.dumps(counts) + b"\n"
    yield orjson.dumps(last) + b"\n"
