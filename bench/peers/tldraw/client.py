"""A person on a tldraw board: a raw socket, so that the load generator measures the server and not itself."""

import asyncio
import re
import time
import uuid
from urllib.parse import urlsplit

import orjson

from bench.placing import PATIENCE
from bench.raw_socket import RawSocket

PROTOCOL = 8
SHAPE = re.compile(rb'"shape:(b[0-9a-f]{8})":')  # the bench's own shapes, as keys of a patch
RESULT = re.compile(rb'"clientClock":(\d+),"serverClock":\d+,"action":("commit")?')
LONGEST = 96  # bytes of what the two look for
UPGRADE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)
TEXT, MASKED = 0x81, 0x80


class Client(RawSocket):
    """Notes when each of the bench's shapes arrives, in seconds of `time.perf_counter`."""

    def __init__(self, url: str, room: str, schema: bytes) -> None:
        super().__init__()
        self.arrivals: dict[bytes, float] = {}
        self.bytes = 0
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._address = urlsplit(url)
        self._path = f"/{room}/{uuid.uuid4()}"
        self._hello = orjson.dumps(
            {
                "type": "connect",
                "connectRequestId": "1",
                "lastServerClock": -1,
                "protocolVersion": PROTOCOL,
                "schema": orjson.Fragment(schema),
            }
        )
        self._answers: dict[int, asyncio.Future[bool]] = {}
        self._first = bytearray()
        self._upgraded = False
        self._rest = b""

    async def open(self) -> None:
        """Returns when the whole board has arrived."""
        assert self._address.hostname
        assert self._address.port
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: self, self._address.hostname, self._address.port)
        await self.opened

    async def push(self, records: list[bytes]) -> bool:
        """Whether the server has stored these records, each as JSON."""
        clock = len(self._answers) + 1
        self._answers[clock] = asyncio.get_running_loop().create_future()
        self.send(b'{"type":"push","clientClock":%d,"diff":{%b}}' % (clock, b",".join(records)))
        try:
            return await asyncio.wait_for(self._answers[clock], PATIENCE)
        except TimeoutError:
            return False

    def ping(self) -> None:
        self.send(b'{"type":"ping"}')

    def send(self, text: bytes) -> None:
        if self._transport:
            self._transport.write(frame(text))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        assert self._transport
        head = f"GET {self._path} HTTP/1.1\r\nHost: {self._address.netloc}\r\n{UPGRADE}\r\n"
        self._transport.write(head.encode())

    def data_received(self, data: bytes) -> None:
        self.bytes += len(data)
        if not self.opened.done():
            return self._opening(data)
        now = time.perf_counter()
        text = self._rest + data
        for found in SHAPE.findall(text):
            self.arrivals.setdefault(found, now)
        for clock, committed in RESULT.findall(text):
            answer = self._answers[int(clock)]
            if not answer.done():
                answer.set_result(bool(committed))
        self._rest = text[-LONGEST:]
        return None

    def _opening(self, data: bytes) -> None:
        """Until the answer to `connect` is there, which has the whole board."""
        self._first += data
        if not self._upgraded:
            head, end, rest = bytes(self._first).partition(b"\r\n\r\n")
            if not end:
                return
            assert b" 101 " in head, head
            self._upgraded, self._first = True, bytearray(rest)
            self.send(self._hello)
        if len(self._first) >= whole(self._first):
            assert b'"type":"connect"' in self._first, self._first[:300]
            self._first.clear()
            self.opened.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None
        if not self.opened.done():
            self.opened.set_exception(error or ConnectionError("closed before the board was there"))


def frame(text: bytes) -> bytes:
    """A message as a client sends it, under a mask of zeros, which changes nothing."""
    size = len(text)
    if size < 126:
        head = bytes([TEXT, MASKED | size])
    elif size < 1 << 16:
        head = bytes([TEXT, MASKED | 126]) + size.to_bytes(2, "big")
    else:
        head = bytes([TEXT, MASKED | 127]) + size.to_bytes(8, "big")
    return head + bytes(4) + text


def whole(data: bytearray) -> int:
    """Bytes of the message that begins there, as a server sends it."""
    size = data[1] if len(data) > 10 else 127
    if size < 126:
        return 2 + size
    return 4 + int.from_bytes(data[2:4], "big") if size == 126 else 10 + int.from_bytes(data[2:10], "big")
