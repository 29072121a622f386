import asyncio
from collections.abc import AsyncIterator
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.drawing import render
from app.errors import NotFound
from app.hub import Hub, Hubs
from app.hub.cells import SLICE
from app.hub.log import CHECKPOINT
from app.hub.window import MAX_CHANGES
from app.shapes import Shape, shape_of
from tests.unit.feed import Ana, MemoryBoard, arrow, stroke
from tests.unit.page import Page, canonical, waiting

IDS = "abcdef"
ID = st.sampled_from(IDS)
Z = st.integers(0, 3).map(float)
operations = st.one_of(
    st.builds(lambda id, z: {"type": "put", "shape": stroke(id, z=z)}, ID, Z),
    st.builds(lambda id, z, to: {"type": "put", "shape": arrow(id, None, to, z=z)}, ID, Z, ID),
    st.builds(lambda id, z, x: {"type": "patch", "id": id, "set": {"z": z, "x": x}}, ID, Z, Z),
    st.builds(lambda id: {"type": "remove", "id": id}, ID),
    st.builds(lambda id: {"type": "restore", "id": id}, ID),
)
commits = st.lists(operations, min_size=1, max_size=3, unique_by=lambda op: op.get("id") or op["shape"]["id"])
steps = st.lists(st.one_of(commits, st.sampled_from(["quiet", "tell", "turn", "open", "join", "rejoin"])), max_size=40)


async def turns(count: int = 30) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


def shown(hub: Hub) -> list[tuple[float, str, float]]:
    return [(shape.z, shape.id, shape.x) for shape in hub.view.shapes()]


def pictures(hub: Hub) -> dict[str, str]:
    return drawings(hub.view.shapes())


def drawings(shapes: list[Shape]) -> dict[str, str]:
    drawn = render.shapes(shapes, {shape.id: shape for shape in shapes}.get)
    return {shape.id: canonical(svg) for shape, svg in zip(shapes, drawn, strict=True)}


def stored(board: MemoryBoard) -> list[tuple[float, str, float]]:
    return sorted((shape["z"], shape["id"], shape["x"]) for shape in board.live.values())


@pytest.fixture
def board() -> MemoryBoard:
    return MemoryBoard()


@pytest.fixture
async def hubs(board: MemoryBoard) -> AsyncIterator[Hubs]:
    opened = Hubs(board)
    yield opened
    await opened.drain()


# Reading a board


@settings(max_examples=300, deadline=None)
@given(steps)
async def test_every_hub_and_every_page_comes_to_what_the_deployment_has(steps: list[Any]) -> None:
    """Whatever the changes, however they are cut up and delayed, whenever hubs open and pages come and come back."""
    board = MemoryBoard()
    fleet = [Hubs(board), Hubs(board)]
    readers: list[tuple[Page, Any]] = []
    for number, step in enumerate(steps):
        which = fleet[number % 2]
        match step:
            case "quiet" | "tell":
                board.quiet = step == "quiet"
                board.tell()
            case "turn":
                await turns(3)
            case "open":
                await which.open("b")
            case "join":
                hub = await which.open("b")
                page = Page(hub.ts, [shape.id for shape in hub.view.shapes()], pictures(hub))
                readers.append((page, await hub.join(Ana(), page.ts, "html")))
            case "rejoin" if readers:
                page, mailbox = readers.pop(0)
                page.take(waiting(mailbox))
                readers.append((page, await (await which.open("b")).join(Ana(), page.ts, "html")))
            case [*ops]:
                board.commit(*ops)
    board.quiet = False
    board.tell()
    for opened in fleet:
        hub = await opened.open("b")
        assert await hub.reach(board.ts)
        hub._sending.flush()
        assert shown(hub) == stored(board)
        for page, mailbox in readers:
            page.take(waiting(mailbox))
    for page, _ in readers:
        assert page.order == [id for _, id, _ in stored(board)]
        assert page.drawn == drawings([shape_of(shape) for shape in board.live.values()])
    for opened in fleet:
        await opened.drain()


