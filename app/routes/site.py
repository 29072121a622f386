"""What browsers and crawlers ask every site for, at fixed addresses."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import PlainTextResponse, Response

from app.parts import part
from app.web.static import Static

router = APIRouter()
# A crawler that may not fetch a page cannot read there that it must not be listed, and would list its bare address.
ROBOTS = """\
# Only the first page may be listed. Boards and all other pages say so themselves: X-Robots-Tag: noindex.
User-agent: *
Disallow:
"""


@router.get("/robots.txt")
async def robots() -> Response:
    return PlainTextResponse(ROBOTS)


@router.get("/favicon.ico")
async def favicon(request: Request, static: Annotated[Static, Depends(part(Static))]) -> Response:
    """For browsers and programs that read no page's links."""
    return await static.answer(request.scope, "favicon.ico")
