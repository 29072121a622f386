"""One hub for each open board."""

import asyncio

import pytest

from app.errors import NotFound
from app.hub import Hubs
from tests.unit.feed import Ana, MemoryBoard
from tests.unit.hub.page import waiting


async def test_an_unknown_board_is_not_found(board: MemoryBoard, hubs: Hubs) -> None:
    board.access, board.broken = None, ValueError("not_found")
    with pytest.raises(NotFound):
        await hubs.open("b")
    assert board.watches == []


async def test_a_board_that_cannot_be_read_raises_what_the_feed_raises(board: MemoryBoard, hubs: Hubs) -> None:
    board.broken = OSError("away")
    with pytest.raises(OSError, match="away"):
        await hubs.open("b")
    board.broken = None
    assert (await hubs.open("b")).access.title == "A board"


async def test_many_concurrent_requests_open_a_board_once(board: MemoryBoard, hubs: Hubs) -> None:
    asking = [asyncio.create_task(hubs.open("b")) for _ in range(50)]
    await asyncio.sleep(0)
    asking[0].cancel()
    opened = await asyncio.gather(*asking[1:])
    assert len(set(opened)) == 1
    assert board.asked.count("relay:head") == 1


async def test_a_board_that_nobody_uses_is_closed_after_a_minute(hubs: Hubs) -> None:
    hub = await hubs.open("b")
    now = asyncio.get_running_loop().time()
    assert not hub.idle(now + 59)
    assert hub.idle(now + 61)
    mailbox = await hub.join(Ana(), None, "html")
    assert not hub.idle(now + 1_000)
    hub.leave(mailbox)
    assert hub.idle(now + 1_000)


async def test_a_drain_sends_readers_away_until_different_times(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    mailboxes = [await hub.join(Ana(), None, "html") for _ in range(5)]
    await hubs.drain()
    told = [waiting(mailbox) for mailbox in mailboxes]
    assert all("event: restart\ndata: {}\n\n" in text for text in told)
    assert len({text.rpartition("retry: ")[2] for text in told}) > 1
    assert all(mailbox.closed for mailbox in mailboxes)
    assert board.watches == []


async def test_a_board_at_rest_is_told_once(hubs: Hubs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.hub.hubs.TICK", 0.001)
    monkeypatch.setattr("app.hub.rest.REST", 0.01)
    rested: asyncio.Queue[str] = asyncio.Queue()
    hubs.on_rest.append(rested.put_nowait)
    await hubs.open("b")
    assert await asyncio.wait_for(rested.get(), 10) == "b"
    await asyncio.sleep(0.05)
    assert rested.empty()