async def test_changes_during_the_reading_of_pages_are_in(board: MemoryBoard, hubs: Hubs) -> None:
    for id in IDS:
        board.put(id)
    board.during["relay:page"] = lambda: (board.commit({"type": "remove", "id": "a"}), board.put("z", z=5), None)[-1]
    hub = await hubs.open("b")
    assert shown(hub) == stored(board)
    assert hub.ts == board.ts


async def test_a_hub_that_starts_far_behind_catches_up_before_it_serves(board: MemoryBoard, hubs: Hubs) -> None:
    board.put("a")
    board.during["relay:page"] = lambda: [board.put(f"n{n}") for n in range(50)].clear()
    hub = await hubs.open("b")
    assert shown(hub) == stored(board)
    assert board.moves


async def test_a_shape_that_undo_restored_is_read_before_later_changes_apply(board: MemoryBoard, hubs: Hubs) -> None:
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
    hub._sending.flush()
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


async def test_an_unknown_board_is_not_found(board: MemoryBoard, hubs: Hubs) -> None:
    board.access, board.broken = None, ValueError("not_found")
    with pytest.raises(NotFound):
        await hubs.open("b")
    assert board.watches == []


async def test_a_board_that_cannot_be_read_raises_what_the_feed_raises(board: MemoryBoard, hubs: Hubs) -> None:
    board.broken = OSError("away")
    with pytest.raises(OSError, match="away"):
        await hubs.open("b")
    board.broken = None
    assert (await hubs.open("b")).access.title == "A board"


async def test_many_who_ask_at_once_open_a_board_once(board: MemoryBoard, hubs: Hubs) -> None:
    asking = [asyncio.create_task(hubs.open("b")) for _ in range(50)]
    await asyncio.sleep(0)
    asking[0].cancel()
    opened = await asyncio.gather(*asking[1:])
    assert len(set(opened)) == 1
    assert board.asked.count("relay:head") == 1


# Telling readers


