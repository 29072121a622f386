"""Easel as the whiteboard that is measured."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bench import process
from bench.placing import Placed
from bench.viewers import Viewer, let_go, watch
from bench.whiteboard import Loop
from bench.writers import Writer
from harness.people import Person
from harness.pids import group
from harness.processes import Easel

ELSEWHERE = "127.0.0.2"  # so that limits on an address are not shared


@dataclass
class OurBoard:
    watching: list[Viewer]
    writer: Writer
    alone: Writer

    async def draw(self, rate: float, strokes: int) -> Placed:
        return await self.writer.draw(rate, strokes)

    async def draw_alone(self, rate: float, strokes: int) -> Placed:
        return await self.alone.draw(rate, strokes)


@dataclass
class Ours:
    easel: Easel
    name: str = "Easel"

    @property
    def folder(self) -> Path:
        return self.easel.folder

    @asynccontextmanager
    async def open(self, viewers: int, writers: int = 1, seed: int = 1) -> AsyncIterator[OurBoard]:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            people = [await Person.sign_in(http, self.easel.url, f"Bench {n}") for n in range(writers + 1)]
            board = await people[0].create_board("Bench", "link-edit")
            watching = await watch(self.easel.url, board, viewers)
            drawing = Writer(people[:-1], board, seed), Writer(people[-1:], board, seed + 1, address=ELSEWHERE)
            yield OurBoard(watching, *drawing)
            for writer in drawing:
                writer.close()
            let_go(watching)

    def memory(self) -> float:
        return sum(map(process.memory, group(self.easel.program.pid)))

    def loops(self) -> list[Loop]:
        return [
            Loop("web process", f"{self.easel.url}/healthz", self.easel.web_pid),
            Loop("deployment", f"{self.easel.convex_url}/version", self.easel.deployment_pid),
        ]
