"""What readers get of the shapes: the same bytes for all."""

import asyncio
from typing import Any

import pytest

from app.hub import Hubs
from tests.unit.feed import Ana, MemoryBoard, stroke
from tests.unit.hub.page import Page, waiting
from tests.unit.hub.waits import turns


async def test_the_same_bytes_go_to_everybody(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    mailboxes = [await hub.join(Ana(), None, "html") for _ in range(3)]
    for mailbox in mailboxes:
        waiting(mailbox)
    board.put("a")
    await turns()
    first, *others = [mailbox._frames[0] for mailbox in mailboxes]
    assert all(message is first for message in others)


async def test_a_reader_who_comes_back_gets_what_it_missed_and_no_more(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    seen = board.put("a")
    board.put("b")
    board.commit({"type": "remove", "id": "a"})
    assert await hub.reach(board.ts)
    told = waiting(await hub.join(Ana(), seen, "html"))
    assert '<desc data-removed="a"/>' in told
    assert 'id="b"' in told
    assert "data-whole" not in told
    assert "<svg" not in waiting(await hub.join(Ana(), board.ts, "html"))
    assert "<svg" not in waiting(await hub.join(Ana(), None, "html"))


async def test_a_reader_who_was_away_too_long_gets_all_shapes(board: MemoryBoard, hubs: Hubs) -> None:
    seen = board.put("a")
    board.put("b")
    hub = await hubs.open("b")
    page = Page(seen, ["a", "gone"])
    page.take(waiting(await hub.join(Ana(), seen, "html")))
    assert page.order == ["a", "b"]
    told = waiting(await hub.join(Ana(), seen, "json"))
    assert f'event: snapshot\nid: {board.ts}\ndata: {{"ts":"{board.ts}","shapes":[{{"id":"a"' in told


@pytest.mark.parametrize("format", ["html", "json"])
async def test_a_thousand_readers_who_come_back_cost_one_whole_frame(
    board: MemoryBoard, hubs: Hubs, format: Any
) -> None:
    seen = board.put("a")
    for number in range(200):
        board.put(f"s{number}")
    hub = await hubs.open("b")
    joined = await asyncio.gather(*(hub.join(Ana(), seen, format) for _ in range(1_000)))
    snapshots = {id(max(mailbox._frames, key=len)) for mailbox in joined}
    assert len(snapshots) == 1


async def test_programs_get_each_change_as_it_was(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    mailbox = await hub.join(Ana(), None, "json")
    waiting(mailbox)
    board.commit({"type": "put", "shape": stroke("a")}, {"type": "remove", "id": "b"}, change_id="mine")
    await turns()
    told = waiting(mailbox)
    assert told.startswith(f'event: change\nid: {board.ts}\ndata: {{"ts":"{board.ts}","changeId":"mine","author":"u1",')
    assert '"points":[0.0,0.0,10.0,5.0,20.0,0.0]' in told
    assert told.endswith('"patch":{},"remove":["b"]}\n\n')
