"""Plain HTML forms only POST: `action="/boards/ID?_method=DELETE"` says what they mean."""

from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send

MEANT = frozenset({"PATCH", "DELETE"})


class FormMethod:
    """Runs inside SameOrigin, which held the POST to the same rule as what it turns into."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and b"_method=" in scope["query_string"]:
            meant = parse_qs(scope["query_string"].decode("latin-1")).get("_method", [""])[-1]
            if meant in MEANT:
                scope = {**scope, "method": meant}
        await self.app(scope, receive, send)
