"""Answers from templates."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from app.drawing import render
from app.parts import parts
from app.public_origin import public_origin

MARK = Markup("<!-- shapes -->")


@dataclass(frozen=True)
class SignIn:
    """What pages need to know of how people sign in: the provider, and for Clerk where its scripts are and our key."""

    provider: str
    host: str = ""
    key: str = ""
    js: str = ""
    ui: str = ""


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The template, with the request's `csp_nonce` and the `public_origin` for absolute addresses."""
    nonce, origin = request.state.csp_nonce, public_origin(request)
    identity = parts(request)[SignIn]
    return HTMLResponse(
        render.page(template, csp_nonce=nonce, public_origin=origin, identity=identity, **context), status
    )


def long_page(request: Request, template: str, shapes: Sequence[str], **context: Any) -> Response:
    """A page with a board's `shapes` in it, sent in pieces: see app/web/deflate.py."""
    head, tail = bytes(page(request, template, shapes=MARK, **context).body).split(MARK.encode())
    return StreamingResponse(aiter_of([head, *(piece.encode() for piece in shapes), tail]), media_type="text/html")


async def aiter_of(pieces: Iterable[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
