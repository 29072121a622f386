"""Readers learn whether they see the board as it is."""

from app.hub import Hubs
from tests.unit.feed import Ana, MemoryBoard
from tests.unit.hub.page import waiting
from tests.unit.hub.waits import shown, stored, turns


async def test_readers_learn_that_the_deployment_is_gone_and_back(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    mailbox = await hub.join(Ana(), None, "html")
    assert 'event: status\ndata: {"state":"live"}' in waiting(mailbox)
    board.state(False)
    assert hub.stale
    assert waiting(mailbox) == 'event: status\ndata: {"state":"stale"}\n\n'
    assert 'event: status\ndata: {"state":"stale"}' in waiting(await hub.join(Ana(), None, "html"))
    board.state(True)
    assert waiting(mailbox) == 'event: status\ndata: {"state":"live"}\n\n'


async def test_a_tail_that_fails_is_stale_until_it_answers_again(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    tail = next(watch for watch in board.watches if watch.path == "relay:tail")
    tail.latest = RuntimeError("Server Error")
    tail.unread.set()
    await turns()
    assert hub.stale
    board.put("a")
    assert await hub.reach(board.ts, 3)
    assert not hub.stale
    assert shown(hub) == stored(board)
