"""What somebody has cleared from a board: undone by its author, brought back by the owner."""

from typing import Any

from tests.convex.conftest import Caller, live, new_id, stroke


async def cleared(owner: Caller, other: Caller) -> tuple[str, str]:
    """A board of three shapes that the other person has cleared in two parts; and the id of the last part."""
    board = await owner.create_board("link-edit")
    await owner.commit(board, put=[stroke("a"), stroke("b"), stroke("c")])
    first, last = new_id(), new_id()
    await other.commit(board, first, remove=["a", "b"], clears=True)
    await other.commit(board, last, remove=["c"], continues=first, clears=True)
    return board, last


async def bring_back(owner: Caller, board: str, change_id: str | None = None, **more: Any) -> Any:
    return await owner.mutation("changes:unclear", board=board, changeId=change_id or new_id(), **more)


async def test_the_owner_brings_back_what_somebody_else_has_cleared(
    owner: Caller, other: Caller, relay: Caller
) -> None:
    board, last = await cleared(owner, other)
    await other.commit(board, put=[stroke("later")])
    change = new_id()
    done = await bring_back(owner, board, change)
    assert (done["undoes"], done["kept"], done["more"]) == (last, [], True)
    rest = await bring_back(owner, board, continues=change)
    assert not rest["more"]
    assert set(await live(relay, board)) == {"a", "b", "c", "later"}
    assert await bring_back(owner, board) is None
    assert (await owner.undo(board))["kept"] == []
    assert set(await live(relay, board)) == {"c", "later"}


async def test_bringing_back_has_one_effect_for_one_change_id(owner: Caller, other: Caller, relay: Caller) -> None:
    board, _ = await cleared(owner, other)
    change, nothing = new_id(), new_id()
    first = await bring_back(owner, board, change)
    again = await bring_back(owner, board, change)
    assert (again["repeated"], again["ts"], again["more"]) == (True, first["ts"], True)
    assert set(await live(relay, board)) == {"c"}
    await bring_back(owner, board)
    assert await bring_back(owner, board, nothing) is None
    await other.commit(board, remove=["a", "b", "c"], clears=True)
    assert await bring_back(owner, board, nothing) is None  # a late repetition
    assert await live(relay, board) == {}
    refused = await owner.refused(owner.mutation("changes:undo", board=board, changeId=change))
    assert refused["code"] == "conflict"


async def test_its_author_undoes_it_and_then_the_owner_has_nothing_to_bring(
    owner: Caller, other: Caller, relay: Caller
) -> None:
    board, _ = await cleared(owner, other)
    assert (await other.undo(board))["more"]
    await other.undo(board)
    assert set(await live(relay, board)) == {"a", "b", "c"}
    assert (await bring_back(owner, board))["kept"] == []
    assert set(await live(relay, board)) == {"a", "b", "c"}


async def test_only_the_owner_may_and_only_removals_clear(owner: Caller, other: Caller) -> None:
    board, _ = await cleared(owner, other)
    assert (await other.refused(bring_back(other, board)))["code"] == "forbidden"
    for ops in ({"put": [stroke("d")]}, {"patch": [{"id": "a", "set": {"x": 1}}]}):
        refused = await other.refused(other.commit(board, clears=True, **ops))
        assert (refused["code"], refused["field"]) == ("invalid", "clears")
