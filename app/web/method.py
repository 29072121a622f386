"""Methods that mean another one."""

from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send

FORM = frozenset({"PATCH", "DELETE"})


class Method:
    """Plain HTML forms only POST: `action="/boards/ID?_method=DELETE"` says what they mean. And HEAD is answered like
    GET; the server leaves the body out.

    Runs inside SameOrigin, which holds a POST to the same rule as what it turns into.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "method": meant(scope)}
        await self.app(scope, receive, send)


def meant(scope: Scope) -> str:
    method: str = scope["method"]
    if method == "POST" and b"_method=" in scope["query_string"]:
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("_method", [""])[-1]
        return asked if asked in FORM else method
    return "GET" if method == "HEAD" and not scope["path"].endswith("/stream") else method
