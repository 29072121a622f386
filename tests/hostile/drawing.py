"""A program: one person draws, another reads. It writes a line for each stroke, until its input ends.

Its arguments are the URL, and the pids of the processes that serve it.

A stroke begins every PACE seconds, whether those before it are done or not: so a server that stands still for a second
keeps twenty strokes waiting, and not just one.
"""

import asyncio
import contextlib
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp
import orjson

from harness.people import Person, stroke

PACE = 0.05  # s
LEAST = 20  # strokes after its input has said that the attack begins
PATIENCE = 60.0  # s for a stroke to arrive
ADDRESS = "127.0.0.9"  # not that of an attacker, who uses up what an address may do


class Reader:
    """Who has the board open, and sees each shape come."""

    def __init__(self) -> None:
        self.seen: dict[str, asyncio.Event] = {}

    async def read(self, person: Person, board: str, joined: asyncio.Event) -> None:
        url, headers = f"{person.url}/boards/{board}/stream?format=json", {"Authorization": f"Bearer {person.token}"}
        async with person.http.get(url, headers=headers, timeout=aiohttp.ClientTimeout(total=None)) as answer:
            assert answer.status == 200
            joined.set()
            async for line in answer.content:
                if line.startswith(b"data: {"):
                    change: Any = orjson.loads(line.removeprefix(b"data: "))
                    for shape in change.get("put", ()):
                        self.seen[shape["id"]].set()


Counts = list[dict[Path, tuple[int, int]]]


class Clock:
    """Counts no time in which a process had work and the machine no processor for it: Linux tells, of each thread."""

    def __init__(self, pids: list[str]) -> None:
        self.folders = [Path(f"/proc/{pid}/task") for pid in ("self", *pids)]

    def now(self) -> tuple[float, Counts]:
        """And, of each process, the nanoseconds that each thread has computed, and waited."""
        counts: Counts = [{task: spent(task) for task in folder.iterdir()} for folder in self.folders]
        return time.monotonic(), counts

    def since(self, began: tuple[float, Counts]) -> float:
        """In s; what one thread computed takes that long, wherever others waited meanwhile."""
        (then, before), (now, after) = began, self.now()
        computed, waited = 0, 0
        for was, has in zip(before, after, strict=True):
            both = [(has[task][0] - was[task][0], has[task][1] - was[task][1]) for task in was.keys() & has.keys()]
            computed = max(computed, *(own for own, _ in both))
            waited += max(idle for _, idle in both)
        return max(computed / 1e9, now - then - waited / 1e9)


def spent(task: Path) -> tuple[int, int]:
    with contextlib.suppress(OSError):
        computed, waited, _ = (task / "schedstat").read_text().split()
        return int(computed), int(waited)
    return 0, 0  # it has ended


async def draw(person: Person, board: str, reader: Reader, clock: Clock) -> None:
    """Until the answer has come, and the stroke to the reader."""
    sent = stroke()
    seen = reader.seen[sent["id"]] = asyncio.Event()
    began = clock.now()
    async with asyncio.timeout(PATIENCE):
        answer = await person.draw(board, sent)
        assert answer.status == 201, answer.body
        await seen.wait()
    sys.stdout.buffer.write(b"%f\n" % clock.since(began))
    sys.stdout.buffer.flush()


async def main(url: str, clock: Clock) -> None:
    connector = aiohttp.TCPConnector(limit=0, force_close=True, local_addr=(ADDRESS, 0))
    async with (
        aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as http,
        asyncio.TaskGroup() as tasks,
    ):
        cleo, dan = [await Person.sign_in(http, url, name) for name in ("Cleo", "Dan")]
        board = await cleo.create_board(visibility="link-view")
        reader, joined = Reader(), asyncio.Event()
        reading = tasks.create_task(reader.read(dan, board, joined))
        await joined.wait()
        begun = asyncio.create_task(asyncio.to_thread(sys.stdin.readline))
        async with asyncio.TaskGroup() as strokes:
            while not begun.done():
                strokes.create_task(draw(cleo, board, reader, clock))
                await asyncio.sleep(PACE)
            over, drawn = asyncio.create_task(asyncio.to_thread(sys.stdin.read)), 0
            while not over.done() or drawn < LEAST:
                strokes.create_task(draw(cleo, board, reader, clock))
                drawn += 1
                await asyncio.sleep(PACE)
        reading.cancel()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Clock(sys.argv[2:])))
