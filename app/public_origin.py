"""Easel's public address."""

from starlette.requests import Request

from app.parts import parts
from app.settings import Settings


def public_origin(request: Request) -> str:
    """The configured address; else, in development, the one that this request was sent to."""
    return parts(request)[Settings].public_origin or str(request.base_url).rstrip("/")
