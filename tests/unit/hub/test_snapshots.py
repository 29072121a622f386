"""What a board leaves behind for the next time that it is opened."""

import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest

from app.drawing import render
from app.drawing.measure import bounds
from app.hub import Hubs
from app.hub.drawing import Drawing
from app.hub.snapshot_format import VERSION, read, write
from app.hub.snapshots import LEAST
from app.shapes import ChangeIn, shape_of
from tests.unit.feed import MemoryBoard, arrow, stroke
from tests.unit.kinds import FULL, full


class MemoryShelf:
    """One snapshot of one board."""

    def __init__(self) -> None:
        self.kept: tuple[str, int, bytes] | None = None
        self.broken = False

    @asynccontextmanager
    async def read(self, board: str, version: str) -> AsyncIterator[tuple[int, AsyncIterator[bytes]] | None]:
        assert board == "b"
        if self.broken:
            raise OSError("no storage")
        if self.kept is None or self.kept[0] != version:
            yield None
        else:
            yield self.kept[1], parts(self.kept[2])

    async def keep(self, board: str, version: str, ts: int, parts: AsyncIterator[bytes]) -> None:
        assert board == "b"
        if self.broken:
            raise OSError("no storage")
        self.kept = version, ts, b"".join([part async for part in parts])


async def parts(whole: bytes, size: int = 1_000) -> AsyncIterator[bytes]:
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


@pytest.fixture
def board() -> MemoryBoard:
    board = MemoryBoard()
    shapes = [stroke(f"s{n}", z=float(n % 7)) for n in range(LEAST)]
    board.commit(*({"type": "put", "shape": shape} for shape in shapes))
    board.commit({"type": "put", "shape": arrow("tied", "s1", None, z=3.5)})
    return board


async def opened(board: MemoryBoard, shelf: MemoryShelf) -> tuple[str, list[str]]:
    """What a process shows that opens the board and goes away again; and what it asked."""
    board.asked.clear()
    hubs = Hubs(board, shelf)
    shown = "".join(await (await hubs.open("b")).view.pieces())
    await hubs.drain()
    return shown, list(board.asked)


async def test_the_next_process_starts_from_the_snapshot_and_reads_no_shape(board: MemoryBoard) -> None:
    shelf = MemoryShelf()
    first, asked = await opened(board, shelf)
    assert "relay:page" in asked
    second, asked = await opened(board, shelf)
    assert second == first
    assert "relay:page" not in asked


async def test_when_too_much_came_after_the_snapshot_the_shapes_are_read(
    board: MemoryBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = MemoryShelf()
    await opened(board, shelf)
    board.commit({"type": "remove", "id": "s1"}, {"type": "put", "shape": stroke("new")})
    monkeypatch.setattr("app.hub.loader.CATCH_UP", 0.0)
    shown, asked = await opened(board, shelf)
    assert "relay:page" in asked
    assert 'id="new"' in shown
    assert 'id="s1"' not in shown
    fresh, _ = await opened(board, MemoryShelf())
    assert shown == fresh


async def test_what_came_after_the_snapshot_is_shown_too(board: MemoryBoard) -> None:
    shelf = MemoryShelf()
    await opened(board, shelf)
    board.put("new", z=1.5)
    board.commit({"type": "remove", "id": "s3"})
    board.commit({"type": "patch", "id": "s4", "set": {"color": "red", "z": 99.0}})
    shown, asked = await opened(board, shelf)
    assert "relay:page" not in asked
    assert shown == (await opened(board, MemoryShelf()))[0]
    assert 'id="new"' in shown
    assert 'id="s3"' not in shown


@pytest.mark.parametrize("damage", ["cut short", "not deflated", "another version", "no storage"])
async def test_a_damaged_snapshot_is_not_used(board: MemoryBoard, damage: str) -> None:
    shelf = MemoryShelf()
    whole, _ = await opened(board, shelf)
    assert shelf.kept
    version, ts, content = shelf.kept
    shelf.kept = {
        "cut short": (version, ts, content[:-20]),
        "not deflated": (version, ts, b"x" * 100),
        "another version": ("old", ts, content),
    }.get(damage, shelf.kept)
    shelf.broken = damage == "no storage"
    shown, asked = await opened(board, shelf)
    assert shown == whole
    assert "relay:page" in asked


async def test_a_small_board_leaves_no_snapshot() -> None:
    board, shelf = MemoryBoard(), MemoryShelf()
    board.put("only")
    await opened(board, shelf)
    assert shelf.kept is None


async def test_shapes_of_every_kind_come_back_as_they_were() -> None:
    drawing = Drawing(partial(render.shapes, images="/boards/b/images/"), bounds)
    change = ChangeIn.model_validate({"changeId": "c", "put": [full(kind, kind) for kind in FULL]})
    drawing.load(
        shape_of({**wire, "z": float(n), "author": "u", "ts": n}) for n, wire in enumerate(change.args()["put"])
    )
    again = Drawing(partial(render.shapes, images="/boards/b/images/"), bounds)
    whole = b"".join([part async for part in write(drawing.ids(), drawing.drawn)])
    async for drawn in read(parts(whole, 7)):
        again.restore(drawn)
    assert again.shapes() == drawing.shapes()
    assert again.svg() == drawing.svg()
    assert again.bounds() == drawing.bounds()


async def test_a_snapshot_that_is_cut_short_is_none() -> None:
    with pytest.raises(ValueError, match="cut short"):
        _: list[Any] = [drawn async for drawn in read(parts(zlib.compress(b"[]\n")[:-1]))]


def test_the_version_is_that_of_the_code_that_draws() -> None:
    assert len(VERSION) == 32
