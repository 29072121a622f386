"""Methods that mean another one."""

from urllib.parse import parse_qs

from starlette.types import Scope

FORM = frozenset({"PATCH", "DELETE"})


def meant(scope: Scope) -> str:
    """Plain HTML forms only POST: `action="/boards/ID?_method=DELETE"` says what they mean. And HEAD is answered like
    GET; the server leaves the body out.

    A request is held to the rules of the method that it came with, see `SameOrigin`.
    """
    method: str = scope["method"]
    if method == "POST" and b"_method=" in scope["query_string"]:
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("_method", [""])[-1]
        return asked if asked in FORM else method
    return "GET" if method == "HEAD" and not scope["path"].endswith("/stream") else method
