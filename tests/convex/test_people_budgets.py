"""Unbounded work in a function: lists of people, boards, invitations and keys, each as long as it may be."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest
from convex import ConvexError

from tests.convex.conftest import new_id
from tests.convex.metered import Metered, Somebody

FAR = 9_999_999_999_999  # ms
TITLE = "A" * 200


async def board_of(guest: Somebody) -> str:
    board: str = (await guest.call("boards:create", operationId=new_id(), title=TITLE))["id"]
    return board


async def join(metered: Metered, board: str, people: list[str], role: str = "viewer") -> None:
    await metered.seed("members", [{"boardId": board, "userId": user, "role": role} for user in people])
    await metered.seed("cards", [card(board, user, own=False) for user in people])


def card(board: str, user: str, *, own: bool = True) -> dict[str, Any]:
    times = {"openedAt": 1, "editedAt": 1}
    flags = {"own": own, "starred": False, "trashed": False}
    return {"boardId": board, "userId": user, "title": f"plan {TITLE[:190]}".lower(), **flags, **times}


async def code_of(call: Awaitable[object]) -> tuple[str, str | None]:
    with pytest.raises(ConvexError) as caught:
        await call
    return caught.value.data["code"], caught.value.data.get("field")


async def test_a_thousand_members_are_listed_and_renamed_in_budget(metered: Metered, guest: Somebody) -> None:
    board = await board_of(guest)
    await join(metered, board, await metered.people(999))
    listed = await guest.query("members:list", board=board)
    assert len(listed.value) == 1_000
    assert listed.read <= 2_010
    renamed = await guest.mutation("boards:update", operationId=new_id(), board=board, title="B" * 200)
    assert renamed.read <= 2_010
    assert renamed.written <= 1_010
    trashed = await guest.mutation("boards:remove", operationId=new_id(), board=board)
    assert trashed.read <= 2_010
    assert trashed.written <= 1_010
    await guest.mutation("trash:restore", operationId=new_id(), board=board)
    visited = [{"boardId": board, "userId": (await metered.people(1))[0], "removed": False, "seenAt": 1}]
    await metered.seed("visitors", visited)
    add = {"operationId": new_id(), "board": board, "user": visited[0]["userId"], "role": "editor"}
    assert await code_of(guest.call("members:setRole", **add)) == ("invalid", "members")


async def test_all_who_came_asked_or_were_removed_are_listed_in_budget(metered: Metered, guest: Somebody) -> None:
    board = await board_of(guest)
    people = await metered.people(1_250)
    for removed, some in ((False, people[:200]), (True, people[200:1_200])):
        rows = [{"boardId": board, "userId": user, "removed": removed, "seenAt": 1} for user in some]
        await metered.seed("visitors", rows)
    asks = [{"boardId": board, "userId": user, "dismissed": False, "expiresAt": FAR} for user in people[1_200:]]
    await metered.seed("asks", asks)
    others = await guest.query("members:others", board=board)
    assert [len(others.value[part]) for part in ("visitors", "removed", "asking")] == [200, 1_000, 50]
    assert others.read <= 2_510
    args = {"operationId": new_id(), "board": board, "user": people[0]}
    assert await code_of(guest.call("members:remove", **args)) == ("invalid", "removed")
    newcomer = Somebody(metered, new_id())
    assert (await newcomer.mutation("asks:make", board=board)).read <= 60
    assert len((await guest.query("members:others", board=board)).value["asking"]) == 50
    assert (await guest.mutation("asks:dismiss", operationId=new_id(), board=board, user=people[-1])).read <= 10


async def test_fifty_invitations_are_listed_and_one_more_is_refused(metered: Metered, guest: Somebody) -> None:
    board = await board_of(guest)
    user = (await guest.call("users:store"))["id"]
    row = {"boardId": board, "role": "viewer", "expiresAt": FAR, "uses": 0, "createdBy": user}
    made = await metered.seed("invites", [{**row, "hash": f"{n:064x}"} for n in range(50)])
    assert len((listed := await guest.query("invites:list", board=board)).value) == 50
    assert listed.read <= 60
    create = {"board": board, "hash": "f" * 64, "role": "viewer", "life": 1_000}
    assert await code_of(guest.call("invites:create", operationId=new_id(), **create)) == ("invalid", "invites")
    assert (await guest.mutation("invites:revoke", operationId=new_id(), board=board, invite=made[0])).read <= 10
    assert (await guest.mutation("invites:create", operationId=new_id(), **create)).read <= 60


async def test_two_thousand_boards_are_read_by_pages(metered: Metered, guest: Somebody) -> None:
    user = (await guest.call("users:store"))["id"]
    row = {"title": TITLE, "owner": user, "visibility": "private", "removed": False}
    boards = await metered.seed("boards", [row] * 2_000)
    await metered.seed("members", [{"boardId": board, "userId": user, "role": "owner"} for board in boards])
    await metered.seed("cards", [card(board, user) for board in boards])
    await metered.seed("counters", [{"boardId": board, "slot": 0, "shapes": 1, "at": 1} for board in boards])
    options = {"numItems": 32_000, "cursor": None}
    page = await guest.query("cards:list", paginationOpts=options)
    assert (len(page.value["page"]), page.value["isDone"]) == (100, False)
    assert page.read <= 510
    found = await guest.query("cards:list", paginationOpts=options, search="plan")
    assert len(found.value["page"]) == 100
    assert found.read <= 2_510


async def test_boards_of_an_earlier_version_are_put_into_the_list_once(metered: Metered, guest: Somebody) -> None:
    user = (await metered.seed("users", [{"tokenIdentifier": guest.token_identifier, "name": "Ana", "seenAt": 0}]))[0]
    row = {"title": "Plan", "owner": user, "visibility": "link-view", "removed": False}
    boards = await metered.seed("boards", [row] * 250)
    members = [{"boardId": board, "userId": user, "role": "owner", "title": "Plan"} for board in boards[1:]]
    await metered.seed("members", members)
    await metered.seed("visitors", [{"boardId": boards[0], "userId": user, "removed": False, "seenAt": 1}])
    options = {"numItems": 100, "cursor": None}
    assert not (await guest.call("cards:list", paginationOpts=options))["complete"]
    after, calls = 0.0, 0
    while after is not None:
        made = await guest.mutation("cards:gather", after=after)
        assert made.read <= 610
        after, calls = made.value, calls + 1
    assert calls == 3
    assert (await guest.mutation("cards:gather", after=0.0)).written == 0
    seen: list[str] = []
    for _ in range(3):
        page = await guest.call("cards:list", paginationOpts=options)
        seen += [board["id"] for board in page["page"]]
        options = {"numItems": 100, "cursor": page["continueCursor"]}
    assert sorted(seen) == sorted(boards)
    assert seen[-1] == boards[0]  # opened last in 1970


async def test_a_guest_with_all_keys_gets_a_new_one(metered: Metered, guest: Somebody) -> None:
    keys = [{"hash": f"{new_id()}{n}", "subject": guest.subject, "kind": "browser"} for n in range(100)]
    await metered.seed("guestKeys", keys)
    kept = await guest.mutation("guestKeys:keep", hash="a" * 64, kind="browser")
    assert kept.read <= 190
    assert kept.written <= 90
    assert (await guest.mutation("guestKeys:drop")).read <= 50


async def test_two_thousand_ended_sessions_cost_what_a_thousand_do(metered: Metered, metered_relay: Somebody) -> None:
    await metered.seed("ended", [{"key": f"s{n}", "at": n, "until": FAR} for n in range(2_000)])
    ended = await metered_relay.query("sessions:ended")
    assert (len(ended.value), ended.value[0], ended.read) == (1_000, "s1999", 1_000)
    assert (await metered_relay.query("sessions:over", keys=[f"s{n}" for n in range(8)])).read <= 8
    assert await code_of(metered_relay.call("sessions:over", keys=["s"] * 9)) == ("invalid", "keys")
    old = {"sealed": "x" * 65_536, "version": 0, "refreshingAt": 0, "expiresAt": 1}
    for start in range(0, 100, 10):
        await metered.seed("logins", [{**old, "key": f"k{n}"} for n in range(start, start + 10)])
    kept = await metered_relay.mutation("sessions:keep", key=new_id(), sealed="x" * 65_536, version=0, expiresAt=FAR)
    assert kept.read <= 70
    assert kept.bytes <= 5 * 2**20


async def test_an_account_with_the_fullest_boards_is_deleted(
    metered: Metered, metered_relay: Somebody, guest: Somebody
) -> None:
    """In parts: a function reads 32,000 documents, and 100 boards of 1,000 people are more."""
    others = await metered.people(999)
    for _ in range(12):
        await join(metered, await board_of(guest), others)
    args = {"id": new_id(), "at": 1, "person": guest.token_identifier, "deleted": True}
    calls = [await metered_relay.mutation("clerk:apply", **args)]
    while calls[-1].value:
        calls.append(await metered_relay.mutation("clerk:apply", **args))
    assert max(call.read for call in calls) <= 16_000
    assert await code_of(board_of(guest)) == ("unauthenticated", None)


async def test_a_snapshot_is_one_row_however_long_the_log(
    metered: Metered, metered_relay: Somebody, guest: Somebody
) -> None:
    board = await board_of(guest)
    user = (await guest.call("users:store"))["id"]
    row = {"boardId": board, "author": user, "digest": "", "ops": [], "ts": "commitTs"}
    await metered.seed("changes", [{**row, "changeId": f"c{n}"} for n in range(1_000)])
    assert (found := await metered_relay.query("snapshots:latest", board=board)).value is None
    assert found.read <= 5
    prepared = await metered_relay.mutation("snapshots:prepare", board=board)
    assert prepared.value.startswith("http")
    assert prepared.read <= 5


async def test_boards_of_an_earlier_version_are_written_down_one_after_another(
    metered: Metered, guest: Somebody
) -> None:
    user = (await metered.seed("users", [{"tokenIdentifier": guest.token_identifier, "name": "Ana", "seenAt": 0}]))[0]
    row = {"title": "Plan", "owner": user, "visibility": "private", "removed": False}
    boards = await metered.seed("boards", [row] * 2)
    own = {"userId": user, "title": "plan", "own": True, "starred": False, "trashed": False, "creator": user}
    await metered.seed("cards", [own | {"boardId": board, "openedAt": 1, "editedAt": 1} for board in boards])
    await metered.seed("members", [{"boardId": board, "userId": user, "role": "owner"} for board in boards])
    fields = {"kind": "note", "z": 1, "color": "black", "x": 0, "y": 0, "rotation": 0, "opacity": 1, "group": ""}
    note = fields | {
        "locked": False,
        "w": 200,
        "h": 200,
        "size": 20,
        "align": "left",
        "author": user,
        "source": "c",
        "ts": "commitTs",
    }
    for board in boards:
        texts = [{"boardId": board, "shapeId": f"s{n}", "text": f"Kumquat {n}", "removed": False} for n in range(600)]
        await metered.seed("shapes", [note | text for text in texts])
    await metered.call("writings:gather", {})
    found: dict[str, Any] = {"boards": []}
    async with asyncio.timeout(30):
        while len(found["boards"]) < 2:
            await asyncio.sleep(0.05)
            found = await guest.call("writings:search", words="kumquat 599")
            found["boards"] = [one for one in found["boards"] if one["matches"][0]["text"] == "Kumquat 599"]
    used = await guest.query("writings:search", words="kumquat")
    assert used.read <= 1_700
