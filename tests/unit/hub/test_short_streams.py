"""A stream a window never gives back: a short one brings a reader up to date and ends."""

import pytest

from app.hub import Hubs
from tests.unit.feed import Ana, MemoryBoard
from tests.unit.hub.page import waiting


@pytest.fixture
def board() -> MemoryBoard:
    board = MemoryBoard()
    assert board.access
    board.access["visibility"] = "link-edit"
    return board


async def test_a_short_stream_brings_its_reader_level_and_ends(board: MemoryBoard, hubs: Hubs) -> None:
    board.put("a")
    hub = await hubs.open("b")
    mailbox = await hub.join(Ana(), 0, "html", once=True)
    said = b"".join([piece async for piece in mailbox.pieces()])
    assert b"event: status" in said
    assert b'id="a"' in said
    assert mailbox.closed


async def test_somebody_on_short_streams_is_here_but_no_reader(hubs: Hubs) -> None:
    hub = await hubs.open("b")
    await hub.join(Ana(), 0, "html", once=True)
    assert [face.name for face in hub.people] == ["Ana"]
    other = await hub.join(Ana("Ben"), 0, "html")
    said = waiting(other)
    assert '"watching":1' in said
