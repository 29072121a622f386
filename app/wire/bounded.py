"""What a connection may send: counted as it is parsed, and refused where it is too much."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from app.errors import EaselError
from app.wire import numbers as n
from app.wire import refusal
from app.wire.crowd import Crowd
from app.wire.flow import Flow
from app.wire.outlet import NAME, outlet_of
from app.wire.parting import Parting


class Bounded(HttpToolsProtocol):
    """uvicorn's protocol, held to a number of bytes.

    `_since` is when its wait for the client began. `_head` and `_came` count bytes as they came, of the head and after
    it, `_body` those of the body in them, `_surplus` those that nobody wants. `_unparsed` came and waits.
    """

    flow: Flow

    def __init__(self, crowd: Crowd, **given: Any) -> None:
        super().__init__(**given)
        self._crowd = crowd
        self._unparsed = b""
        self._since: float | None = self.loop.time()
        self._in_body = False
        self._head = self._came = self._body = self._surplus = 0
        self._wrong: EaselError | None = None
        self._refused = False

    # uvicorn, of a request

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head = 0

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > n.MAX_URL:
            self._fail(refusal.LongUrl(limit=n.MAX_URL))

    def on_header(self, name: bytes, value: bytes) -> None:
        if len(self.headers) >= n.MAX_HEADERS:
            self._fail(refusal.ManyHeaders(limit=n.MAX_HEADERS))
        super().on_header(name, value)
        if name.lower() == b"x-forwarded-for" and self.client:
            self._crowd.forwards(self, self.client[0])

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self.cycle.transport = cast("asyncio.Transport", Parting(self.transport, self._part))
        self.scope["extensions"] = {NAME: {"write": outlet_of(self.cycle)}}
        self._in_body, self._since = True, self.loop.time()
        self._came = self._body = self._surplus = 0

    def on_body(self, body: bytes) -> None:
        self._body += len(body)
        super().on_body(body)
        if self.cycle.response_complete:
            self._spend(len(body))

    def on_message_complete(self) -> None:
        self._in_body, self._since = False, None
        if not self.cycle.response_complete:
            self._crowd.go(self)
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        self._refuse(self._wrong or refusal.NoHttp())

    # Counting

    def _parse_piece(self, piece: bytes) -> None:
        if self._since is None:
            self._since = self.loop.time()
            self._crowd.wait(self)
        super().data_received(piece)
        if self._in_body:
            self._came += len(piece)
        else:
            self._head += len(piece)
        if self._refused:
            return
        if not self._in_body and self._head > n.MAX_HEAD:
            self._refuse(refusal.LongHead(limit=n.MAX_HEAD))
        elif self._in_body and self._came > n.MAX_HEAD + 8 * self._body:
            self._refuse(refusal.Padding())

    def _spend(self, size: int) -> None:
        """Bytes that nobody wants: they are read until they are too many, and then wait until the connection ends."""
        self._surplus += size
        if self._surplus > n.MAX_SURPLUS:
            self._refused = True
            self.flow.hold()

    # Refusing

    def _fail(self, wrong: EaselError) -> None:
        """Leave the parser, which reports it by `send_400_response`."""
        self._wrong = wrong
        raise ValueError(wrong.code)

    def _refuse(self, error: EaselError) -> None:
        """Say so, unless that would get into an answer, and hang up when the client had time to read it."""
        answering = self._answering
        begun = answering and (self.pipeline or self.cycle.response_started)
        if answering == self._in_body and not begun:
            self.transport.write(refusal.answer(error))
        if answering:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._linger()

    def _part(self) -> None:
        """The answer was the last of this connection."""
        if self._in_body:
            self._linger()
        else:
            self.transport.close()

    def _linger(self) -> None:
        """Say nothing more, and let the client come to the end of its sentence: see `Connection.look`."""
        self._refused, self._unparsed = True, b""
        self._crowd.wait(self)
        self._unset_keepalive_if_required()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.flow.release()
        self.flow.resume_reading()

    def abort(self) -> None:
        self.transport.abort()

    @property
    def _answering(self) -> bool:
        """Whether a request has its head, and not yet the end of its answer."""
        latest = cast("RequestResponseCycle | None", self.cycle)
        return latest is not None and not latest.response_complete

    # The crowd

    @property
    def idle(self) -> bool:
        return not (self._in_body or self._answering or self._unparsed or self._refused)

    def look(self, now: float) -> None:
        """Of a connection whose seconds count: see `Connection`."""
        raise NotImplementedError
