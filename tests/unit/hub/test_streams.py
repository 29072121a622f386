"""How many streams somebody may have open."""

from app.hub import Hubs
from tests.unit.feed import Ana, MemoryBoard
from tests.unit.hub.page import waiting
from tests.unit.hub.waits import turns


async def test_the_oldest_of_too_many_streams_ends_with_the_reason(board: MemoryBoard) -> None:
    hubs = Hubs(board, per_person=2, per_address=3)
    hub = await hubs.open("b")
    board.access = board.access and board.access | {"visibility": "link-view"}
    board.tell()
    await turns()
    mailboxes = [await hub.join(viewer, None, "html") for viewer in (Ana(), Ana(), Ana(), None, None)]
    for mailbox in mailboxes:
        hubs.streams.admit(mailbox, "10.0.0.1")
    assert [mailbox.closed for mailbox in mailboxes] == [True, True, False, False, False]
    assert waiting(mailboxes[0]).endswith("event: superseded\ndata: {}\n\n")
    for mailbox in mailboxes:
        hubs.streams.release(mailbox, "10.0.0.1")
    assert not hubs.streams._open
    await hubs.drain()
