import asyncio
from typing import Any

import orjson
import pytest

from app.errors import Forbidden, Gap
from app.hub import Hub, Hubs, Mailbox
from tests.unit.feed import Ana, MemoryBoard
from tests.unit.hub.page import waiting

INK = {"ink": {"id": "s1", "from": 0, "points": [0.0, 0.0, 1.0, 1.0]}}


@pytest.fixture
def board() -> MemoryBoard:
    board = MemoryBoard()
    assert board.access
    board.access |= {"visibility": "link-edit"}
    return board


async def join(hub: Hub, name: str = "Ana", format: Any = "html") -> Mailbox:
    mailbox = await hub.join(Ana(name), None, format)
    waiting(mailbox)
    return mailbox


def told(mailbox: Mailbox) -> list[dict[str, Any]]:
    frames = [frame.split("\n") for frame in waiting(mailbox).split("\n\n")]
    return [orjson.loads(frame[1].removeprefix("data: ")) for frame in frames if frame[0] == "event: presence"]


async def until_told(mailbox: Mailbox, part: str) -> str:
    async with asyncio.timeout(10):
        while part not in (text := waiting(mailbox)):
            await asyncio.sleep(0.005)
    return text


async def test_with_many_readers_what_follows_a_report_is_sent_together(hubs: Hubs) -> None:
    hub = await hubs.open("b")
    mailbox, program = await join(hub), await join(hub, format="json")
    for _ in range(200):
        await join(hub)
    ben = Ana("Ben")
    hub.report(ben, "1", None, {"cursor": [1, 1]})
    assert told(mailbox) == [{"pages": {"ben0.1": {"name": "Ben", "cursor": [1, 1]}}}]
    for x in range(5):
        hub.report(ben, "1", None, {"cursor": [x, 1]})
        hub.report(Ana("Cat"), "1", None, {"cursor": [x, 2]})
    assert waiting(mailbox) == ""
    text = await until_told(mailbox, '"cursor"')
    assert text.count('"cursor":[4,') == text.count('"cursor"') == 2
    assert text.count('"pages"') == 1
    assert "[4,1]" in text
    assert "[4,2]" in text
    assert "[3,1]" not in text
    assert waiting(program) == ""


async def test_everybody_gets_the_same_bytes(hubs: Hubs) -> None:
    hub = await hubs.open("b")
    mailboxes = [await join(hub) for _ in range(3)]
    hub.report(Ana("Ben"), "1", None, {"cursor": [1, 1]})
    first, *others = [mailbox._frames[0] for mailbox in mailboxes]
    assert all(message is first for message in others)


async def test_a_late_reader_gets_wet_ink_once_and_then_only_additions(hubs: Hubs) -> None:
    hub = await hubs.open("b")
    hub.report(Ana("Ben"), "1", None, INK)
    late = await hub.join(Ana(), None, "html")
    state = told(late)
    assert state == [{"all": True, "watching": 1, "pages": {"ben0.1": {"name": "Ben", "ink": [INK["ink"]]}}}]
    hub.report(Ana("Ben"), "1", None, {"ink": {"id": "s1", "from": 2, "points": [2.0, 2.0]}})
    assert '"from":2,"points":[2.0,2.0]' in await until_told(late, '"ink"')


async def test_viewers_show_a_cursor_but_no_ink_and_no_drag(board: MemoryBoard, hubs: Hubs) -> None:
    assert board.access
    board.access |= {"visibility": "link-view"}
    hub = await hubs.open("b")
    mailbox = await join(hub)
    hub.report(Ana("Ben"), "1", None, {"cursor": [1, 1], "ink": None, "drag": None})
    for what in (INK, {"drag": {"a": {"x": 1.0}}}):
        with pytest.raises(Forbidden):
            hub.report(Ana("Ben"), "1", None, what)
    assert [set(one["pages"]["ben0.1"]) - {"ink", "drag"} for one in told(mailbox)] == [{"name", "cursor"}]
    assert "ink" not in str(hub._presence._signals.awareness.state())


async def test_ink_that_skips_points_is_refused(hubs: Hubs) -> None:
    hub = await hubs.open("b")
    hub.report(Ana(), "1", None, INK)
    with pytest.raises(Gap):
        hub.report(Ana(), "1", None, {"ink": {"id": "s1", "from": 7, "points": [1.0, 1.0]}})


async def test_the_number_of_open_pages_is_sent(hubs: Hubs) -> None:
    hub = await hubs.open("b")
    first = await hub.join(Ana(), None, "html")
    assert told(first)[0]["watching"] == 1
    second = await hub.join(None, None, "html")
    await join(hub, format="json")
    assert told(second)[0]["watching"] == 2
    assert '"watching":2' in await until_told(first, '"watching":2')


async def test_nothing_is_published_while_one_process_has_the_board_alone(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    await join(hub)
    await join(hub, "Ben")
    for _ in range(3):
        hub.report(Ana(), "1", None, {"cursor": [1, 1]} | INK)
        await asyncio.sleep(0.11)  # longer than the time between two documents
    assert "relay:announce" in board.mutations
    assert "relay:signal" not in board.mutations


async def test_cursors_and_ink_come_from_another_process_and_leave_with_it(board: MemoryBoard) -> None:
    here, there = Hubs(board), Hubs(board)
    first, second = await here.open("b"), await there.open("b")
    anas, bens = await join(first), await join(second, "Ben")
    async with asyncio.timeout(10):
        while not (first._presence.shared and second._presence.shared):
            await asyncio.sleep(0.005)
    second.report(Ana("Ben"), "1", 1, {"cursor": [1, 1]} | INK)
    assert '"points":[0.0,0.0,1.0,1.0]' in await until_told(anas, "ben0.1")
    second.report(Ana("Ben"), "1", 2, {"ink": {"id": "s1", "from": 2, "points": [2.0, 2.0]}})
    assert '"from":2,"points":[2.0,2.0]' in await until_told(anas, "ben0.1")
    assert '"from":2' in waiting(bens)
    await there.drain()
    assert '"ben0.1":null' in await until_told(anas, "ben0.1")
    assert board.signals == {}
    await here.drain()


async def test_a_change_ends_the_wet_ink_of_its_stroke(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    hub.report(Ana("Ben"), "1", None, INK)
    board.put("s1")
    assert await hub.reach(board.ts)
    assert '"ink"' not in waiting(await hub.join(Ana(), None, "html"))


async def test_somebody_who_left_takes_their_cursor_along(hubs: Hubs) -> None:
    hub = await hubs.open("b")
    mailbox, bens = await join(hub), await join(hub, "Ben")
    hub.report(Ana("Ben"), "1", None, {"cursor": [1, 1]})
    hub.leave(bens)
    hub.tick(asyncio.get_running_loop().time() + 3)
    assert '"ben0.1":null' in await until_told(mailbox, "null")
