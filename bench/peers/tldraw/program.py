"""tldraw-sync as a process, and its boards."""

import asyncio
import random
import urllib.request
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from bench import process
from bench.peers.tldraw.client import Client
from bench.peers.tldraw.packages import install
from bench.peers.tldraw.records import record
from bench.placing import Placed, place
from bench.strokes import stroke
from bench.whiteboard import Loop
from harness.processes import Program, Served, answers, free_port, wait_until
from launch.deployment import NODE

PING = 5.0  # s, as its own client does: the server drops who is silent for 20


@dataclass
class Board:
    """Viewers and writers, each with a socket."""

    watching: list[Client]
    writers: list[Client]
    alone: Client
    chance: random.Random
    drawn: int = 0

    async def draw(self, rate: float, strokes: int) -> Placed:
        return await self._draw(self.writers, rate, strokes)

    async def draw_alone(self, rate: float, strokes: int) -> Placed:
        return await self._draw([self.alone], rate, strokes)

    async def _draw(self, writers: Sequence[Client], rate: float, strokes: int) -> Placed:
        async def send(number: int, name: bytes, body: bytes, placed: Placed) -> None:
            if await writers[number % len(writers)].push([body]):
                placed.answered(name)
            else:
                placed.refused += 1

        return await place([self.body() for _ in range(strokes)], rate, send)

    def body(self) -> tuple[bytes, bytes]:
        """A stroke's name, and the entry of a push that puts it."""
        shape = stroke(self.chance)
        self.drawn += 1
        put = orjson.dumps(["put", record(shape, self.drawn)])
        return shape["id"].encode(), b'"shape:%b":%b' % (shape["id"].encode(), put)

    async def keep(self) -> None:
        while True:
            await asyncio.sleep(PING)
            for client in (*self.watching, *self.writers, self.alone):
                client.ping()


class Tldraw(Served):
    name = "tldraw"

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        command = [NODE, str(install()), str(folder), str(port)]
        self.program = Program(command, environment, folder / "tldraw.log")
        self.schema = b""

    def kill(self) -> None:
        self.program.kill()

    def start(self) -> None:
        self.program.start()
        wait_until(lambda: answers(f"{self.url}/version"), f"{self.url} is ready; see {self.program.log}")
        with urllib.request.urlopen(f"{self.url}/schema") as answer:
            self.schema = answer.read()

    async def enter(self, room: str) -> Client:
        client = Client(self.url, room, self.schema)
        await client.open()
        return client

    @asynccontextmanager
    async def open(self, viewers: int, writers: int = 1, seed: int = 1) -> AsyncIterator[Board]:
        room = str(uuid.uuid4())
        everybody = [await self.enter(room) for _ in range(viewers + writers + 1)]
        board = Board(everybody[:viewers], everybody[viewers:-1], everybody[-1], random.Random(seed))
        keeping = asyncio.create_task(board.keep())
        yield board
        keeping.cancel()
        for client in everybody:
            client.close()

    def memory(self) -> float:
        return process.memory(self.program.pid)

    def loops(self) -> list[Loop]:
        return [Loop("tldraw", f"{self.url}/version", self.program.pid)]
