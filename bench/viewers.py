"""People who only watch: raw sockets, so that the load generator measures the server and not itself."""

import asyncio
import re
import time
from urllib.parse import urlsplit

SHAPE = re.compile(rb' id="(b[0-9a-f]{8})"')  # the bench's own shapes


class Viewer(asyncio.Protocol):
    """One open stream: notes when each of the bench's shapes arrives, in seconds of `time.perf_counter`."""

    def __init__(self, path: str, host: str) -> None:
        self.arrivals: dict[bytes, float] = {}
        self.bytes = 0
        self.open = asyncio.get_running_loop().create_future()
        self._request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\r\n".encode()
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        if not self.open.done():
            assert b" 200 " in data.split(b"\r\n", 1)[0], data[:300]
            self.open.set_result(None)
        self.bytes += len(data)
        text = self._rest + data
        for found in SHAPE.findall(text):
            self.arrivals.setdefault(found, now)
        self._rest = text[-16:]

    def connection_lost(self, error: Exception | None) -> None:
        if not self.open.done():
            self.open.set_exception(error or ConnectionError("closed before the answer"))


async def watch(url: str, board: str, count: int) -> list[Viewer]:
    """`count` open streams on a board."""
    address = urlsplit(url)
    assert address.hostname
    assert address.port
    loop = asyncio.get_running_loop()
    viewers: list[Viewer] = []
    for _ in range(count):
        path = f"/boards/{board}/stream"
        _, viewer = await loop.create_connection(
            lambda path=path: Viewer(path, address.netloc),  # type: ignore[misc]
            address.hostname,
            address.port,
        )
        viewers.append(viewer)
    await asyncio.gather(*(viewer.open for viewer in viewers))
    return viewers
