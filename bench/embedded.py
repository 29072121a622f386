"""What the embedded deployment alone costs: `make bench`, or `python -m bench.embedded`."""

import asyncio
import itertools
import json
import os
import subprocess
import tempfile
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from app.convex.deployment import Deployment
from launch.deployment import NODE

ROOT = Path(__file__).parent.parent
MUTATIONS = 10_000
IN_FLIGHT = 256
REPEATS = 500
SUBSCRIPTIONS = 1_000
DOCUMENTS = 100_000
FILL = 2_000  # documents a mutation
RANGE = 50


@dataclass
class Times:
    p50: float  # ms
    p99: float

    def __init__(self, seconds: list[float]) -> None:
        ordered = sorted(seconds)
        self.p50 = ordered[len(ordered) // 2] * 1000
        self.p99 = ordered[int(len(ordered) * 0.99)] * 1000

    def __str__(self) -> str:
        return f"p50 {self.p50:6.2f}   p99 {self.p99:6.2f} ms"


class Process:
    """The deployment in a process of its own, with the functions of its tests."""

    def __init__(self, folder: Path, functions: str = "tests/embedded/convex") -> None:
        environment = folder / "env.json"
        environment.write_text(json.dumps({"AUTH_PROVIDERS": "[]"}))
        options = {"functions": functions, "data": folder / "data", "port": 0, "env-file": environment}
        arguments = itertools.chain.from_iterable((f"--{name}", str(value)) for name, value in options.items())
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [NODE, "embedded/main.ts", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "NODE_COMPILE_CACHE": str(folder / "compiled")},  # as `make run` has it
        )
        assert self.process.stdout
        self.url: str = json.loads(self.process.stdout.readline())["url"]
        self.seconds_to_start = time.perf_counter() - start

    @property
    def memory(self) -> float:
        """MB that are resident."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


class Socket:
    """A bare client of the sync protocol, so that the numbers are the deployment's."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._version = 0
        self._requests = itertools.count()

    async def connect(self) -> None:
        # A session that was seen before would be answered from memory.
        session = str(uuid.uuid4())
        await self.send(type="Connect", sessionId=session, connectionCount=0, lastCloseReason=None, clientTs=0)

    async def send(self, **message: Any) -> None:
        await self._socket.send_str(json.dumps(message))

    async def mutate(self, path: str, **args: Any) -> None:
        await self.send(type="Mutation", requestId=next(self._requests), udfPath=path, args=[args])

    async def answer(self) -> None:
        """Until a mutation is answered. Raises AssertionError unless it succeeded."""
        text = await self.until('"MutationResponse"')
        assert '"success":true' in text, text

    async def subscribe(self, path: str, *every: dict[str, Any]) -> None:
        """Returns when the first values are there."""
        base, self._version = self._version, self._version + 1
        adds = [
            {"type": "Add", "queryId": base * 10_000 + i, "udfPath": path, "args": [a]} for i, a in enumerate(every)
        ]
        await self.send(type="ModifyQuerySet", baseVersion=base, newVersion=self._version, modifications=adds)
        await self.until("QueryUpdated")

    async def until(self, part: str) -> str:
        """The next message that has this text. Raises AssertionError for the end of the session."""
        while part not in (text := await self._socket.receive_str()):
            assert "FatalError" not in text, text
        return text


@asynccontextmanager
async def sockets(url: str, count: int) -> AsyncIterator[list[Socket]]:
    async with aiohttp.ClientSession() as http:
        opened = []
        for _ in range(count):
            opened.append(Socket(await http.ws_connect(f"{url}/api/sync", max_msg_size=0)))
            await opened[-1].connect()
        yield opened


async def pipelined(url: str) -> float:
    """One-document mutations a second, through one socket."""
    async with sockets(url, 1) as [socket]:
        room = asyncio.Semaphore(IN_FLIGHT)

        async def answers() -> None:
            for _ in range(MUTATIONS):
                await socket.answer()
                room.release()

        start = time.perf_counter()
        reading = asyncio.create_task(answers())
        for n in range(MUTATIONS):
            await room.acquire()
            await socket.mutate("notes:add", room="pipelined", body="a note", n=n)
        await reading
        return MUTATIONS / (time.perf_counter() - start)


async def to_subscriber(url: str, subscriptions: int) -> Times:
    """From sending a mutation to another socket's Transition, among so many subscriptions of which it touches one."""
    async with sockets(url, 2) as [writer, reader]:
        rooms = [{"room": f"{subscriptions}-{i}", "limit": 1} for i in range(subscriptions)]
        await reader.subscribe("notes:newest", *rooms)
        seconds = []
        for n in range(REPEATS):
            start = time.perf_counter()
            await writer.mutate("notes:add", room=rooms[n % subscriptions]["room"], body=f"{n}", n=n)
            await reader.until("QueryUpdated")
            seconds.append(time.perf_counter() - start)
            await writer.answer()
        return Times(seconds)


async def ranges(url: str) -> Times:
    """An HTTP query that reads 50 documents by an index, each time others."""
    deployment = Deployment(url)
    seconds = []
    for n in range(REPEATS):
        first = n * 7919 % (DOCUMENTS - RANGE)
        start = time.perf_counter()
        args = {"room": "full", "from": first, "to": first + RANGE, "order": "asc"}
        found = await deployment.query("notes:between", args)
        seconds.append(time.perf_counter() - start)
        assert len(found) == RANGE
    await deployment.close()
    return Times(seconds)


async def fill(url: str) -> None:
    deployment = Deployment(url)
    for start in range(0, DOCUMENTS, FILL):
        await deployment.mutation("bulk:fill", {"room": "full", "from": start, "count": FILL})
    await deployment.close()


async def measure() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        process = Process(Path(folder))
        await pipelined(process.url)  # warms up
        results: dict[str, Any] = {"mutations_per_second": await pipelined(process.url)}
        results["to_subscriber"] = await to_subscriber(process.url, 1)
        results["to_subscriber_of_1000"] = await to_subscriber(process.url, SUBSCRIPTIONS)
        await fill(process.url)
        process.stop()
        process = Process(Path(folder))
        results["seconds_to_start"] = process.seconds_to_start
        results["range_of_50"] = await ranges(process.url)
        results["megabytes"] = process.memory
        process.stop()
    return results


async def main() -> None:
    results = await measure()
    print("the embedded deployment alone")
    print(f"  one-document mutations, pipelined over one socket   {results['mutations_per_second']:8.0f} /s")
    print(f"  mutation to a subscriber's transition               {results['to_subscriber']}")
    print(f"  ... of 1,000 subscriptions, one touched             {results['to_subscriber_of_1000']}")
    print(f"  index range of 50 among 100,000, over HTTP          {results['range_of_50']}")
    print(f"  start with 100,000 documents                        {results['seconds_to_start'] * 1000:8.0f} ms")
    print(f"  memory then                                         {results['megabytes']:8.0f} MB")


if __name__ == "__main__":
    asyncio.run(main())
