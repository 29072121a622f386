"""Who may see a board, whatever changes while they do."""

import pytest

from app.errors import NotFound
from app.hub import Hubs
from tests.unit.feed import Ana, MemoryBoard
from tests.unit.hub.page import waiting
from tests.unit.hub.waits import arrival, turns


async def test_a_removed_member_is_out_at_once_and_the_others_stay(board: MemoryBoard, hubs: Hubs) -> None:
    assert board.access
    ben = {"user": "https://guest|Ben", "role": "editor", "name": "Ben"}
    board.access = board.access | {"members": [*board.access["members"], ben]}
    hub = await hubs.open("b")
    ana, bens = await hub.join(Ana(), None, "html"), await hub.join(Ana("Ben"), None, "html")
    hub.report(Ana("Ben"), "p", 1, {"cursor": [1, 2]})
    waiting(bens)
    assert '"cursor":[1,2]' in waiting(ana)
    board.access = board.access | {"members": board.access["members"][:1]}
    board.tell()
    await turns()
    assert (ana.closed, bens.closed) == (False, True)
    assert waiting(bens) == 'event: access\ndata: {"role":null}\n\n'
    told = ""
    while '.p":null' not in told:  # nor is their cursor there any more
        await arrival(ana)
        told += waiting(ana)
    assert "event: access" not in told
    with pytest.raises(NotFound):
        await hub.join(Ana("Ben"), None, "html")


async def test_a_new_role_and_a_new_title_are_sent(board: MemoryBoard, hubs: Hubs) -> None:
    assert board.access
    hub = await hubs.open("b")
    mailbox = await hub.join(Ana(), None, "html")
    waiting(mailbox)
    member = board.access["members"][0] | {"role": "viewer"}
    board.access = board.access | {"title": "<New>", "members": [member]}
    board.tell()
    await turns()
    told = waiting(mailbox)
    assert 'event: access\ndata: {"role":"viewer"}' in told
    assert '<hx-partial hx-target="#title" hx-swap="innerHTML">&lt;New&gt;</hx-partial>' in told
    assert hub.access.title == "<New>"


@pytest.mark.parametrize(
    ("visibility", "stranger", "anonymous"),
    [("private", None, None), ("link-view", "viewer", "viewer"), ("link-edit", "editor", "viewer")],
)
async def test_the_link_gives_strangers_a_role(
    board: MemoryBoard, hubs: Hubs, visibility: str, stranger: str | None, anonymous: str | None
) -> None:
    assert board.access
    board.access = board.access | {"visibility": visibility}
    hub = await hubs.open("b")
    roles = [hub.access.role_of(who) for who in (Ana("Cat"), None, Ana())]
    assert roles == [stranger, anonymous, "owner"]


async def test_a_board_that_is_removed_closes_every_stream(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    mailbox = await hub.join(Ana(), None, "html")
    waiting(mailbox)
    board.access = None
    board.tell()
    await turns()
    assert mailbox.closed
    assert waiting(mailbox) == 'event: access\ndata: {"role":null}\n\n'
    board.broken = ValueError("not_found")
    with pytest.raises(NotFound):
        await hubs.open("b")
