"""Several web processes behind one port: the same board in all of them, and any of them may go."""

import asyncio
import os
import signal
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Self

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.pids import command_line, group
from harness.processes import Easel, until, wait_until
from tests.integration.sse import Reader, reading

PACE = 0.02  # s


@pytest.fixture
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Easel]:
    """An Easel of two web processes."""
    with Easel(
        tmp_path_factory.mktemp("fleet"), WEB_CONCURRENCY="2", MAX_STREAMS_PER_PERSON="0", MAX_STREAMS_PER_ADDRESS="0"
    ) as running:
        wait_until(lambda: len(workers(running)) == 2, "both web processes run")
        yield running


@pytest.fixture
async def eve(fleet: Easel, http: aiohttp.ClientSession) -> Person:
    return await Person.sign_in(http, fleet.url, "Eve")


def workers(easel: Easel) -> set[int]:
    return {pid for pid in group(easel.program.pid) if " -m app " in command_line(pid)}


@pytest.fixture
async def audience(fleet: Easel, eve: Person) -> AsyncIterator[tuple[str, list[Reader]]]:
    """A board, and readers of it in both processes."""
    board = await eve.create_board(visibility="link-edit")
    async with AsyncExitStack() as stack:
        readers: list[Reader] = []
        for pid in workers(fleet):
            os.kill(pid, signal.SIGSTOP)  # who comes now comes to the other one
            try:
                readers += [await stack.enter_async_context(reading(eve, board)) for _ in range(8)]
            finally:
                os.kill(pid, signal.SIGCONT)
        for reader in readers:
            await reader.event("status")
        yield board, readers


async def test_strokes_roles_presence_and_history_are_the_same_in_all_of_them(
    eve: Person, http: aiohttp.ClientSession, fleet: Easel, audience: tuple[str, list[Reader]]
) -> None:
    board, readers = audience
    ben = await Person.sign_in(http, fleet.url, "Ben")
    drawn = [(await person.draw(board, stroke(f"s{n}"))).json["ts"] for n, person in enumerate([eve, ben] * 5)]
    for reader in readers:
        await reader.until(lambda frame: frame.id == drawn[-1])
    await ben.post(f"/boards/{board}/presence", {"page": "p", "seq": 1, "cursor": [3, 4]})
    for reader in readers:
        await reader.until(lambda frame: frame.event == "presence" and '"cursor":[3,4]' in frame.data.replace(".0", ""))
    # Each request may be answered by another process.
    histories = [(await eve.get(f"/boards/{board}/changes")).json for _ in range(6)]
    boards = [(await eve.get(f"/boards/{board}.json")).json for _ in range(6)]
    assert all(history == histories[0] for history in histories)
    assert all(one == boards[0] for one in boards)
    assert len(boards[0]["shapes"]) == 10
    assert (await eve.request("PATCH", f"/boards/{board}", json={"visibility": "private"})).status == 200
    for reader in readers:
        await reader.event("sharing")
    assert {(await ben.get(f"/boards/{board}.json")).status for _ in range(6)} == {404}


class Writer:
    """Draws one stroke after another, as a page's outbox does: the same change again until there is an answer.

    One begins every PACE seconds or more: as fast as it can, it takes half of the processor from who has to come back.
    """

    def __init__(self, person: Person, board: str, *, may_break: bool) -> None:
        self.person, self.board, self.may_break = person, board, may_break
        self.drawn: list[str] = []
        self.done = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._drawing = asyncio.create_task(self._draw())
        self._drawing.add_done_callback(lambda _: self.done.set())
        await self.more(5)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.done.set()
        await self._drawing

    async def more(self, count: int) -> None:
        count += len(self.drawn)
        async with asyncio.timeout(30):
            while len(self.drawn) < count and not self.done.is_set():
                await asyncio.sleep(0.01)

    async def _draw(self) -> None:
        while not self.done.is_set():
            id = f"s{len(self.drawn)}"
            change = str(uuid.uuid4())
            answer = None
            while answer is None:
                try:
                    answer = await self.person.draw(self.board, stroke(id), change_id=change)
                    if answer.status == 503:  # it came to the one that is ending after its boards had closed
                        assert "Retry-After" in answer.headers
                        answer = None
                except aiohttp.ClientError:  # it was with the one that ended
                    assert self.may_break
                    await asyncio.sleep(0.05)
            assert answer.status in (200, 201), answer.body
            self.drawn.append(id)
            await asyncio.sleep(PACE)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
async def test_one_that_ends_takes_nothing_along_and_comes_back(
    eve: Person, fleet: Easel, audience: tuple[str, list[Reader]], number: signal.Signals
) -> None:
    board, readers = audience
    victim, other = sorted(workers(fleet))
    async with Writer(eve, board, may_break=number == signal.SIGKILL) as writer:
        os.kill(victim, number)
        ended = await goodbyes(readers) if number != signal.SIGKILL else []
        await until(lambda: victim not in workers(fleet) and len(workers(fleet)) == 2, "it is back")
        assert other in workers(fleet)
        if number != signal.SIGKILL:
            assert 0 < len(ended) < len(readers)
            assert_spread(ended)
        await writer.more(5)
    await has_all(eve, board, writer.drawn)


