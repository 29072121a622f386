"""A stream a window never gives back: a short one brings a reader up to date and ends."""

from collections.abc import AsyncIterator

import pytest

from app.hub import Hubs
from tests.unit.feed import Ana, MemoryBoard
from tests.unit.page import waiting


@pytest.fixture
def board() -> MemoryBoard:
    board = MemoryBoard()
    assert board.access
    board.access["visibility"] = "link-edit"
    return board


@pytest.fixture
async def hubs(board: MemoryBoard) -> AsyncIterator[Hubs]:
    opened = Hubs(board)
    yield opened
    await opened.drain()


async def test_a_short_stream_says_how_things_are_and_ends(board: MemoryBoard, hubs: Hubs) -> None:
    board.put("a")
    hub = await hubs.open("b")
    mailbox = await hub.join(Ana(), 0, "html", once=True)
    said = b"".join([piece async for piece in mailbox.pieces()])
    assert b"event: status" in said
    assert b'id="a"' in said
    assert mailbox.closed


async def test_who_reads_short_streams_counts_as_here_but_not_as_a_reader(hubs: Hubs) -> None:
    hub = await hubs.open("b")
    await hub.join(Ana(), 0, "html", once=True)
    assert [face.name for face in hub.people] == ["Ana"]
    other = await hub.join(Ana("Ben"), 0, "html")
    said = waiting(other)
    assert '"watching":1' in said
