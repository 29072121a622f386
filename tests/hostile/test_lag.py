"""A view that lags behind what was acknowledged says so, and is level again as soon as the deployment answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace

import aiohttp
import pytest

from app.convex.deployment import Deployment, Sync
from app.convex.deployment.backoff import Backoff
from harness.people import Person, stroke
from harness.processes import Easel, free_port
from tests.browser.network import pump
from tests.deployment.reading import states
from tests.hostile.put_back import deployment_killed
from tests.integration.sse import reading


class Gate:
    """Between a web process and the deployment: lets calls through, and live queries only while it is open."""

    def __init__(self, port: int) -> None:
        self.port, self.there = free_port(), port
        self.url = f"http://127.0.0.1:{self.port}"
        self.open = True
        self.live: set[asyncio.StreamWriter] = set()
        self.tasks: set[asyncio.Task[None]] = set()

    def shut(self) -> None:
        self.open = False
        for writer in self.live:
            writer.transport.abort()

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self.relay(reader, writer))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        try:
            first = await reader.read(65536)
            live = b"/api/sync" in first
            if live and not self.open:
                return
            there, back = await asyncio.open_connection("127.0.0.1", self.there)
            ends.append(back)
            self.live |= set(ends if live else ())
            back.write(first)
            await asyncio.gather(pump(reader, back), pump(there, writer))
        except OSError:
            pass
        finally:
            for end in ends:
                end.transport.abort()


@pytest.fixture
async def gate(own_easel: Easel) -> AsyncIterator[Gate]:
    gate = Gate(own_easel.convex_port)
    async with await asyncio.start_server(gate.accept, "127.0.0.1", gate.port) as server:
        yield gate
        server.close()
        for task in gate.tasks:
            task.cancel()
        await asyncio.gather(*gate.tasks, return_exceptions=True)


async def test_a_view_behind_what_was_saved_says_so(own_easel: Easel, gate: Gate, http: aiohttp.ClientSession) -> None:
    url = await asyncio.to_thread(own_easel.start_another_web, CONVEX_URL=gate.url)
    eve = await Person.sign_in(http, url, "Eve")
    board = await eve.create_board()
    assert (await eve.draw(board, stroke("before"))).status == 201
    assert [shape["id"] for shape in await eve.shapes(board)] == ["before"]
    gate.shut()
    elsewhere = replace(eve, url=own_easel.url)  # through another web process
    for person, id in ((elsewhere, "there"), (eve, "here")):
        assert (await person.draw(board, stroke(id))).status == 201
        for path in ("", ".json", ".svg", "/cells", "/ids", "/outline"):
            answer = await eve.get(f"/boards/{board}{path}")
            assert (answer.status, answer.error["code"]) == (503, "unavailable"), path
            assert int(answer.headers["Retry-After"]) >= 1
    with deployment_killed(own_easel):  # nobody can be asked, but what was acknowledged is known
        assert (await eve.get(f"/boards/{board}.json")).status == 503
    page = await eve.get(f"/boards/{board}", headers={"Accept": "text/html"})
    assert page.status == 200
    async with reading(eve, board) as stream:
        assert (await stream.event("status")).json == {"state": "stale"}
        gate.open = True
        await stream.message('id="here"', 90)
        await stream.until(lambda frame: frame.event == "status" and frame.json == {"state": "live"}, 40)
    assert {shape["id"] for shape in await eve.shapes(board)} == {"before", "there", "here"}


async def test_a_view_whose_feed_comes_back_in_a_moment_is_waited_for(
    own_easel: Easel, gate: Gate, http: aiohttp.ClientSession
) -> None:
    url = await asyncio.to_thread(own_easel.start_another_web, CONVEX_URL=gate.url)
    eve = await Person.sign_in(http, url, "Eve")
    board = await eve.create_board()
    elsewhere = replace(eve, url=own_easel.url)
    answers = []
    for _ in range(5):  # on a busy machine a second may be too short
        gate.shut()
        assert (await elsewhere.draw(board, stroke())).status == 201
        gate.open = True
        answers.append((await eve.get(f"/boards/{board}.json")).status)
    assert 200 in answers


async def test_an_answer_cuts_the_wait_for_a_connection_short(
    own_easel: Easel, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Backoff, "next", lambda _self, _floor=0.0: 3_600.0)
    async with Deployment(own_easel.convex_url) as deployment, Sync(gate.url) as sync:
        deployment.on_answer.append(sync.hurry)
        connection = states(sync)
        while not await anext(connection):
            pass
        gate.shut()
        assert not await anext(connection)
        gate.open = True
        connected = asyncio.ensure_future(anext(connection))
        async with asyncio.timeout(60):
            while not connected.done():
                with suppress(Exception):
                    await deployment.query("relay:ping", {})  # refused, and so answered
                await asyncio.sleep(0.05)
        assert connected.result()
