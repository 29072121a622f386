"""One connection: uvicorn's protocol, held to bytes and seconds."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from app.errors import EaselError
from app.wire import numbers as n
from app.wire import refusal
from app.wire.crowd import Crowd
from app.wire.flow import Flow


class Connection(HttpToolsProtocol):
    """What comes is parsed a piece at a time, so no limit is passed by more than a piece, and others have their turn.

    `_since` is when its wait for the client began. `_head` and `_came` count bytes as they came, of the head and after
    it, `_body` those of the body in them, `_surplus` those that nobody wants.
    """

    flow: Flow

    def __init__(self, crowd: Crowd, **given: Any) -> None:
        super().__init__(**given)
        self._crowd = crowd
        self._unparsed = b""
        self._going_on: asyncio.Handle | None = None
        self._since: float | None = self.loop.time()
        self._in_body = False
        self._head = self._came = self._body = self._surplus = 0
        self._wrong: EaselError | None = None
        self._untaken_since: float | None = None
        self._ending_since: float | None = None
        self._refused = False

    # uvicorn, of the connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.flow = Flow(transport)
        room = self._crowd.admit(self, self.client[0] if self.client else "")
        self._crowd.wait(self)
        if not room:
            self._refuse(refusal.Crowded())
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._crowd.leave(self)
        self._unparsed = b""
        if self._going_on:
            self._going_on.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            self._spend(len(data))
        elif self._unparsed:
            self._unparsed += data  # the system had read it already
        else:
            self._parse(data)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._untaken_since = self.loop.time()
        self._crowd.wait(self)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._untaken_since = None
        if self._answering and not self._in_body:
            self._crowd.go(self)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        self._refuse(self._wrong or refusal.NoHttp())

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

    def on_response_complete(self) -> None:
        self._crowd.wait(self)
        super().on_response_complete()
        self._go_on_soon()

    # Parsing

    def _parse(self, data: bytes) -> None:
        """As much of it as one turn of the event loop has time for, and no more requests than are being answered."""
        place = 0
        while place < min(len(data), n.TURN) and not (self.pipeline or self._refused or self.transport.is_closing()):
            piece = data[place : place + (n.BODY_PIECE if self._in_body else n.PIECE)]
            self._parse_piece(piece)
            place += len(piece)
        self._unparsed = b"" if self._refused or self.transport.is_closing() else data[place:]
        if self._unparsed:
            self.flow.hold()
            self._go_on_soon()

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

    def _go_on_soon(self) -> None:
        if self._unparsed and not self.pipeline and not self._going_on:
            self._going_on = self.loop.call_soon(self._go_on)

    def _go_on(self) -> None:
        self._going_on = None
        data, self._unparsed = self._unparsed, b""
        self._parse(data)
        if not self._unparsed:
            self.flow.release()
            if not self.pipeline and not (self._answering and len(self.cycle.body) > HIGH_WATER_LIMIT):
                self.flow.resume_reading()

    # The crowd

    @property
    def idle(self) -> bool:
        return not self._in_body and not self._answering

    def look(self, now: float) -> None:
        if self._refused or self.transport.is_closing():
            self._ending_since = self._ending_since or now
            if now - self._ending_since > n.LINGER_SECONDS:
                self.abort()
        elif self._untaken_since is not None and now - self._untaken_since > n.UNTAKEN_SECONDS:
            self.abort()
        elif self._since is None or self._unparsed or self.flow.read_paused:
            pass  # we are not waiting for the client
        elif not self._in_body and now - self._since > n.HEAD_SECONDS:
            if self._head:
                self._refuse(refusal.SlowHead())
            else:
                self.transport.close()  # a browser's spare connection: an answer to nothing would confuse it
        elif self._in_body and now - self._since > n.BODY_SECONDS + self._body / n.BODY_RATE:
            self._refuse(refusal.SlowBody())

    def abort(self) -> None:
        self.transport.abort()

    @property
    def _answering(self) -> bool:
        """Whether a request has its head, and not yet the end of its answer."""
        latest = cast("RequestResponseCycle | None", self.cycle)
        return latest is not None and not latest.response_complete

    # Refusing

    def _fail(self, wrong: EaselError) -> None:
        """Leave the parser, which reports it by `send_400_response`."""
        self._wrong = wrong
        raise ValueError(wrong.code)

    def _refuse(self, error: EaselError) -> None:
        """Say so, unless that would get into an answer, and hang up when the client had time to read it."""
        self._refused, self._unparsed = True, b""
        self._crowd.wait(self)
        self._unset_keepalive_if_required()
        answering = self._answering
        begun = answering and (self.pipeline or self.cycle.response_started)
        if answering == self._in_body and not begun:
            self.transport.write(refusal.answer(error))
        if answering:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.flow.release()
        self.flow.resume_reading()

    def _spend(self, size: int) -> None:
        """Bytes that nobody wants."""
        self._surplus += size
        if self._surplus > n.MAX_SURPLUS:
            self.abort()


def connections_of(crowd: Crowd) -> Callable[..., asyncio.Protocol]:
    """What uvicorn calls for each connection."""
    return partial(Connection, crowd)
