"""Unbounded work in a function: undo and redo of the largest changes, and with nothing left of a long history."""

from collections.abc import Awaitable

import pytest
from convex import ConvexError

from tests.convex.conftest import new_id, stroke
from tests.convex.metered import Metered, Somebody
from tests.convex.test_budgets import LARGE

ROWS = 1_000


async def board_of(person: Somebody) -> str:
    board: str = (await person.call("boards:create", operationId=new_id(), title="A board"))["id"]
    return board


async def code_of(call: Awaitable[object]) -> str:
    with pytest.raises(ConvexError) as caught:
        await call
    return str(caught.value.data["code"])


async def draw(person: Somebody, board: str, count: int, points: str) -> None:
    each = 8 if points == LARGE else 200
    for start in range(0, count, each):
        shapes = [stroke(f"s{n}", points) for n in range(start, min(start + each, count))]
        await person.commit(board, new_id(), put=shapes)


def recoloured(count: int) -> list[dict[str, object]]:
    return [{"id": f"s{n}", "set": {"color": "red"}} for n in range(count)]


def larger(n: int) -> dict[str, object]:
    return {"id": f"s{n}", "set": {"points": LARGE}}


async def test_the_largest_change_is_taken_back_and_made_again(guest: Somebody) -> None:
    board = await board_of(guest)
    await draw(guest, board, 80, LARGE)
    assert await code_of(guest.commit(board, new_id(), patch=recoloured(80))) == "too_much"
    made = await guest.commit(board, "largest", patch=recoloured(59))
    assert 10 * 2**20 < made.bytes < 11.5 * 2**20
    for path in ("undo", "redo", "undo"):
        done = await guest.mutation(f"changes:{path}", board=board, changeId=new_id())
        assert (done.value["kept"], done.value["more"]) == ([], False)
        assert done.read <= 2 * 59 + 20
        assert done.bytes <= 16 * 2**20


async def test_undo_takes_back_what_it_can_of_shapes_that_others_enlarged(metered: Metered, guest: Somebody) -> None:
    board = await board_of(guest)
    await draw(guest, board, 200, "0 0 10 10")
    await guest.commit(board, "recoloured", patch=recoloured(200))
    other = Somebody(metered, new_id())
    await guest.call("boards:update", operationId=new_id(), board=board, visibility="link-edit")
    for start in range(0, 200, 8):
        await other.commit(board, new_id(), patch=[larger(n) for n in range(start, start + 8)])
    assert await code_of(guest.commit(board, new_id(), patch=recoloured(200))) == "too_much"
    undone = await guest.mutation("changes:undo", board=board, changeId=new_id())
    assert undone.value["undoes"] == "recoloured"
    assert 50 < len(undone.value["kept"]) < 150
    assert undone.bytes <= 16 * 2**20
    older = await guest.mutation("changes:undo", board=board, changeId="older")
    assert older.value["undoes"] != "recoloured"
    assert (await guest.mutation("changes:redo", board=board, changeId=new_id())).value["undoes"] == "older"


async def test_nothing_left_of_a_long_history_is_found_in_a_few_documents(guest: Somebody) -> None:
    board = await board_of(guest)
    for number in range(50):
        await guest.commit(board, f"c{number}", put=[stroke(f"s{number}")])
    for _ in range(50):
        assert (await guest.mutation("changes:undo", board=board, changeId=new_id())).value
    nothing = await guest.mutation("changes:undo", board=board, changeId=new_id())
    assert nothing.value is None
    assert nothing.read <= 10
    for _ in range(50):
        assert (await guest.mutation("changes:redo", board=board, changeId=new_id())).read <= 20
    nothing = await guest.mutation("changes:redo", board=board, changeId=new_id())
    assert (nothing.value, nothing.read <= 10) == (None, True)


async def test_rows_of_an_earlier_version_are_looked_at_up_to_a_thousand(metered: Metered, guest: Somebody) -> None:
    """They do not say what was on top before them."""
    board = await board_of(guest)
    user = (await guest.call("users:store"))["id"]
    row = {"boardId": board, "author": user, "digest": "", "ops": [], "ts": "commitTs", "kept": []}
    for start in range(0, ROWS + 100, 100):
        rows = [{**row, "changeId": f"u{n}", "undoes": f"c{n}"} for n in range(start, start + 100)]
        await metered.seed("changes", rows)
    nothing = await guest.mutation("changes:undo", board=board, changeId=new_id())
    assert nothing.value is None
    assert nothing.read <= ROWS + 20
