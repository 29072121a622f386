"""POSTs over raw sockets, so that the load generator measures the server and not itself."""

import asyncio
import re
from urllib.parse import urlsplit

from bench.raw_socket import RawSocket

LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")


class Connection(RawSocket):
    """Sends one request at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.open = True
        self._answer: asyncio.Future[int] | None = None
        self._data = b""

    async def send(self, request: bytes) -> int:
        """The answer's status. Raises OSError when the connection is lost."""
        assert self._transport
        self._data, self._answer = b"", asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, end, body = self._data.partition(b"\r\n\r\n")
        size = LENGTH.search(head)
        if end and size and len(body) >= int(size[1]) and self._answer and not self._answer.done():
            self._answer.set_result(int(head.split(b" ", 2)[1]))

    def connection_lost(self, error: Exception | None) -> None:
        self.open = False
        if self._answer and not self._answer.done():
            self._answer.set_exception(error or ConnectionError("closed before the answer"))


class Posting:
    """JSON to one path of a server, over as many connections as there are requests under way, from one address."""

    def __init__(self, url: str, path: str, address: str = "127.0.0.1") -> None:
        self._from = address
        self._address = urlsplit(url)
        self._path = path
        self._idle: list[Connection] = []

    async def post(self, token: str, body: bytes) -> int:
        """The answer's status. Raises OSError when there is no answer."""
        connection = await self._connection()
        head = f"POST {self._path} HTTP/1.1\r\nHost: {self._address.netloc}\r\nAuthorization: Bearer {token}\r\n"
        kind = f"Content-Type: application/json\r\nAccept: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        try:
            status = await connection.send((head + kind).encode() + body)
        except BaseException:  # also who has waited long enough
            connection.close()
            raise
        self._idle.append(connection)
        return status

    async def _connection(self) -> Connection:
        while self._idle:
            if (idle := self._idle.pop()).open:
                return idle
        assert self._address.hostname
        assert self._address.port
        loop = asyncio.get_running_loop()
        there = self._address.hostname, self._address.port
        _, fresh = await loop.create_connection(Connection, *there, local_addr=(self._from, 0))
        return fresh

    def close(self) -> None:
        for connection in self._idle:
            connection.close()
