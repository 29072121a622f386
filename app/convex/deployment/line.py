"""One connection to a deployment's HTTP server, for one request after another."""

import asyncio
from typing import NamedTuple

import httptools


class Answer(NamedTuple):
    """The names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class TooLong(Exception):
    """The answer has more bytes than it may; it began with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Line(asyncio.Protocol):
    """`largest` is the number of bytes that the body of an answer may have."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._parser = httptools.HttpResponseParser(self)
        self._loop = asyncio.get_running_loop()
        self._answer: asyncio.Future[Answer] | None = None
        self._headers: dict[str, str] = {}
        self._body = bytearray()
        self._transport: asyncio.Transport | None = None

    @property
    def open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    async def ask(self, request: bytes) -> Answer:
        """Send these bytes once, and wait for the answer. Raises ConnectionError or TooLong; then it is closed."""
        if not self.open:
            raise ConnectionResetError("closed")
        assert self._transport
        answer: asyncio.Future[Answer] = self._loop.create_future()
        self._answer = answer
        self._transport.write(request)
        try:
            return await answer
        finally:
            if self._answer is answer:  # the caller went away: what comes now is nobody's
                self.close()

    def close(self) -> None:
        if self._transport:
            self._transport.abort()

    # asyncio

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._break(ConnectionError(f"not HTTP: {error}"))

    def connection_lost(self, error: Exception | None) -> None:
        self._break(error if isinstance(error, OSError) else ConnectionResetError("closed by the server"))

    # The parser

    def on_message_begin(self) -> None:
        self._headers, self._body = {}, bytearray()

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, part: bytes) -> None:
        self._body += part
        if len(self._body) > self._largest:
            self._break(TooLong(self._parser.get_status_code()))

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:
            return  # the answer is still to come
        if not self._parser.should_keep_alive() or self._answer is None:
            self.close()
        if self._answer and not self._answer.done():
            self._answer.set_result(Answer(status, self._headers, bytes(self._body)))
        self._answer = None

    def _break(self, error: Exception) -> None:
        self.close()
        if self._answer and not self._answer.done():
            self._answer.set_exception(error)
        self._answer = None
