"""What people see while the deployment is away, and that all heals by itself."""

import asyncio
import os
import signal
import time
import uuid

import aiohttp
import pytest

from harness.people import Answer, Person, stroke
from harness.pids import command_line, group
from harness.processes import Easel, answers, until
from tests.integration.sse import Reader, reading


@pytest.fixture
async def eve(own_easel: Easel, http: aiohttp.ClientSession) -> Person:
    return await Person.sign_in(http, own_easel.url, "Eve")


def deployment(easel: Easel) -> int:
    """The process that answers: the last one started, if a wrapper started it."""
    return max(pid for pid in group(easel.program.pid) if "embedded/main.ts" in command_line(pid))


async def draw_until_taken(person: Person, board: str, id: str) -> Answer:
    """As a page's outbox does: the same change again until there is an answer."""
    change_id = str(uuid.uuid4())
    async with asyncio.timeout(40):
        while (answer := await person.draw(board, stroke(id), change_id=change_id)).status == 503:
            assert int(answer.headers["Retry-After"]) >= 1
            await asyncio.sleep(0.2)
    assert answer.status in (200, 201), answer.body
    return answer


async def state(reader: Reader, wanted: str, limit: float) -> None:
    await reader.until(lambda frame: frame.event == "status" and frame.json == {"state": wanted}, limit)


async def responsive(url: str, http: aiohttp.ClientSession, for_seconds: float) -> float:
    """The longest time that the process took to say that it is alive, in s."""
    worst, end = 0.0, time.monotonic() + for_seconds
    while time.monotonic() < end:
        start = time.monotonic()
        async with http.get(f"{url}/healthz") as answer:
            assert answer.status == 200
        worst = max(worst, time.monotonic() - start)
        await asyncio.sleep(0.02)
    return worst


async def test_a_killed_deployment_is_said_and_all_heals_when_it_is_back(own_easel: Easel, eve: Person) -> None:
    board = await eve.create_board()
    await eve.draw(board, stroke("before"))
    async with reading(eve, board) as stream:
        await state(stream, "live", 5)
        os.kill(deployment(own_easel), signal.SIGKILL)
        await state(stream, "stale", 10)
        drawn = await draw_until_taken(eve, board, "after")
        await state(stream, "live", 20)
        told = await stream.message('id="after"', 20)
        assert told.id == drawn.json["ts"]
    assert [shape["id"] for shape in await eve.shapes(board)] == ["before", "after"]


async def test_a_timer_ends_though_the_deployment_was_killed(own_easel: Easel, eve: Person) -> None:
    board = await eve.create_board()
    async with reading(eve, board) as stream:
        assert (await eve.request("PUT", f"/boards/{board}/timer", json={"seconds": 2})).status == 200
        await stream.until(lambda frame: frame.event == "timer" and '"running"' in frame.data)
        os.kill(deployment(own_easel), signal.SIGKILL)
        await state(stream, "stale", 10)
        await stream.until(lambda frame: frame.event == "timer" and '"over"' in frame.data, 30)


async def test_a_hung_deployment_keeps_streams_open_and_stalls_nobody(
    own_easel: Easel, eve: Person, http: aiohttp.ClientSession
) -> None:
    board, never_opened = await eve.create_board(), await eve.create_board()
    await eve.draw(board, stroke("before"))
    answering = deployment(own_easel)
    async with reading(eve, board) as stream:
        await state(stream, "live", 5)
        os.kill(answering, signal.SIGSTOP)
        try:
            worst, refused, unread, page, _ = await asyncio.gather(
                responsive(own_easel.url, http, 5),
                eve.draw(board, stroke("refused")),
                eve.get(f"/boards/{never_opened}.json"),
                eve.get(f"/boards/{board}.json"),
                state(stream, "stale", 25),
            )
        finally:
            os.kill(answering, signal.SIGCONT)
        assert worst < 2  # a call of the deployment takes longer to give up
        for answer in (refused, unread):
            assert (answer.status, answer.error["code"]) == (503, "unavailable")
            assert int(answer.headers["Retry-After"]) >= 1
        assert page.status == 200
        await state(stream, "live", 30)
        await draw_until_taken(eve, board, "after")
        await stream.message('id="after"', 20)
    assert {"before", "after"} <= {shape["id"] for shape in await eve.shapes(board)}


async def test_what_others_drew_during_an_outage_arrives_after_it_once_each(own_easel: Easel, eve: Person) -> None:
    """Our web process is cut off; another one writes more than one tail can hold."""
    board = await eve.create_board()
    other = own_easel.start_another_web()
    there = Person(eve.http, other, eve.name, eve.id, eve.token)
    count = 300
    async with reading(eve, board, "?format=json") as stream:
        await stream.next()
        os.kill(own_easel.web_pid, signal.SIGSTOP)
        try:
            for number in range(count):
                assert (await there.draw(board, stroke(f"s{number}"))).status == 201
        finally:
            os.kill(own_easel.web_pid, signal.SIGCONT)
        told: list[str] = []
        async with asyncio.timeout(30):
            while len(told) < count:
                told += [shape["id"] for shape in (await stream.event("change", 30)).json["put"]]
    assert told == [f"s{number}" for number in range(count)]
    assert len(await eve.shapes(board)) == count


async def test_a_restarted_web_process_brings_readers_up_to_date(own_easel: Easel, eve: Person) -> None:
    board = await eve.create_board()
    async with reading(eve, board) as stream:
        await stream.event("status")
        seen = (await eve.draw(board, stroke("s1"))).json["ts"]
        await stream.message('id="s1"')
        os.kill(own_easel.web_pid, signal.SIGTERM)
        goodbye = [frame for frame in await stream.rest() if frame.event == "restart"]
        assert len(goodbye) == 1
        assert 500 <= (goodbye[0].retry or 0) <= 3500
    await until(lambda: answers(f"{own_easel.url}/readyz"), "another web process serves")
    await eve.draw(board, stroke("s2"))
    async with reading(eve, board, f"?after={seen}") as stream:
        assert 'id="s2"' in (await stream.message("<svg data-ts")).data
