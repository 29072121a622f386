"""Requests straight into an ASGI app, piece by piece, without a socket."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.parts import Parts
from app.settings import Settings, load
from app.web.pages import SignIn


@dataclass
class Answer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    pieces: int = 0

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)


async def ask(
    app: ASGIApp,
    method: str = "GET",
    path: str = "/",
    headers: dict[str, str] | None = None,
    body: Iterable[bytes] = (),
    settings: Settings | None = None,
) -> Answer:
    """What `app` answers. `body` comes in as many messages as it has pieces."""
    answer = Answer()
    pieces = [{"type": "http.request", "body": piece, "more_body": True} for piece in body]
    messages: Iterator[Message] = iter([*pieces, {"type": "http.request", "body": b"", "more_body": False}])
    path, _, query = path.partition("?")
    state = SimpleNamespace(parts=Parts(settings or load(auth_provider="guest"), SignIn("guest")))
    scope: Scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000),
        "state": {},
        "app": SimpleNamespace(state=state),
    }

    async def receive() -> Message:
        for message in messages:
            return message
        return await asyncio.Future()  # the client stays

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")
            answer.pieces += 1

    await app(scope, receive, send)
    return answer


async def fine(_: Scope, __: Receive, send: Send) -> None:
    """An app that is content with everything."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"fine"})
