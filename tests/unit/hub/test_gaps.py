"""The same work done once for each reader: gaps, snapshots and lists that many ask for at the same time."""

import asyncio
from typing import Any

import pytest

from app.hub import Hub, Hubs
from app.hub.drawing import Drawing
from app.hub.frames import Frames
from app.hub.mailbox import Mailbox
from app.hub.once import Once
from tests.unit.feed import Ana, MemoryBoard
from tests.unit.hub.page import Page, waiting

READERS = 200


@pytest.fixture
async def hub(hubs: Hubs) -> Hub:
    return await hubs.open("b")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many changes each frame that is made is about."""
    sizes: list[int] = []
    of = Frames.of

    def counted(self: Frames, changes: Any, format: Any) -> bytes:
        sizes.append(len(changes))
        return of(self, changes, format)

    monkeypatch.setattr(Frames, "of", counted)
    return sizes


async def gap(board: MemoryBoard, hub: Hub, length: int) -> int:
    """The ts before so many changes."""
    seen: int = board.put("first")
    for number in range(length):
        board.put(f"s{number}")
    assert await hub.reach(board.ts)
    return seen


async def readers(hub: Hub, seen: int, format: Any) -> list[Mailbox]:
    return await asyncio.gather(*(hub.join(Ana(), seen, format) for _ in range(READERS)))


def largest(mailbox: Mailbox) -> int:
    return id(max(mailbox._frames, key=len))


@pytest.mark.parametrize("format", ["html", "json"])
async def test_readers_with_the_same_gap_get_the_same_bytes(
    board: MemoryBoard, drawn: list[int], hub: Hub, format: Any
) -> None:
    seen = await gap(board, hub, 300)
    drawn.clear()
    joined = await readers(hub, seen, format)
    assert drawn == [300]
    assert len({largest(mailbox) for mailbox in joined}) == 1


async def test_each_change_is_drawn_once_while_others_go_on(board: MemoryBoard, drawn: list[int], hub: Hub) -> None:
    seen = await gap(board, hub, 300)
    drawn.clear()
    pages = []
    for number in range(20):
        mailbox = await hub.join(Ana(), seen, "html")
        page = Page(seen, ["first"])
        page.take(waiting(mailbox))
        pages.append((page, [shape.id for shape in hub.view.shapes()]))
        hub.leave(mailbox)
        board.put(f"t{number}")
        board.commit({"type": "remove", "id": f"s{number}"})
        assert await hub.reach(board.ts)
    assert sum(drawn) <= 300 + 2 * 20
    assert all(page.order == order for page, order in pages)


async def test_a_whole_frame_serves_readers_who_come_a_little_later(board: MemoryBoard) -> None:
    seen = board.put("first")
    for number in range(50):
        board.put(f"s{number}")
    hubs = Hubs(board)
    hub = await hubs.open("b")
    snapshots = set()
    for number in range(10):
        mailbox = await hub.join(Ana(), seen, "html")
        snapshots.add(largest(mailbox))
        page = Page(seen, ["first"])
        page.take(waiting(mailbox))
        assert page.order == [shape.id for shape in hub.view.shapes()]
        board.put(f"t{number}")
        assert await hub.reach(board.ts)
    assert len(snapshots) == 1
    await hubs.drain()


async def test_all_callers_of_one_version_share_its_value() -> None:
    once: Once[list[int]] = Once()
    made: list[int] = []

    async def make() -> list[int]:
        made.append(1)
        await asyncio.sleep(0)
        return [len(made)]

    first = await asyncio.gather(*(once.get(1, make) for _ in range(100)))
    assert len({id(one) for one in first}) == 1
    assert await once.get(2, make) == [2]
    assert len(made) == 2


async def test_a_drawing_counts_its_versions(board: MemoryBoard, hub: Hub) -> None:
    before = await hub.view.json()
    assert await hub.view.json() is before
    board.put("a")
    assert await hub.reach(board.ts)
    assert await hub.view.json() is not before
    assert isinstance(hub._board.drawing, Drawing)
