"""Unbounded work in a function: a batch of a takeback reads and writes little, however much there is to take back."""

from tests.convex.conftest import new_id
from tests.convex.metered import Metered, Somebody, Used
from tests.convex.test_budgets import LARGE
from tests.convex.test_history_budgets import board_of, draw, recoloured


async def first_batch(metered: Metered, owner: Somebody, board: str, person: Somebody) -> Used:
    """What it uses. The later ones follow by themselves."""
    ids = {"boardId": board, "author": (await owner.call("users:store"))["id"], "owner": True}
    user = (await person.call("users:store"))["id"]
    zero, latest = {"$integer": "AAAAAAAAAAA="}, {"$integer": "/////////38="}
    counts = {"batch": 0, "changes": 0, "removed": 0, "restored": 0, "changed": 0, "kept": []}
    span = {"since": zero, "until": latest, "next": {"ts": latest}}
    (row,) = await metered.seed("takebacks", [{**ids, "takebackId": new_id(), "user": user, **span, **counts}])
    return await owner.mutation("takebacks:step", takeback=row, batch=0)


async def test_a_batch_of_the_largest_shapes_is_within_convex_s_limits(metered: Metered, guest: Somebody) -> None:
    board = await board_of(guest)
    await guest.call("boards:update", operationId=new_id(), board=board, visibility="link-edit")
    other = Somebody(metered, new_id())
    await draw(other, board, 56, LARGE)
    await other.commit(board, new_id(), patch=recoloured(56))
    batch = await first_batch(metered, guest, board, other)
    assert 4 * 2**20 < batch.bytes < 10 * 2**20
    assert batch.written < 60


async def test_a_batch_of_small_changes_touches_some_hundred_documents(metered: Metered, guest: Somebody) -> None:
    board = await board_of(guest)
    await guest.call("boards:update", operationId=new_id(), board=board, visibility="link-edit")
    other = Somebody(metered, new_id())
    await draw(other, board, 1_000, "0 0 10 10")
    batch = await first_batch(metered, guest, board, other)
    assert (batch.read, batch.written) <= (400, 400)
