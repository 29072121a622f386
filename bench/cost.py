"""What a stroke costs each process, and what goes between them.

The deployment's share must not grow with the viewers, and neither share with the shapes on the board. At many strokes a
second several of them share a frame.
"""

import asyncio
import contextlib
from dataclasses import dataclass

import aiohttp

from bench.opening import seed
from bench.placing import until_seen
from bench.process import processor
from bench.table import Table
from bench.viewers import let_go, watch
from bench.writers import Writer
from harness.people import Person
from harness.processes import Easel

CASES = [(0, 1, 20), (0, 50, 20), (0, 200, 20), (0, 50, 200), (10_000, 1, 20), (10_000, 50, 20), (10_000, 200, 20)]
"""Shapes on the board, viewers, strokes a second."""
SECONDS = 5
WRITERS = 8  # three requests of a person are answered at a time
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
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
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
        "What one stroke costs",
        [
            *("shapes on the board", "viewers", "strokes /s", "calls", "kB between web and deployment"),
            *("ms of the web process", "ms of the deployment"),
        ],
        note="Beside the one call there is one run of the tail query, its result sent to each web process. "
        "The ms are processor time.",
    )
    meter = Meter("127.0.0.1", easel.convex_port)
    async with await meter.serve() as proxy:
        port = proxy.sockets[0].getsockname()[1]
        # In a thread: until it is ready the proxy must serve it.
        url = await asyncio.to_thread(easel.start_another_web, CONVEX_URL=f"http://127.0.0.1:{port}")
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            people = [await Person.sign_in(http, url, f"Bench {n}") for n in range(WRITERS)]
            boards = {shapes: await seed(people[0], shapes) for shapes in {shapes for shapes, _, _ in CASES}}
            for shapes, viewers, rate in CASES:
                each = await measure(easel, meter, url, Writer(people, boards[shapes]), viewers, rate)
                table.add(shapes, viewers, rate, *each)
        easel.others[-1].kill()
    return table


async def measure(easel: Easel, meter: Meter, url: str, writer: Writer, viewers: int, rate: int) -> list[float]:
    watching = await watch(url, writer.board, viewers)
    await until_seen({*(await writer.draw(rate, rate)).sent}, watching)
    before = used(easel, meter)
    strokes = SECONDS * rate
    await until_seen({*(await writer.draw(rate, strokes)).sent}, watching)
    after = used(easel, meter)
    let_go(watching)
    writer.close()
    return [(late - early) / strokes for early, late in zip(before, after, strict=True)]


def used(easel: Easel, meter: Meter) -> tuple[float, ...]:
    return (
        *(meter.requests, meter.bytes / 1000),
        *(processor(easel.others[-1].pid), processor(easel.deployment_pid)),
    )
