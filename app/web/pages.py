"""A template as an answer."""

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from app import render


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The template, with the request's `csp_nonce` and the `public_origin` for absolute addresses."""
    nonce, origin = request.state.csp_nonce, public_origin(request)
    return HTMLResponse(render.page(template, csp_nonce=nonce, public_origin=origin, **context), status)


def public_origin(request: Request) -> str:
    """Where people find us: as configured, else (in development) as this request did."""
    return request.app.state.settings.public_origin or str(request.base_url).rstrip("/")
