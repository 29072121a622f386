"""Readers who never read: what is sent to all is one copy, and whoever takes nothing is let go."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.people import Person, stroke
from harness.processes import Easel, until
from tests.hostile.others import others
from tests.hostile.raw import Raw, memory, request

READERS = 60
SHAPES = 3_000
MIB = 2**20
MOST = 9 * MIB  # two boards for programs, and no third


@pytest.fixture(scope="module")
def easel() -> Iterator[Easel]:
    limits = {"MAX_STREAMS_PER_PERSON": "0", "MAX_STREAMS_PER_ADDRESS": "0", "MAX_OPENING_BYTES": str(MOST)}
    with tempfile.TemporaryDirectory() as folder, Easel(Path(folder), **limits) as running:
        yield running


@pytest.fixture
async def board(ana: Person) -> str:
    return await large_board(ana)


async def large_board(ana: Person) -> str:
    """So large that no socket takes all of it."""
    board = await ana.create_board()
    points = [float(n % 90) for n in range(200)]
    for start in range(0, SHAPES, 200):
        change = [stroke(f"s{number}", points) for number in range(start, start + 200)]
        assert (await ana.draw(board, *change)).status == 201
    return board


async def readers(easel: Easel, ana: Person, board: str, form: str) -> list[Raw]:
    """They ask for everything, and then read nothing."""
    ask = request(
        "GET",
        f"/boards/{board}/stream?format={form}&after=1",
        f"Authorization: Bearer {ana.token}",
        "Connection: close",
    )
    clients = [await Raw.open(easel.port, window=4096) for _ in range(READERS)]
    for client in clients:
        client.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await client.send(ask)
    return clients


@pytest.mark.parametrize("form", ["html", "json"])
async def test_readers_who_never_read_share_what_they_are_sent(
    easel: Easel, ana: Person, board: str, form: str
) -> None:
    size = len((await ana.get(f"/boards/{board}.json")).body)
    before = memory(easel.web_pid)
    async with others(easel):
        clients = await readers(easel, ana, board, form)
        await until(lambda: stuck(easel.port) > READERS // 2, "most readers have what they do not take")
        most = 0

        def gone() -> bool:
            nonlocal most
            most = max(most, memory(easel.web_pid) - before)
            return stuck(easel.port) == 0

        await until(gone, "all who read nothing are gone", limit=120.0)
    for client in clients:
        client.close()
    assert most < READERS * size / 3, (most, size)  # it was one copy, and more, for each


def stuck(port: int) -> int:
    """How many connections of the server have something to send that nobody takes."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(
        int(line[1].rsplit(":", 1)[1], 16) == port and int(line[4].split(":")[0], 16) > 0 and line[3] == "01"
        for line in lines
    )


async def test_slow_readers_of_many_boards_hold_a_limited_number_of_bytes(easel: Easel, ana: Person) -> None:
    boards = [await large_board(ana) for _ in range(3)]
    size = len((await ana.get(f"/boards/{boards[0]}.json")).body)
    assert 2 * size < MOST < 3 * size
    slow = [await slow_reader(easel, ana, board) for board in boards]
    got = await asyncio.gather(*(everything(client) for client in slow))
    assert len(got[0]) < size  # that of the oldest frame was let go


async def slow_reader(easel: Easel, ana: Person, board: str) -> Raw:
    """It has the beginning of the board, and leaves the rest for later."""
    client = await Raw.open(easel.port, window=4096)
    headers = (f"Authorization: Bearer {ana.token}", "Connection: close")
    await client.send(request("GET", f"/boards/{board}/stream?format=json&once=true&after=1", *headers))
    await client.reader.readuntil(b"event: snapshot")
    client.writer.transport.pause_reading()  # type: ignore[attr-defined]
    return client


async def everything(client: Raw) -> bytes:
    client.writer.transport.resume_reading()  # type: ignore[attr-defined]
    return await client.rest()


async def test_a_reader_who_reads_late_still_gets_all(easel: Easel, ana: Person, board: str) -> None:
    client = await Raw.open(easel.port)
    await client.send(
        request("GET", f"/boards/{board}/stream?format=json&after=1", f"Authorization: Bearer {ana.token}")
    )
    async with asyncio.timeout(60):
        got = b""
        while f'"s{SHAPES - 1}"'.encode() not in got[-200_000:]:
            part = await client.reader.read(65536)
            assert part, "cut off"
            got += part
    client.close()