async def test_the_first_change_goes_out_at_once_and_the_next_ones_together(
    board: MemoryBoard, hubs: Hubs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.hub.sending.INTERVAL", 0.5)  # s: a sixtieth may be over before the next change
    hub = await hubs.open("b")
    mailbox = await hub.join(Ana(), None, "html")
    waiting(mailbox)
    board.put("a")
    await turns(3)
    assert 'id="a"' in waiting(mailbox)
    for id in "bcd":
        board.put(id)
        await turns(3)
    assert waiting(mailbox) == ""
    await asyncio.wait_for(arrival(mailbox), 1)
    told = waiting(mailbox)
    assert told.count("<svg data-ts") == 1
    assert all(f'id="{id}"' in told for id in "bcd")


async def arrival(mailbox: Any) -> None:
    while not mailbox._messages:
        await asyncio.sleep(0.001)


async def test_the_same_bytes_go_to_everybody(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    mailboxes = [await hub.join(Ana(), None, "html") for _ in range(3)]
    for mailbox in mailboxes:
        waiting(mailbox)
    board.put("a")
    await turns()
    first, *others = [mailbox._messages[0] for mailbox in mailboxes]
    assert all(message is first for message in others)


async def test_whoever_comes_back_gets_what_they_missed_and_no_more(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    seen = board.put("a")
    board.put("b")
    board.commit({"type": "remove", "id": "a"})
    assert await hub.reach(board.ts)
    told = waiting(await hub.join(Ana(), seen, "html"))
    assert '<desc data-removed="a"/>' in told
    assert 'id="b"' in told
    assert "data-whole" not in told
    assert "<svg" not in waiting(await hub.join(Ana(), board.ts, "html"))
    assert "<svg" not in waiting(await hub.join(Ana(), None, "html"))


async def test_whoever_was_away_too_long_gets_all_shapes(board: MemoryBoard, hubs: Hubs) -> None:
    seen = board.put("a")
    board.put("b")
    hub = await hubs.open("b")
    page = Page(seen, ["a", "gone"])
    page.take(waiting(await hub.join(Ana(), seen, "html")))
    assert page.order == ["a", "b"]
    told = waiting(await hub.join(Ana(), seen, "json"))
    assert f'event: snapshot\nid: {board.ts}\ndata: {{"ts":"{board.ts}","shapes":[{{"id":"a"' in told


@pytest.mark.parametrize("format", ["html", "json"])
async def test_a_thousand_readers_who_come_back_at_once_cost_one_snapshot(
    board: MemoryBoard, hubs: Hubs, format: Any
) -> None:
    seen = board.put("a")
    for number in range(200):
        board.put(f"s{number}")
    hub = await hubs.open("b")
    joined = await asyncio.gather(*(hub.join(Ana(), seen, format) for _ in range(1_000)))
    snapshots = {id(max(mailbox._messages, key=len)) for mailbox in joined}
    assert len(snapshots) == 1


async def test_the_window_is_bounded(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    seen = board.ts
    for _ in range(MAX_CHANGES + 1):
        board.put("a")
        await asyncio.sleep(0)
    assert await hub.reach(board.ts)
    assert len(hub._window.since(hub._window.floor) or []) <= MAX_CHANGES
    assert "data-whole" in waiting(await hub.join(Ana(), seen, "html"))
    assert "data-whole" not in waiting(await hub.join(Ana(), board.ts - 1_000, "html"))


async def test_programs_are_told_each_change_as_it_was(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    mailbox = await hub.join(Ana(), None, "json")
    waiting(mailbox)
    board.commit({"type": "put", "shape": stroke("a")}, {"type": "remove", "id": "b"}, change_id="mine")
    await turns()
    told = waiting(mailbox)
    assert told.startswith(f'event: change\nid: {board.ts}\ndata: {{"ts":"{board.ts}","changeId":"mine","author":"u1",')
    assert '"points":[0.0,0.0,10.0,5.0,20.0,0.0]' in told
    assert told.endswith('"patch":{},"remove":["b"]}\n\n')


async def test_a_reader_who_is_ahead_of_this_process_is_not_told_twice(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    board.quiet = True
    board.put("a")
    board.put("a")
    mailbox = await hub.join(Ana(), board.ts, "json")
    waiting(mailbox)
    board.quiet, told = False, []
    board.tell()
    for _ in range(2):
        assert await hub.reach(board.ts)
        hub._sending.flush()
        told.append("event: change" in waiting(mailbox))
        board.put("a")
    assert told == [False, True]


async def test_a_page_from_a_process_that_is_ahead_keeps_its_order(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    board.quiet = True
    board.put("c")
    page = Page(board.put("a"), ["a", "c"])
    mailbox = await hub.join(Ana(), page.ts, "html")
    board.put("b")
    board.quiet = False
    board.tell()
    assert await hub.reach(board.ts)
    hub._sending.flush()
    page.take(waiting(mailbox))
    assert page.order == ["a", "b", "c"]


async def test_an_unreachable_deployment_is_said_and_so_is_its_return(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    mailbox = await hub.join(Ana(), None, "html")
    assert 'event: status\ndata: {"state":"live"}' in waiting(mailbox)
    board.state(False)
    assert hub.stale
    assert waiting(mailbox) == 'event: status\ndata: {"state":"stale"}\n\n'
    assert 'event: status\ndata: {"state":"stale"}' in waiting(await hub.join(Ana(), None, "html"))
    board.state(True)
    assert waiting(mailbox) == 'event: status\ndata: {"state":"live"}\n\n'


async def test_a_tail_that_fails_is_stale_until_it_answers_again(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    tail = next(watch for watch in board.watches if watch.path == "relay:tail")
    tail.latest = RuntimeError("Server Error")
    tail.unread.set()
    await turns()
    assert hub.stale
    board.put("a")
    assert await hub.reach(board.ts, 3)
    assert not hub.stale
    assert shown(hub) == stored(board)


# Access


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


async def test_a_new_role_and_a_new_title_are_told(board: MemoryBoard, hubs: Hubs) -> None:
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


# People


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


# Ending


async def test_a_board_that_nobody_uses_is_closed_after_a_minute(hubs: Hubs) -> None:
    hub = await hubs.open("b")
    now = asyncio.get_running_loop().time()
    assert not hub.idle(now + 59)
    assert hub.idle(now + 61)
    mailbox = await hub.join(Ana(), None, "html")
    assert not hub.idle(now + 1_000)
    hub.leave(mailbox)
    assert hub.idle(now + 1_000)


async def test_a_drain_sends_everybody_away_at_different_times(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    mailboxes = [await hub.join(Ana(), None, "html") for _ in range(5)]
    await hubs.drain()
    told = [waiting(mailbox) for mailbox in mailboxes]
    assert all("event: restart\ndata: {}\n\n" in text for text in told)
    assert len({text.rpartition("retry: ")[2] for text in told}) > 1
    assert all(mailbox.closed for mailbox in mailboxes)
    assert board.watches == []


async def test_the_oldest_of_too_many_streams_ends_and_is_told_why(board: MemoryBoard) -> None:
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


# A large board, by cells


async def test_readers_by_cells_are_told_each_shapes_z_and_which_cells_changed(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    board.put("a", z=1.5)
    assert await hub.reach(board.ts)
    assert [count for *_, count in (await hub.view.cells()).counts()] == [1]
    mailbox = await hub.join(Ana(), None, "cells")
    told = ""

    async def until(part: str) -> None:
        nonlocal told
        while part not in told:
            await arrival(mailbox)
            told += waiting(mailbox)

    async with asyncio.timeout(10):
        board.put("b", z=0.5, x=1_200.0)
        await until('data-cells="2,0 "')
        assert '<path data-z="0.5" id="b"' in told
        board.commit({"type": "patch", "id": "a", "set": {"x": 600.0}})
        await until('data-cells="0,0 1,0 "')
        board.commit({"type": "remove", "id": "a"})
        await until('data-cells="1,0 "')
        assert '<desc data-removed="a"/>' in told


async def test_a_cell_reader_with_an_unfollowed_gap_is_sent_to_reload(board: MemoryBoard, hubs: Hubs) -> None:
    seen = board.put("a")
    hub = await hubs.open("b")
    board.put("b")
    assert await hub.reach(board.ts)
    told = waiting(await hub.join(Ana(), seen, "cells"))
    assert f'<svg data-ts="{board.ts}" data-whole></svg>' in told
    assert "<path" not in told


async def test_a_cell_from_afar_has_one_path_for_each_colour_and_width(board: MemoryBoard, hubs: Hubs) -> None:
    for n in range(4):
        board.put(f"s{n}", x=10.0 * n, color="red" if n else "blue", points="0 0 100 50 100 -50")
    cells = await (await hubs.open("b")).view.cells()
    assert await cells.far((0, 0)) == (
        '<path class="blue" stroke-width="4" d="M0 0l10 5 10-5"/>'
        '<path class="red" stroke-width="4" d="M10 0l10 5 10-5M20 0l10 5 10-5M30 0l10 5 10-5"/>'
    )
    assert await cells.far((7, 7)) == ""


async def test_what_changes_while_cells_are_made_is_in_them(board: MemoryBoard, hubs: Hubs) -> None:
    for n in range(2 * SLICE):
        board.put(f"s{n}")
    hub = await hubs.open("b")
    making = asyncio.create_task(hub.view.cells())
    await asyncio.sleep(0)
    board.put("moved", x=1_200.0)
    board.commit(*({"type": "remove", "id": f"s{n}"} for n in range(SLICE, 2 * SLICE)))
    cells = await making
    assert await hub.reach(board.ts)
    assert sorted(cells.counts()) == [(0, 0, SLICE), (2, 0, 1)]
    drawing = asyncio.create_task(cells.far((0, 0)))
    await asyncio.sleep(0)
    board.commit({"type": "remove", "id": f"s{SLICE - 1}"})
    assert await hub.reach(board.ts)
    await drawing
    assert (await cells.far((0, 0))).count("M") == SLICE - 1


async def test_a_bound_arrow_ends_where_it_is_seen_from_afar_too(board: MemoryBoard, hubs: Hubs) -> None:
    board.put("s1", x=400.0, points="0 0 100 100")
    board.commit({"type": "put", "shape": arrow("tied", "s1", None, x=0.0, y=0.0, points="0 0 10 0")})
    cells = await (await hubs.open("b")).view.cells()
    drawn = "".join([await cells.far((x, 0)) for x in range(2)])
    assert "M392 5l" in drawn
