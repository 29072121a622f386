"""The tail of the log, and what it needs from elsewhere."""

from zlib import crc32

from app.hub import Hubs
from app.hub.log import CHECKPOINT
from app.shapes import Shape
from tests.unit.feed import Ana, MemoryBoard
from tests.unit.hub.page import waiting
from tests.unit.hub.waits import turns


async def test_a_restored_shape_is_read_before_later_changes_are_applied(board: MemoryBoard, hubs: Hubs) -> None:
    board.put("a", x=7.0)
    board.commit({"type": "remove", "id": "a"})
    hub = await hubs.open("b")
    mailbox = await hub.join(Ana(), hub.ts, "json")
    waiting(mailbox)
    board.broken = OSError("away")
    board.commit({"type": "restore", "id": "a"})
    board.commit({"type": "patch", "id": "a", "set": {"width": 8.0}})
    await turns()
    assert hub.view.shapes() == []
    board.broken = None
    assert await hub.reach(board.ts, 3)
    assert [(shape["x"], shape["width"]) for shape in map(Shape.json, hub.view.shapes())] == [(7.0, 8.0)]
    hub._pacing.flush()
    told = waiting(mailbox)
    assert told.index('"put":[{"id":"a"') < told.index('"patch":{"a":{"width":8.0}}')


async def test_the_tails_start_moves_at_the_same_changes_in_every_process(board: MemoryBoard) -> None:
    first, second = Hubs(board), Hubs(board)
    await first.open("b")
    for number in range(20):
        board.put(f"n{number}")
    hub = await second.open("b")
    await turns()
    board.moves.clear()
    checkpoint = next(f"c-{n}" for n in range(1000) if crc32(f"c-{n}".encode()) % CHECKPOINT == 0)
    ts = board.commit({"type": "remove", "id": "n1"}, change_id=checkpoint)
    assert await hub.reach(ts)
    await turns()
    assert board.moves == [ts, ts]
    await first.drain()
    await second.drain()
