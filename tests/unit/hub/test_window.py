"""The last changes."""

import asyncio

from app.hub import Hubs
from app.hub.window import MAX_CHANGES
from tests.unit.feed import Ana, MemoryBoard
from tests.unit.hub.page import waiting


async def test_the_window_is_bounded(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    seen = board.ts
    for _ in range(MAX_CHANGES + 1):
        board.put("a")
        await asyncio.sleep(0)
    assert await hub.reach(board.ts)
    assert len(hub._board.window.since(hub._board.window.floor) or []) <= MAX_CHANGES
    assert "data-whole" in waiting(await hub.join(Ana(), seen, "html"))
    assert "data-whole" not in waiting(await hub.join(Ana(), board.ts - 1_000, "html"))
