"""Who may do what with a board, asked of the functions themselves."""

from typing import Any

import pytest
from convex import ConvexError, ConvexInt64

from tests.convex.conftest import Caller, new_id, stroke

OPTIONS = {"numItems": 10, "cursor": None}


async def test_creating_twice_with_one_operation_id_makes_one_board(owner: Caller) -> None:
    operation = new_id()
    first = await owner.mutation("boards:create", operationId=operation, title="Once")
    again = await owner.mutation("boards:create", operationId=operation, title="Once")
    assert (first, again) == ({"id": first["id"], "repeated": False}, {"id": first["id"], "repeated": True})
    assert len((await owner.query("cards:list", paginationOpts=OPTIONS))["page"]) == 1


async def test_boards_are_listed_newest_first_in_pages_to_their_members_only(owner: Caller, other: Caller) -> None:
    made = [await owner.create_board(title=f"Board {i}") for i in range(5)]
    first = await owner.query("cards:list", paginationOpts={"numItems": 3, "cursor": None})
    rest = await owner.query("cards:list", paginationOpts={"numItems": 3, "cursor": first["continueCursor"]})
    assert [board["id"] for board in first["page"] + rest["page"]] == made[::-1]
    assert rest["isDone"]
    assert (await other.query("cards:list", paginationOpts=OPTIONS))["page"] == []


async def test_a_search_finds_ones_own_boards_by_the_words_of_their_title(owner: Caller, other: Caller) -> None:
    await other.create_board(title="Garden of Ben")
    board = await owner.create_board(title="Kitchen")
    await owner.create_board(title="Garage")
    await owner.mutation("boards:update", operationId=new_id(), board=board, title="Garden plan")
    found = await owner.query("cards:list", paginationOpts=OPTIONS, search="garden")
    assert [one["title"] for one in found["page"]] == ["Garden plan"]


async def test_a_removed_board_is_gone_for_all_and_may_be_removed_again(
    owner: Caller, other: Caller, relay: Caller
) -> None:
    board = await owner.create_board("link-edit")
    operation = new_id()
    for _ in range(2):
        await owner.mutation("boards:remove", operationId=operation, board=board)
    for caller in (owner, other):
        assert (await owner.refused(caller.query("boards:get", board=board)))["code"] == "not_found"
        assert (await owner.refused(caller.commit(board, put=[stroke("a")])))["code"] == "not_found"
    assert await relay.query("relay:access", board=board) is None
    assert (await owner.query("cards:list", paginationOpts=OPTIONS))["page"] == []


@pytest.mark.parametrize(
    ("visibility", "read", "write"),
    [("private", "not_found", "not_found"), ("link-view", None, "forbidden"), ("link-edit", None, None)],
)
async def test_visibility_decides_what_a_stranger_with_the_link_may_do(
    owner: Caller, other: Caller, visibility: str, read: str | None, write: str | None
) -> None:
    board = await owner.create_board(visibility)
    assert await outcome(other.query("boards:get", board=board)) == read
    assert await outcome(other.query("changes:list", board=board, after=ConvexInt64(0))) == (read or "forbidden")
    assert await outcome(other.commit(board, put=[stroke("a")])) == write
    assert await outcome(other.undo(board)) == write
    rename = other.mutation("boards:update", operationId=new_id(), board=board, title="Mine")
    assert await outcome(rename) == write
    for owners_only in (
        other.mutation("boards:update", operationId=new_id(), board=board, visibility="link-edit"),
        other.mutation("boards:remove", operationId=new_id(), board=board),
    ):
        assert await outcome(owners_only) == (write or "forbidden")


async def outcome(call: Any) -> str | None:
    """None if the call succeeds, else the code of its refusal."""
    try:
        await call
    except ConvexError as error:
        return str(error.data["code"])
    return None


@pytest.mark.parametrize("board", ["", "nonsense", "x" * 300, "ünï"])
async def test_what_is_no_board_id_is_not_found(owner: Caller, board: str) -> None:
    assert (await owner.refused(owner.query("boards:get", board=board)))["code"] == "not_found"


async def test_nobody_writes_without_an_identity(owner: Caller, nobody: Caller) -> None:
    board = await owner.create_board("link-edit")
    for call in (
        nobody.commit(board, put=[stroke("a")]),
        nobody.mutation("boards:create", operationId=new_id(), title="Mine"),
        nobody.mutation("users:store"),
    ):
        assert (await owner.refused(call))["code"] == "unauthenticated"


async def test_only_the_relay_may_call_its_functions_and_it_may_call_no_others(
    owner: Caller, nobody: Caller, relay: Caller
) -> None:
    board = await owner.create_board("link-edit")
    after = ConvexInt64(0)
    for caller in (owner, nobody):
        for call in (
            caller.query("relay:head", board=board),
            caller.query("relay:tail", board=board, after=after),
            caller.query("relay:page", board=board, paginationOpts=OPTIONS),
            caller.query("relay:shapes", board=board, ids=[]),
            caller.query("relay:access", board=board),
            caller.query("relay:presence", board=board),
            caller.query("relay:signals", board=board),
            caller.mutation("relay:announce", board=board, process="p", people=[]),
            caller.mutation("relay:signal", board=board, process="p", signs="{}"),
        ):
            assert (await owner.refused(call))["code"] == "forbidden"
    for call in (
        relay.commit(board, put=[stroke("a")]),
        relay.undo(board),
        relay.query("boards:get", board=board),
        relay.query("cards:list", paginationOpts=OPTIONS),
        relay.mutation("boards:create", operationId=new_id(), title="Mine"),
        relay.mutation("users:store"),
    ):
        assert (await owner.refused(call))["code"] == "forbidden"


async def test_presence_is_one_row_a_process_and_its_beat_moves(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    people = [{"id": "h", "name": "Ana", "color": 3}]
    for process in ("p", "q", "p"):
        await relay.mutation("relay:announce", board=board, process=process, people=people)
    rows = {row["process"]: row for row in await relay.query("relay:presence", board=board)}
    assert set(rows) == {"p", "q"}
    assert rows["p"]["beat"] == rows["q"]["beat"] + 1
    assert rows["p"]["people"] == people