async def test_all_are_replaced_in_turn_and_nobody_is_away_for_long(
    eve: Person, fleet: Easel, audience: tuple[str, list[Reader]]
) -> None:
    board, readers = audience
    before = workers(fleet)
    async with Writer(eve, board, may_break=False) as writer:
        os.kill(fleet.program.pid, signal.SIGUSR2)
        ended = [(await reader.event("restart", limit=180)).retry or 0 for reader in readers]
        assert_spread(ended)
        await until(lambda: len(workers(fleet)) == 2 and not workers(fleet) & before, "both are new")
        await writer.more(5)
    await has_all(eve, board, writer.drawn)


async def test_the_only_one_is_replaced_and_no_connection_is_refused_meanwhile(
    own_easel: Easel, http: aiohttp.ClientSession
) -> None:
    eve = await Person.sign_in(http, own_easel.url, "Eve")
    board = await eve.create_board()
    (before,) = workers(own_easel)
    async with Writer(eve, board, may_break=False) as writer:
        os.kill(own_easel.program.pid, signal.SIGUSR2)
        await until(lambda: len(workers(own_easel)) == 1 and before not in workers(own_easel), "it is a new one")
        await writer.more(5)
    await has_all(eve, board, writer.drawn)


def assert_spread(retries: list[int]) -> None:
    """Back within 5 s, and not all at once. The page adds up to 30 % to what it is told."""
    assert all(500 <= retry <= 5_000 / 1.3 for retry in retries)
    assert len(set(retries)) > 1 or len(retries) == 1


async def has_all(eve: Person, board: str, drawn: list[str]) -> None:
    async with asyncio.timeout(10):  # the process that is asked may not have heard of what the other acknowledged
        while [shape["id"] for shape in await eve.shapes(board)] != drawn:
            await asyncio.sleep(0.05)
    # Whoever comes back with what they saw last gets the rest, from either process.
    first = (await eve.get(f"/boards/{board}/changes")).json["changes"][0]["ts"]
    async with reading(eve, board, f"?after={first}") as back:
        await back.message(f'id="{drawn[-1]}"')


async def goodbyes(readers: list[Reader]) -> list[int]:
    """The times to come back of those whose stream ends in time."""

    async def goodbye(reader: Reader) -> int | None:
        try:
            return (await reader.event("restart")).retry
        except TimeoutError:
            return None

    found = await asyncio.gather(*(goodbye(reader) for reader in readers))
    return [retry for retry in found if retry is not None]


async def test_what_cannot_start_ends_the_run_with_one_sentence(tmp_path_factory: pytest.TempPathFactory) -> None:
    easel = Easel(tmp_path_factory.mktemp("bad"), WEB_CONCURRENCY="2", ENVIRONMENT="production")
    easel.program.start()
    assert await asyncio.to_thread(easel.program.wait) == 1
    assert easel.program.log.read_text().count("PUBLIC_ORIGIN") == 1


# Room


async def test_streams_that_find_no_room_are_told_when_to_come_back(
    own_easel: Easel, http: aiohttp.ClientSession
) -> None:
    eve = await Person.sign_in(http, own_easel.url, "Eve")
    board = await eve.create_board(visibility="link-view")
    eve.url = own_easel.start_another_web(MAX_STREAMS="3")
    async with reading(eve, board), reading(eve, board) as second, reading(eve, board):
        waits = set()
        for _ in range(20):
            refused = await eve.get(f"/boards/{board}/stream")
            assert (refused.status, refused.error["code"]) == (503, "unavailable")
            waits.add(int(refused.headers["Retry-After"]))
        assert waits <= set(range(1, 6))
        assert len(waits) > 1
        assert (await eve.draw(board, stroke("s1"))).status == 201  # everything else goes on
        await second.message('id="s1"')
    async with asyncio.timeout(10):
        while True:
            async with http.get(f"{eve.url}/boards/{board}/stream") as answer:
                if answer.status == 200:
                    break
            await asyncio.sleep(0.05)


async def test_there_is_room_for_fewer_streams_than_files(own_easel: Easel, http: aiohttp.ClientSession) -> None:
    """A process that may have few files open refuses streams while it can still accept a connection to say so."""
    eve = await Person.sign_in(http, own_easel.url, "Eve")
    board = await eve.create_board(visibility="link-view")
    eve.url = own_easel.start_another_web(
        limit="ulimit -n 160", MAX_STREAMS_PER_PERSON="0", MAX_STREAMS_PER_ADDRESS="0"
    )
    async with AsyncExitStack() as stack:
        for _ in range(4):
            await asyncio.gather(*(stack.enter_async_context(reading(eve, board)) for _ in range(20)))
        refused = await eve.get(f"/boards/{board}/stream")
        assert (refused.status, refused.error["code"]) == (503, "unavailable")
        assert (await eve.get("/healthz")).status == 200
        assert (await eve.draw(board, stroke("s1"))).status == 201
