"""When changes go out, and to whom."""

import asyncio

import pytest

from app.hub import Hubs
from tests.unit.feed import Ana, MemoryBoard
from tests.unit.hub.page import Page, waiting
from tests.unit.hub.waits import arrival, turns


async def test_the_first_change_is_sent_at_once_and_the_next_ones_together(
    board: MemoryBoard, hubs: Hubs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.hub.pacing.INTERVAL", 0.5)  # s: a sixtieth may be over before the next change
    hub = await hubs.open("b")
    mailbox = await hub.join(Ana(), None, "html")
    waiting(mailbox)
    board.put("a")
    await turns(3)
    assert 'id="a"' in waiting(mailbox)
    for id in "bcd":
        board.put(id)
        await turns(3)
    assert waiting(mailbox) == ""
    await asyncio.wait_for(arrival(mailbox), 1)
    told = waiting(mailbox)
    assert told.count("<svg data-ts") == 1
    assert all(f'id="{id}"' in told for id in "bcd")


async def test_a_reader_ahead_of_this_process_gets_no_change_twice(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    board.quiet = True
    board.put("a")
    board.put("a")
    mailbox = await hub.join(Ana(), board.ts, "json")
    waiting(mailbox)
    board.quiet, told = False, []
    board.tell()
    for _ in range(2):
        assert await hub.reach(board.ts)
        hub._pacing.flush()
        told.append("event: change" in waiting(mailbox))
        board.put("a")
    assert told == [False, True]


async def test_a_page_from_a_process_that_is_ahead_keeps_its_order(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    board.quiet = True
    board.put("c")
    page = Page(board.put("a"), ["a", "c"])
    mailbox = await hub.join(Ana(), page.ts, "html")
    board.put("b")
    board.quiet = False
    board.tell()
    assert await hub.reach(board.ts)
    hub._pacing.flush()
    page.take(waiting(mailbox))
    assert page.order == ["a", "b", "c"]
