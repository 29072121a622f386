"""The kind of answer that a request asks for."""

from typing import Literal

from starlette.requests import Request

Kind = Literal["json", "htmx", "page"]


def wants(request: Request) -> Kind:
    """A suffix of the path wins, then htmx's own header, then `Accept`; programs that say nothing get JSON."""
    if request.scope["path"].endswith((".json", ".svg", "/stream")):
        return "json"
    if request.headers.get("hx-request") == "true":
        return "htmx"
    accept = request.headers.get("accept", "")
    return "page" if "text/html" in accept and "application/json" not in accept else "json"


def sent_as_form(request: Request) -> bool:
    """Whether this is a plain HTML form: its answer is the next page."""
    kind, accept = request.headers.get("content-type", ""), request.headers.get("accept", "")
    if kind.startswith("multipart/form-data"):
        return wants(request) == "page"  # programs send files so too
    return kind.startswith("application/x-www-form-urlencoded") and "application/json" not in accept
