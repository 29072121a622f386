"""One answer on its way out: it gets its headers, and a refusal by a rate is held."""

import secrets
import time

from starlette.types import Message, Scope, Send

from app import timing
from app.web.body import Incoming
from app.web.headers import Headers


class Outgoing:
    """Puts a fresh `csp_nonce` into the request's state, for the templates. `status` is 0 until the answer begins."""

    def __init__(self, scope: Scope, send: Send, headers: Headers) -> None:
        self.status = 0
        self.held: list[Message] = []
        """An answer 429, which goes out by `release`."""
        self.body: Incoming | None = None
        """The request's body, once anybody may read it."""
        self._path, self._state = scope["path"], scope.setdefault("state", {})
        self._state["csp_nonce"] = secrets.token_urlsafe(16)
        self._out, self._headers = send, headers
        self._spent, self._start = timing.begin(), time.perf_counter()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            closes = self.status >= 400 and self.body is not None and not await self.body.throw_away()
            self._add_headers(message, closes)
        if self.status == 429:
            self.held.append(message)
        else:
            await self._out(message)

    async def release(self) -> None:
        for message in self.held:
            await self._out(message)

    def _add_headers(self, message: Message, closes: bool) -> None:
        own = [header for header in message["headers"] if not closes or header[0] != b"connection"]
        there = {name for name, _ in own}
        self._spent["total"] = time.perf_counter() - self._start
        message["headers"] = [
            *own,
            *(header for header in self._headers.of(self._path, self._state) if header[0] not in there),
            (b"server-timing", timing.header(self._spent).encode()),
            *((b"set-cookie", cookie.encode("latin-1")) for cookie in self._state.get("set_cookies", {}).values()),
            *([(b"connection", b"close")] if closes else []),
        ]
