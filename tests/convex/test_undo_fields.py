"""Undo coarser than the merge: field by field, what somebody else changed since stays and all else goes back."""

from typing import Any

import pytest
from convex import ConvexError

from tests.convex.conftest import Caller, live, new_id, stroke
from tests.convex.sharing import join


def note(shape_id: str, **fields: Any) -> dict[str, Any]:
    """A sticky note as functions take it."""
    common = {"color": "yellow", "x": 0, "y": 0, "rotation": 0, "opacity": 1, "group": "", "locked": False}
    own = {"kind": "note", "w": 200, "h": 200, "text": "", "size": 20, "align": "center"}
    return {"id": shape_id, **common, **own, **fields}


async def patch(who: Caller, board: str, **fields: Any) -> None:
    await who.commit(board, patch=[{"id": "a", "set": fields}])


async def shape(relay: Caller, board: str) -> Any:
    return (await live(relay, board)).get("a")


@pytest.fixture
async def board(owner: Caller) -> str:
    board = await owner.create_board("link-edit")
    await owner.commit(board, put=[note("a")])
    return board


async def test_a_move_is_undone_though_somebody_recoloured_the_note(
    owner: Caller, other: Caller, relay: Caller, board: str
) -> None:
    await patch(owner, board, x=40, y=30)
    await patch(other, board, color="blue")
    undone = await owner.undo(board)
    now = await shape(relay, board)
    assert (undone["kept"], now["x"], now["y"], now["color"]) == ([], 0, 0, "blue")
    redone = await owner.redo(board)
    now = await shape(relay, board)
    assert (redone["kept"], now["x"], now["y"], now["color"]) == ([], 40, 30, "blue")


async def test_a_field_that_was_set_since_stays_and_the_others_go_back(
    owner: Caller, other: Caller, relay: Caller, board: str
) -> None:
    await patch(owner, board, x=40, color="red")
    await patch(other, board, color="blue")
    assert (await owner.undo(board))["kept"] == ["a"]
    now = await shape(relay, board)
    assert (now["x"], now["color"]) == (0, "blue")
    assert (await owner.redo(board))["kept"] == []
    now = await shape(relay, board)
    assert (now["x"], now["color"]) == (40, "blue")


async def test_a_step_that_stays_spends_no_earlier_one(owner: Caller, other: Caller, relay: Caller, board: str) -> None:
    await patch(owner, board, size=30)
    await patch(owner, board, x=10)
    await patch(owner, board, color="red")
    await patch(other, board, color="blue")
    assert [(await owner.undo(board))["kept"] for _ in range(3)] == [["a"], [], []]
    now = await shape(relay, board)
    assert (now["x"], now["size"], now["color"]) == (0, 20, "blue")
    assert (await owner.undo(board))["kept"] == ["a"]  # the note itself: somebody has changed it
    assert (await shape(relay, board)) is not None
    assert await owner.undo(board) is None


async def test_what_somebody_changed_and_took_back_is_as_one_left_it(
    owner: Caller, other: Caller, relay: Caller, board: str
) -> None:
    await patch(owner, board, x=10)
    await patch(other, board, color="blue")
    assert (await owner.undo(board))["kept"] == []
    await other.undo(board)
    assert (await owner.undo(board))["kept"] == []
    assert await shape(relay, board) is None
    await owner.redo(board)
    await owner.redo(board)
    assert (await shape(relay, board))["x"] == 10


async def test_a_replaced_shape_goes_back_field_by_field(
    owner: Caller, other: Caller, relay: Caller, board: str
) -> None:
    await owner.commit(board, put=[note("a", x=50, text="new")])
    await patch(other, board, text="newer")
    assert (await owner.undo(board))["kept"] == ["a"]
    now = await shape(relay, board)
    assert (now["x"], now["text"]) == (0, "newer")


async def test_points_and_their_pressures_go_back_together_or_not_at_all(
    owner: Caller, other: Caller, relay: Caller
) -> None:
    board = await owner.create_board("link-edit")
    await owner.commit(board, put=[stroke("a", points="0 0 1 1 2 2", pressures="5 5 5")])
    await patch(owner, board, points="0 0 9 9", pressures="7 7", color="red")
    await patch(other, board, points="1 1 8 8")
    assert (await owner.undo(board))["kept"] == ["a"]
    now = await shape(relay, board)
    assert (now["points"], now["pressures"], now["color"]) == ("1 1 8 8", "7 7", "black")


async def test_what_would_lead_off_the_board_stays(owner: Caller, other: Caller, relay: Caller) -> None:
    board = await owner.create_board("link-edit")
    await owner.commit(board, put=[stroke("a", points="0 0 5000000 0")])  # tenths of a px
    await patch(owner, board, points="0 0 10 0")
    await patch(other, board, x=900_000)
    assert (await owner.undo(board))["kept"] == ["a"]
    now = await shape(relay, board)
    assert (now["points"], now["x"]) == ("0 0 10 0", 900_000)


async def test_an_undo_that_found_nothing_undoes_nothing_newer_later(owner: Caller, relay: Caller, board: str) -> None:
    await owner.undo(board)
    late = new_id()
    for action in ("undo", "redo"):
        if action == "redo":
            await owner.redo(board)
        id = f"{late}-{action}"
        assert await owner.mutation(f"changes:{action}", board=board, changeId=id) is None
        if action == "undo":
            await owner.commit(board, put=[note("b")])
        else:
            await owner.undo(board)
        before = await live(relay, board)
        assert await owner.mutation(f"changes:{action}", board=board, changeId=id) is None
        assert await live(relay, board) == before
        if action == "undo":
            await owner.undo(board)
            await owner.redo(board)


async def test_an_answered_undo_is_no_redo_and_is_ones_own(owner: Caller, other: Caller, board: str) -> None:
    late = new_id()
    assert await other.mutation("changes:undo", board=board, changeId=late) is None
    refused = await other.refused(other.mutation("changes:redo", board=board, changeId=late))
    assert refused["code"] == "conflict"
    assert (await owner.mutation("changes:undo", board=board, changeId=late))["undoes"]


async def test_undo_restores_no_text_that_somebody_removed_with_the_shape(
    owner: Caller, other: Caller, relay: Caller, board: str
) -> None:
    await patch(owner, board, text="mine")
    await other.commit(board, remove=["a"])
    assert (await owner.undo(board))["kept"] == ["a"]
    assert (await owner.undo(board))["kept"] == []  # it is gone already
    await other.undo(board)
    assert (await shape(relay, board))["text"] == "mine"


async def test_who_is_no_editor_any_more_undoes_nothing(owner: Caller, other: Caller) -> None:
    board = await owner.create_board()
    user = await join(owner, board, other, "editor")
    await other.commit(board, put=[note("a")])
    await owner.mutation("members:setRole", operationId=new_id(), board=board, user=user, role="viewer")
    with pytest.raises(ConvexError):
        await other.undo(board)
