"""The log: one row a change, once however often it is sent, and what undo and redo make of it."""

from typing import Any

import pytest

from tests.convex.conftest import Caller, live, new_id, stroke


async def test_a_change_is_applied_once_however_often_it_is_sent(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    change = new_id()
    first = await owner.commit(board, change, put=[stroke("a")])
    again = await owner.commit(board, change, put=[stroke("a")])
    assert first["repeated"] is False
    assert again == {"ts": first["ts"], "repeated": True}
    assert len(await owner.log(board)) == 1
    assert set(await live(relay, board)) == {"a"}


async def test_the_same_change_id_with_another_payload_or_author_is_a_conflict(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-edit")
    change = new_id()
    await owner.commit(board, change, put=[stroke("a")])
    assert (await owner.refused(owner.commit(board, change, put=[stroke("b")])))["code"] == "conflict"
    assert (await owner.refused(other.commit(board, change, put=[stroke("a")])))["code"] == "conflict"
    assert len(await owner.log(board)) == 1


async def test_a_change_is_all_or_nothing(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[stroke("gone")])
    await owner.commit(board, remove=["gone"])
    refusal = await owner.refused(owner.commit(board, put=[stroke("a"), stroke("gone")]))
    assert refusal["code"] == "removed"
    assert refusal["field"] == "put.1.id"
    assert await live(relay, board) == {}
    assert len(await owner.log(board)) == 2


async def test_a_change_has_one_ts_and_later_changes_have_greater_ones(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    first = await owner.commit(board, put=[stroke("a"), stroke("b")])
    second = await owner.commit(board, patch=[{"id": "a", "set": {"x": 5}}])
    shapes = await live(relay, board)
    assert int_of(shapes["b"]["ts"]) == int_of(first["ts"]) < int_of(second["ts"]) == int_of(shapes["a"]["ts"])
    assert [int_of(row["ts"]) for row in await owner.log(board)] == [int_of(first["ts"]), int_of(second["ts"])]
    assert int_of((await relay.query("relay:head", board=board))["ts"]) == int_of(second["ts"])


async def test_newer_shapes_lie_above_older_ones_unless_they_say_otherwise(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[stroke("a"), stroke("b")])
    await owner.commit(board, put=[stroke("c"), stroke("under", z=-1)])
    shapes = await live(relay, board)
    assert sorted(shapes, key=lambda shape_id: shapes[shape_id]["z"]) == ["under", "a", "b", "c"]


async def test_remove_beats_patch_and_nothing_resurrects(owner: Caller, other: Caller, relay: Caller) -> None:
    board = await owner.create_board("link-edit")
    await owner.commit(board, put=[stroke("a")])
    await other.commit(board, remove=["a"])
    await owner.commit(board, patch=[{"id": "a", "set": {"x": 9}}], remove=["never"])
    assert (await owner.refused(owner.commit(board, put=[stroke("a")])))["code"] == "removed"
    assert await live(relay, board) == {}
    assert (await owner.log(board))[-1]["ops"] == []


async def test_undo_and_redo_walk_ones_own_changes(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, "one", put=[stroke("a")])
    await owner.commit(board, "two", patch=[{"id": "a", "set": {"x": 7, "color": "red"}}])
    await owner.commit(board, "three", remove=["a"])
    undone = [(await owner.undo(board))["undoes"] for _ in range(3)]
    assert undone == ["three", "two", "one"]
    assert await owner.undo(board) is None
    assert await live(relay, board) == {}
    assert [(await owner.redo(board))["kept"] for _ in range(2)] == [[], []]
    shape = (await live(relay, board))["a"]
    assert (shape["x"], shape["color"]) == (7, "red")
    assert (await owner.redo(board))["kept"] == []
    assert await owner.redo(board) is None
    assert await live(relay, board) == {}
    await owner.undo(board)
    assert (await live(relay, board))["a"]["x"] == 7


async def test_a_new_change_ends_redo(owner: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[stroke("a")])
    await owner.undo(board)
    await owner.commit(board, put=[stroke("b")])
    assert await owner.redo(board) is None


async def test_undo_takes_back_ones_own_changes_and_keeps_those_of_others(
    owner: Caller, other: Caller, relay: Caller
) -> None:
    board = await owner.create_board("link-edit")
    await owner.commit(board, put=[stroke("a"), stroke("b")])
    await other.commit(board, patch=[{"id": "a", "set": {"color": "blue"}}], put=[stroke("theirs")])
    result = await owner.undo(board)
    assert result["kept"] == ["a"]
    shapes = await live(relay, board)
    assert set(shapes) == {"a", "theirs"}
    assert shapes["a"]["color"] == "blue"
    assert await owner.undo(board) is None


async def test_undoing_a_change_after_its_follower_was_undone_keeps_nothing(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[stroke("a")])
    await owner.commit(board, patch=[{"id": "a", "set": {"x": 1}}])
    await owner.commit(board, patch=[{"id": "a", "set": {"x": 2}}])
    for expected in (1, 0):
        assert (await owner.undo(board))["kept"] == []
        assert (await live(relay, board))["a"]["x"] == expected


async def test_undo_of_a_replacement_brings_the_old_shape_back(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[stroke("a", points="0 0 5 5")])
    z = (await live(relay, board))["a"]["z"]
    await owner.commit(board, put=[stroke("a", points="1 1", color="#ff0000")])
    await owner.undo(board)
    shape = (await live(relay, board))["a"]
    assert (shape["points"], shape["color"], shape["z"]) == ("0 0 5 5", "black", z)


async def test_an_undo_sent_twice_undoes_once(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[stroke("a")])
    await owner.commit(board, put=[stroke("b")])
    change = new_id()
    first = await owner.mutation("changes:undo", board=board, changeId=change)
    again = await owner.mutation("changes:undo", board=board, changeId=change)
    assert again == {**first, "repeated": True}
    assert set(await live(relay, board)) == {"a"}
    assert (await owner.refused(owner.mutation("changes:redo", board=board, changeId=change)))["code"] == "conflict"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("x", 1e7),
        ("width", 0.1),
        ("width", 65),
        ("opacity", 1.5),
        ("color", "javascript"),
        ("color", "#FFFFFF0"),
        ("points", "0"),
        ("points", "0 0 1.5 2"),
        ("points", ""),
        ("points", "0 0 99999999 0"),
        ("points", " ".join(["1"] * 10_002)),
        ("id", "a b"),
        ("id", ""),
    ],
)
async def test_the_functions_refuse_what_the_web_process_would(owner: Caller, field: str, value: Any) -> None:
    board = await owner.create_board()
    refusal = await owner.refused(owner.commit(board, put=[stroke("fine"), {**stroke("a"), field: value}]))
    assert refusal["code"] == "invalid"
    assert refusal["field"].endswith(field)
    assert refusal["index"] == 1
    assert await owner.log(board) == []


async def test_a_change_has_1_to_200_operations_and_touches_a_shape_once(owner: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[stroke(f"s{i}") for i in range(200)])
    for ops in ({}, {"remove": [f"s{i}" for i in range(201)]}, {"put": [stroke("x")], "remove": ["x"]}):
        assert (await owner.refused(owner.commit(board, **ops)))["code"] == "invalid"


async def test_a_row_of_the_log_over_900_kib_is_refused_and_nothing_is_written(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    points = "0 0" + " 1000 -1000" * 4_999
    await owner.commit(board, put=[stroke("a", points=points)])
    refusal = await owner.refused(owner.commit(board, put=[stroke(f"s{i}", points=points) for i in range(20)]))
    assert refusal["code"] == "change_too_large"
    assert refusal["limit"] == 900 * 1024
    assert set(await live(relay, board)) == {"a"}


def int_of(value: Any) -> int:
    """An int64, however the client hands it over."""
    return int(getattr(value, "value", value))


async def test_a_gesture_of_several_changes_is_taken_back_part_by_part(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-edit")
    await owner.commit(board, "before", put=[stroke("z")])
    await owner.commit(board, "one", put=[stroke("a")])
    await other.commit(board, "between", put=[stroke("b")])
    await owner.commit(board, "two", put=[stroke("c")], continues="one")
    await owner.commit(board, "three", put=[stroke("d")], continues="two")

    async def take_back(action: str, change_id: str, continues: str | None = None) -> tuple[str, bool]:
        more = {"continues": continues} if continues else {}
        done = await owner.mutation(f"changes:{action}", board=board, changeId=change_id, **more)
        return done["undoes"], done["more"]

    for _ in range(2):
        assert await take_back("undo", "u3") == ("three", True)
    assert await take_back("undo", "u2", "u3") == ("two", True)
    assert await take_back("undo", "u1", "u2") == ("one", False)
    assert await take_back("undo", "u3") == ("three", False), "repeated later: that gesture is done with"
    assert await take_back("redo", "r1") == ("u1", True)
    assert await take_back("redo", "r2", "r1") == ("u2", True)
    assert await take_back("redo", "r3", "r2") == ("u3", False)
    assert await take_back("undo", "v3") == ("three", True)
    await owner.commit(board, "after", put=[stroke("e")])
    assert await take_back("undo", "v", "v3") == ("after", False), "never further than one's own next change"


async def test_what_continues_something_that_was_refused_is_a_gesture_by_itself(owner: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, "before", put=[stroke("a")])
    await owner.commit(board, "two", put=[stroke("b")], continues="refused")
    assert (await owner.undo(board))["more"] is False
    refusal = await owner.refused(owner.commit(board, put=[stroke("c")], continues="a b"))
    assert (refusal["code"], refusal["field"]) == ("invalid", "continues")


async def test_an_undo_says_what_came_back(owner: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[stroke("a"), stroke("b"), stroke("c")])
    await owner.commit(board, patch=[{"id": "a", "set": {"x": 9}}], remove=["b"], put=[stroke("d")])
    change = new_id()
    assert sorted((await owner.undo(board, change))["shapes"]) == ["a", "b"]
    assert sorted((await owner.undo(board, change))["shapes"]) == ["a", "b"]  # repeated
    assert sorted((await owner.redo(board))["shapes"]) == ["a", "d"]
