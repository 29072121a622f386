"""What a stroke costs the deployment, counted between it and the web process.

It must not grow with the viewers nor with the shapes on the board.
"""

import asyncio
import contextlib
from dataclasses import dataclass

import aiohttp

from bench.opening import seed
from bench.process import processor
from bench.table import Table
from bench.viewers import let_go, watch
from bench.writers import Writer, until_seen
from harness.people import Person
from harness.processes import Easel

VIEWERS = (1, 50, 200)
SHAPES = (0, 10_000)
STROKES, RATE = 100, 20
FORWARD = 1 << 16  # bytes read at a time


@dataclass
class Meter:
    """A proxy in front of the deployment that counts bytes and HTTP calls."""

    host: str
    port: int
    requests: int = 0
    bytes: int = 0

    async def serve(self) -> asyncio.Server:
        return await asyncio.start_server(self._connected, "127.0.0.1", 0)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, here = await asyncio.open_connection(self.host, self.port)
        with contextlib.suppress(ConnectionError):
            await asyncio.gather(self._pass(reader, here, calls=True), self._pass(there, writer, calls=False))

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, calls: bool) -> None:
        try:
            while data := await source.read(FORWARD):
                self.bytes += len(data)
                self.requests += data.count(b"POST /api/") if calls else 0
                sink.write(data)
                await sink.drain()
        finally:
            sink.close()


async def run(easel: Easel) -> Table:
    table = Table(
        "cost",
        "What one stroke costs the deployment",
        ["shapes on the board", "viewers", "calls", "kB between web and deployment", "ms of its processor"],
        note="Beside the one call there is one run of the tail query, its result sent to each web process.",
    )
    meter = Meter("127.0.0.1", easel.convex_port)
    async with await meter.serve() as proxy:
        port = proxy.sockets[0].getsockname()[1]
        # In a thread: until it is ready the proxy must serve it.
        url = await asyncio.to_thread(easel.start_another_web, CONVEX_URL=f"http://127.0.0.1:{port}")
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            person = await Person.sign_in(http, url, "Bench")
            for shapes in SHAPES:
                board = await seed(person, shapes)
                for viewers in VIEWERS:
                    table.add(shapes, viewers, *await measure(easel, meter, url, person, board, viewers))
        easel.others[-1].kill()
    return table


async def measure(easel: Easel, meter: Meter, url: str, person: Person, board: str, viewers: int) -> list[float]:
    watching = await watch(url, board, viewers)
    writer = Writer([person], board)
    await until_seen({*(await writer.draw(RATE, 10)).sent}, watching)
    calls, size, busy = meter.requests, meter.bytes, processor(easel.deployment_pid)
    await until_seen({*(await writer.draw(RATE, STROKES)).sent}, watching)
    let_go(watching)
    each = (meter.requests - calls, (meter.bytes - size) / 1000, processor(easel.deployment_pid) - busy)
    return [value / STROKES for value in each]
