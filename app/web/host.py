"""Refuses requests for another host if our own is configured, so that no answer depends on a forged `Host`."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import BadRequest
from app.settings import origin
from app.web.answers import refuse

ANY = frozenset({"/healthz", "/readyz"})  # asked for by address


class Host:
    def __init__(self, app: ASGIApp, public_origin: str | None) -> None:
        self.app = app
        self.public_origin = public_origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.public_origin and scope["path"] not in ANY and not self.ours(scope):
            await refuse(
                BadRequest(f"Easel is at {self.public_origin}, and answers to no other host."), scope, receive, send
            )
            return
        await self.app(scope, receive, send)

    def ours(self, scope: Scope) -> bool:
        assert self.public_origin
        host = Headers(scope=scope).get("host", "")
        scheme = self.public_origin.partition("://")[0]  # a proxy may speak http to us
        try:
            return origin(f"{scheme}://{host}") == self.public_origin
        except ValueError:
            return False
