"""People who only watch: raw sockets, so that the load generator measures the server and not itself."""

import asyncio
import re
import time
from urllib.parse import urlsplit

SHAPE = re.compile(rb' id="(b[0-9a-f]{8})"')  # the bench's own shapes
EVENT_ID = re.compile(rb"(?m)^id: (\d+)$")
CHUNK = re.compile(rb"\r\n[0-9a-f]+\r\n")  # between two pieces of the answer, in the midst of whatever is there
RETRY = 1.0  # s before a lost stream is opened again: the middle of what the server asks for


class Viewer(asyncio.Protocol):
    """One open stream: notes when each of the bench's shapes arrives, in seconds of `time.perf_counter`.

    With `stay`, a stream that is lost is opened again after its last event, as a browser does.
    """

    def __init__(self, url: str, path: str, *, stay: bool = False) -> None:
        self.arrivals: dict[bytes, float] = {}
        self.bytes = 0
        self.live = False
        self.opened = asyncio.get_running_loop().create_future()
        self._address = urlsplit(url)
        self._path = path
        self._stay = stay
        self._answered = False
        self._last_id = b""
        self._rest = b""
        self._transport: asyncio.Transport | None = None
        self._again: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Raises OSError when nobody listens."""
        assert self._address.hostname
        assert self._address.port
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: self, self._address.hostname, self._address.port)

    def close(self) -> None:
        self._stay = False
        if self._again:
            self._again.cancel()
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._answered, self._rest = transport, False, b""
        seen = b"Last-Event-ID: %b\r\n" % self._last_id if self._last_id else b""
        head = f"GET {self._path} HTTP/1.1\r\nHost: {self._address.netloc}\r\nAccept: text/event-stream\r\n"
        transport.write(head.encode() + seen + b"\r\n")

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        if not self._answered:
            self._answered = True
            if b" 200 " not in data.split(b"\r\n", 1)[0]:
                assert self._stay, data[:300]
                return
            self.live = True
            if not self.opened.done():
                self.opened.set_result(None)
        self.bytes += len(data)
        text = CHUNK.sub(b"", self._rest + data)
        for found in SHAPE.findall(text):
            self.arrivals.setdefault(found, now)
        if self._stay and (ids := EVENT_ID.findall(text)):
            self._last_id = ids[-1]
        self._rest = text[-32:]

    def connection_lost(self, error: Exception | None) -> None:
        self.live = False
        if self._stay:
            self._again = asyncio.create_task(self._reopen())
        elif not self.opened.done():
            self.opened.set_exception(error or ConnectionError("closed before the answer"))

    async def _reopen(self) -> None:
        while True:
            await asyncio.sleep(RETRY)
            try:
                return await self.open()
            except OSError:
                pass


async def watch(url: str, board: str, count: int, *, stay: bool = False) -> list[Viewer]:
    """`count` open streams on a board."""
    viewers = [Viewer(url, f"/boards/{board}/stream", stay=stay) for _ in range(count)]
    for viewer in viewers:
        await viewer.open()
    await asyncio.gather(*(viewer.opened for viewer in viewers))
    return viewers


def let_go(viewers: list[Viewer]) -> None:
    for viewer in viewers:
        viewer.close()
