"""Who is on a board, in all processes."""

import asyncio

from app.hub import Hubs
from tests.unit.feed import Ana, MemoryBoard
from tests.unit.hub.page import waiting
from tests.unit.hub.waits import turns


async def test_people_of_other_processes_are_shown(board: MemoryBoard) -> None:
    board.access = board.access and board.access | {"visibility": "link-edit"}
    here, there = Hubs(board), Hubs(board)
    first, second = await here.open("b"), await there.open("b")
    mailbox = await first.join(Ana(), None, "html")
    await second.join(Ana("Ben"), None, "html")
    async with asyncio.timeout(10):
        while [face.name for face in first.people] != ["Ana", "Ben"]:
            await asyncio.sleep(0.01)
        while 'title="Ben"' not in waiting(mailbox):
            await asyncio.sleep(0.01)
    assert first.people == second.people
    await there.drain()
    await turns()
    assert [face.name for face in first.people] == ["Ana"]
    await here.drain()
