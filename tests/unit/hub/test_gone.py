"""What readers without the history get when they come back: nothing that was on the board in between."""

import asyncio
from typing import Any

import pytest

from app.hub import Hub, Hubs
from app.hub.mailbox import Format
from tests.unit.feed import Ana, MemoryBoard, stroke
from tests.unit.hub.page import Page, waiting

FORMATS: list[Format] = ["html", "json"]
BEN = Ana("Ben")


@pytest.fixture
async def hub(hubs: Hubs, board: MemoryBoard) -> Hub:
    assert board.access
    board.access |= {"visibility": "link-view"}
    board.put("first")
    return await hubs.open("b")


async def told(hub: Hub, board: MemoryBoard, after: int, format: Format, who: Any = BEN) -> str:
    assert await hub.reach(board.ts)
    mailbox = await hub.join(who, after, format)
    hub.leave(mailbox)
    return waiting(mailbox)


@pytest.mark.parametrize("format", FORMATS)
async def test_an_older_gap_is_not_sent_once_something_of_it_is_gone(
    board: MemoryBoard, hub: Hub, format: Format
) -> None:
    seen = board.ts
    board.put("secret", color="orange")
    assert "orange" in await told(hub, board, seen, format)
    assert "orange" in await told(hub, board, seen, format, Ana())
    board.put("later")
    assert "orange" in await told(hub, board, seen, format)
    board.commit({"type": "remove", "id": "secret"})
    assert "orange" not in await told(hub, board, seen, format)
    board.commit({"type": "patch", "id": "later", "set": {"color": "violet"}})
    last = await told(hub, board, seen, format)
    assert "violet" in last
    assert '"color":"black"' not in last


async def test_an_older_whole_frame_is_not_sent_once_something_is_gone(board: MemoryBoard, hub: Hub) -> None:
    board.put("secret", color="orange")
    for format in FORMATS:
        assert "orange" in await told(hub, board, -1, format)
    board.put("later")
    made = [await told(hub, board, -1, format) for format in FORMATS]
    assert all("orange" in text and "later" in text for text in made)
    board.commit({"type": "remove", "id": "secret"})
    assert not any(["orange" in await told(hub, board, -1, format) for format in FORMATS])


async def test_those_with_the_history_get_every_change_as_it_was(board: MemoryBoard, hub: Hub) -> None:
    seen = board.ts
    board.put("secret", color="orange")
    board.commit({"type": "remove", "id": "secret"})
    assert "orange" in await told(hub, board, seen, "json", Ana())
    board.access = (board.access or {}) | {"historyOpen": True}
    board.tell()
    while not hub.access.historyOpen:
        await asyncio.sleep(0)
    assert "orange" in await told(hub, board, seen, "json")


@pytest.mark.parametrize("format", FORMATS)
async def test_many_who_missed_the_same_additions_share_the_frames(
    board: MemoryBoard, hub: Hub, format: Format
) -> None:
    seen, frames = board.ts, set()
    for number in range(20):
        board.put(f"s{number}")
        assert await hub.reach(board.ts)
        mailbox = await hub.join(BEN, seen, format)
        frames |= {id(frame) for frame in mailbox._frames if b"s0" in frame}
        page = Page(seen, ["first"])
        page.take(waiting(mailbox))
        if format == "html":
            assert page.order == sorted(["first", *(f"s{n}" for n in range(number + 1))])
    assert len(frames) == 1


async def test_a_program_gets_the_difference_as_one_change(board: MemoryBoard, hub: Hub) -> None:
    seen = board.ts
    board.commit({"type": "put", "shape": stroke("a")}, {"type": "put", "shape": stroke("b")})
    board.commit({"type": "patch", "id": "a", "set": {"color": "red"}}, {"type": "remove", "id": "first"})
    text = await told(hub, board, seen, "json")
    assert text.count("event: change") == 1
    assert f'"ts":"{board.ts}","changeId":null,"author":null,"put":[{{"id":"a"' in text
    assert text.endswith('"patch":{},"remove":["first"]}\n\n')
