"""How a hub gets the shapes of its board."""

from app.hub import Hubs
from tests.unit.feed import MemoryBoard
from tests.unit.hub.waits import shown, stored


async def test_changes_made_while_pages_are_read_are_in(board: MemoryBoard, hubs: Hubs) -> None:
    for id in "abcdef":
        board.put(id)
    board.during["relay:page"] = lambda: (board.commit({"type": "remove", "id": "a"}), board.put("z", z=5), None)[-1]
    hub = await hubs.open("b")
    assert shown(hub) == stored(board)
    assert hub.ts == board.ts


async def test_a_hub_that_starts_far_behind_catches_up_first(board: MemoryBoard, hubs: Hubs) -> None:
    board.put("a")
    board.during["relay:page"] = lambda: [board.put(f"n{n}") for n in range(50)].clear()
    hub = await hubs.open("b")
    assert shown(hub) == stored(board)
    assert board.moves
