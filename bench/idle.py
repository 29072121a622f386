"""A thousand people who look at a board on which nothing happens."""

import asyncio

import aiohttp

from bench.process import memory, processor, servers
from bench.table import Table
from bench.viewers import let_go, watch
from harness.people import Person
from harness.processes import Easel

STREAMS = 1_000
SECONDS = 10.0


async def run(easel: Easel) -> Table:
    table = Table(
        "idle",
        "Idle streams on one board",
        ["streams", "kB a stream", "CPU, % of one core", "server MB"],
    )
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        person = await Person.sign_in(http, easel.url, "Bench")
        board = await person.create_board("Idle", "link-view")
        warm = await watch(easel.url, board, 1)
        pids = servers(easel)
        before = sum(map(memory, pids))
        watching = await watch(easel.url, board, STREAMS)
        await asyncio.sleep(2)
        used, start = sum(map(memory, pids)), sum(map(processor, pids))
        await asyncio.sleep(SECONDS)
        busy = (sum(map(processor, pids)) - start) / SECONDS / 10
        let_go([*warm, *watching])
    table.add(STREAMS, (used - before) / STREAMS * 1024, busy, used)
    return table
