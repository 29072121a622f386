"""One connection: uvicorn's protocol, held to bytes, seconds and its turn."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT

from app.wire import numbers as n
from app.wire import refusal
from app.wire.bounded import Bounded
from app.wire.crowd import Crowd
from app.wire.flow import Flow


class Connection(Bounded):
    """What comes is parsed a piece at a time: no limit is passed by more than a piece, and others have their turn."""

    def __init__(self, crowd: Crowd, **given: Any) -> None:
        super().__init__(crowd, **given)
        self._going_on = False
        self._untaken_since: float | None = None
        self._ending_since: float | None = None

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
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            self._spend(len(data))
        elif self._unparsed:
            self._unparsed += data  # the system had read it already
        elif self._crowd.rota.take(self._crowd.whose(self)):
            self._parse(data)
        else:
            self._keep(data)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._untaken_since = self.loop.time()
        self._crowd.wait(self)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._untaken_since = None
        if self._answering and not self._in_body:
            self._crowd.go(self)

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
        self._keep(b"" if self._refused or self.transport.is_closing() else data[place:])

    def _keep(self, data: bytes) -> None:
        self._unparsed = data
        if data:
            self._unset_keepalive_if_required()
            self.flow.hold()
            self._go_on_soon()

    def _go_on_soon(self) -> None:
        if self._unparsed and not self.pipeline and not self._going_on:
            self._going_on = True
            self._crowd.rota.wait(self._crowd.whose(self), self._go_on)

    def _go_on(self) -> None:
        self._going_on = False
        data, self._unparsed = self._unparsed, b""
        self._parse(data)
        if not self._unparsed and not self.transport.is_closing():
            self.flow.release()
            if not self.pipeline and not (self._answering and len(self.cycle.body) > HIGH_WATER_LIMIT):
                self.flow.resume_reading()

    # The crowd

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


def connections_of(crowd: Crowd) -> Callable[..., asyncio.Protocol]:
    """What uvicorn calls for each connection."""
    return partial(Connection, crowd)
