"""The kind of answer that a request asks for."""

import re
from typing import Literal

from starlette.requests import Request

# Programs that show a link's preview. Most of them accept anything, and read the page alone.
PREVIEWS = re.compile(r"bot\b|facebookexternalhit|whatsapp|preview", re.I)
Kind = Literal["json", "htmx", "page"]


def wants(request: Request) -> Kind:
    """A suffix of the path wins, then htmx's own header, then `Accept`; programs that say nothing get JSON."""
    if request.scope["path"].endswith((".json", ".png", ".svg", ".pdf", "/stream")):
        return "json"
    if request.headers.get("hx-request") == "true":
        return "htmx"
    accept = request.headers.get("accept", "")
    if accept in ("", "*/*") and PREVIEWS.search(request.headers.get("user-agent", "")):
        return "page"
    return "page" if "text/html" in accept and "application/json" not in accept else "json"


def sent_as_form(request: Request) -> bool:
    """Whether this is a plain HTML form: its answer is the next page."""
    kind, accept = request.headers.get("content-type", ""), request.headers.get("accept", "")
    if kind.startswith("multipart/form-data"):
        return wants(request) == "page"  # programs send files so too
    return kind.startswith("application/x-www-form-urlencoded") and "application/json" not in accept
