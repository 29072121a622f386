"""What the functions themselves hold shapes of every kind to: limits, places in the order, and old strokes."""

from collections.abc import Sequence
from typing import Any

import pytest

from app.shapes import ChangeIn
from tests.convex.conftest import Caller, live, stroke
from tests.unit.kinds import FULL, least


def wire(kind: str, id: str = "a", **fields: Any) -> dict[str, Any]:
    """A shape as functions take it."""
    (put,) = ChangeIn.model_validate({"changeId": "c", "put": [least(kind, id)]}).args()["put"]
    return {**put, **fields}


LINE: list[tuple[str, Any, str]] = [
    ("points", "0 0", "points"),
    ("points", " ".join(["0"] * 202), "points"),
    ("from", {"id": "a b", "at": [0, 0]}, "from.id"),
    ("to", {"id": "b", "at": [0.5]}, "to.at"),
    ("to", {"id": "b", "at": [0.5, 1.5]}, "to.at"),
    ("to", {"id": "b", "at": [0.5, float("nan")]}, "to.at"),
    ("text", "x" * 5_001, "text"),
    ("size", 401.0, "size"),
]
BAD: dict[str, list[tuple[str, Any, str]]] = {
    "stroke": [
        ("pressures", "50 50", "pressures"),
        ("pressures", "101", "pressures"),
        ("pressures", "5.5", "pressures"),
        ("group", "a b", "group"),
        ("z", float("nan"), "z"),
    ],
    "line": LINE,
    "arrow": LINE,
    "rectangle": [("w", -1.0, "w"), ("radius", 1_001.0, "radius"), ("width", 65.0, "width")],
    "ellipse": [("h", 1e7, "h"), ("text", "a\0", "text")],
    "diamond": [("x", float("inf"), "x"), ("fillColor", "mauve", "fillColor")],
    "text": [("text", "a\u2029", "text"), ("text", "\U0001f389" * 5_001, "text"), ("size", 7.0, "size")],
    "note": [("opacity", 2.0, "opacity"), ("color", "mauve", "color")],
    "frame": [("text", "x" * 201, "text"), ("text", "a\rb", "text")],
    "image": [
        ("file", "../x", "file"),
        ("alt", "x" * 1_001, "alt"),
        ("crop", [0.0, 0.0, 1.0], "crop"),
        ("crop", [0.5, 0.0, 0.5, 1.0], "crop"),
        ("crop", [0.0, 0.0, 1.0, 2.0], "crop"),
    ],
}
CASES = [(kind, *case) for kind, cases in BAD.items() for case in cases]
PATCHES = [case for case in CASES if case[0] != "image"]  # which needs a file: tests/integration/test_kinds.py


@pytest.mark.parametrize(("kind", "field", "value", "where"), CASES, ids=lambda value: str(value)[:30])
async def test_the_functions_refuse_what_the_web_process_would(
    owner: Caller, kind: str, field: str, value: Any, where: str
) -> None:
    board = await owner.create_board()
    bad = wire(kind, z=1.0) | {field: value}
    refusal = await owner.refused(owner.commit(board, put=[wire("note", "fine"), bad]))
    assert (refusal["code"], refusal["field"], refusal["index"]) == ("invalid", f"put.{where}", 1)
    assert await owner.log(board) == []


@pytest.mark.parametrize(("kind", "field", "value", "where"), PATCHES, ids=lambda value: str(value)[:30])
async def test_a_patch_is_held_to_the_same(owner: Caller, kind: str, field: str, value: Any, where: str) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[wire(kind, z=1.0)])
    refusal = await owner.refused(owner.commit(board, patch=[{"id": "a", "set": {field: value}}]))
    assert (refusal["code"], refusal["field"], refusal["index"]) == ("invalid", f"patch.a.{where}", 0)
    assert len(await owner.log(board)) == 1


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("stroke", "text", "x"),
        ("line", "fill", "tint"),
        ("rectangle", "points", "0 0"),
        ("text", "h", 5.0),
        ("note", "radius", 5.0),
        ("frame", "size", 20.0),
    ],
)
async def test_a_field_that_the_kind_has_not_is_refused_by_name(
    owner: Caller, kind: str, field: str, value: Any
) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[wire("note", "fine"), wire(kind, z=1.0)])
    patches = [{"id": "fine", "set": {"x": 1.0}}, {"id": "a", "set": {"x": 1.0, field: value}}]
    refusal = await owner.refused(owner.commit(board, patch=patches))
    assert (refusal["code"], refusal["field"], refusal["index"]) == ("invalid", f"patch.a.{field}", 1)
    assert kind in refusal["message"]
    assert len(await owner.log(board)) == 1


async def test_moving_a_line_far_away_is_checked_with_its_points(owner: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[wire("line", points="0 0 5000000 0"), stroke("s", "0 0 0 -5000000")])
    for shape, moved in (("a", {"x": 6e5}), ("s", {"y": -6e5})):
        refusal = await owner.refused(owner.commit(board, patch=[{"id": shape, "set": moved}]))
        assert (refusal["code"], refusal["field"]) == ("invalid", f"patch.{shape}.points")


async def test_a_patch_of_points_and_pressures_is_checked_together(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[stroke("s", "0 0 1 1", pressures="50 60")])
    for fields in ({"points": "0 0"}, {"pressures": "50"}, {"points": "0 0", "pressures": "1 2"}):
        refusal = await owner.refused(owner.commit(board, patch=[{"id": "s", "set": fields}]))
        assert refusal["field"] == "patch.s.pressures"
    await owner.commit(board, patch=[{"id": "s", "set": {"points": "0 0 5 5 6 6", "pressures": "1 2 3"}}])
    await owner.commit(board, patch=[{"id": "s", "set": {"pressures": ""}}])
    assert (await live(relay, board))["s"]["points"] == "0 0 5 5 6 6"


@pytest.mark.parametrize("kind", [kind for kind in FULL if kind != "image"])
async def test_undo_of_a_replacement_brings_back_a_shape_of_another_kind(
    owner: Caller, relay: Caller, kind: str
) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[wire(kind, z=1.0)])
    before = (await live(relay, board))["a"]
    await owner.commit(board, put=[wire("ellipse" if kind != "ellipse" else "note")])
    after = (await live(relay, board))["a"]
    assert after["z"] == 1.0
    assert after["kind"] != kind
    await owner.undo(board)
    assert {**(await live(relay, board))["a"], "ts": 0} == {**before, "ts": 0}
    await owner.redo(board)
    assert {**(await live(relay, board))["a"], "ts": 0} == {**after, "ts": 0}


# Strokes from before there were other kinds


async def test_an_old_stroke_is_read_patched_and_undone_like_a_new_one(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[stroke("old")])
    assert "group" not in (await owner.log(board))[0]["ops"][0]["shape"]
    absent = {"group": "", "locked": False, "pressures": ""}
    assert (await live(relay, board))["old"].items() >= absent.items()
    await owner.commit(board, patch=[{"id": "old", "set": {"group": "g", "locked": True, "pressures": "5 5"}}])
    assert (await live(relay, board))["old"]["group"] == "g"
    await owner.undo(board)
    assert (await live(relay, board))["old"].items() >= absent.items()
    await owner.commit(board, put=[wire("note", "old")])
    await owner.undo(board)
    assert (await live(relay, board))["old"].items() >= {**absent, "kind": "stroke"}.items()


@pytest.mark.parametrize("kind", ["rectangle", "ellipse", "diamond"])
async def test_a_box_stored_without_a_fills_colour_takes_one_and_lets_go(
    owner: Caller, relay: Caller, kind: str
) -> None:
    board = await owner.create_board()
    old = {name: value for name, value in wire(kind, "old").items() if name != "fillColor"}
    await owner.commit(board, put=[old])
    assert (await live(relay, board))["old"]["fillColor"] == ""
    await owner.commit(board, patch=[{"id": "old", "set": {"fillColor": "#ffffff"}}])
    assert (await live(relay, board))["old"]["fillColor"] == "#ffffff"
    await owner.undo(board)
    assert (await live(relay, board))["old"]["fillColor"] == ""


# Places


async def order(relay: Caller, board: str) -> str:
    """The shapes' ids, bottom to top."""
    shapes = await live(relay, board)
    return "".join(sorted(shapes, key=lambda id: (shapes[id]["z"], id)))


async def place(owner: Caller, board: str, z: Any, ids: Sequence[str]) -> None:
    await owner.commit(board, patch=[{"id": id, "set": {"z": z}} for id in ids])


@pytest.fixture
async def board(owner: Caller) -> str:
    """With a, b, c, d, e upon each other."""
    board = await owner.create_board()
    await owner.commit(board, put=[wire("note", id) for id in "abcde"])
    return board


@pytest.mark.parametrize(
    ("z", "ids", "expected"),
    [
        ("front", "a", "bcdea"),
        ("front", "bd", "acebd"),
        ("front", "db", "acedb"),
        ("front", "e", "abcde"),
        ("back", "e", "eabcd"),
        ("back", "ce", "ceabd"),
        ("back", "a", "abcde"),
        ({"above": "b"}, "e", "abecd"),
        ({"above": "b"}, "de", "abdec"),
        ({"above": "c"}, "d", "abcde"),
        ({"above": "e"}, "a", "bcdea"),
        ({"above": "a"}, "a", "abcde"),
        ({"below": "b"}, "e", "aebcd"),
        ({"below": "b"}, "ed", "aedbc"),
        ({"below": "a"}, "c", "cabde"),
        ({"above": "c"}, "bd", "acbde"),
        ({"above": "never"}, "a", "abcde"),
        (2e9, "a", "bcdea"),
    ],
)
async def test_a_place_in_words_is_where_it_says(
    owner: Caller, relay: Caller, board: str, z: Any, ids: str, expected: str
) -> None:
    before = await live(relay, board)
    await place(owner, board, z, ids)
    assert await order(relay, board) == expected
    after = await live(relay, board)
    assert all(after[id]["z"] == before[id]["z"] for id in "abcde" if id not in ids)
    logged = [op["set"] for op in (await owner.log(board))[-1]["ops"]]
    assert all(isinstance(fields["z"], float) for fields in logged)
    await owner.undo(board)
    assert await order(relay, board) == "abcde"


async def test_a_new_shape_goes_where_it_asks_to(owner: Caller, relay: Caller, board: str) -> None:
    await owner.commit(board, put=[wire("frame", "f"), wire("note", "n", z={"above": "b"}), wire("text", "t")])
    assert await order(relay, board) == "fabncdet"
    await owner.commit(board, put=[wire("note", "x", z={"above": "never"}), wire("note", "n", z="front")])
    assert await order(relay, board) == "fabcdetxn"


async def test_what_is_drawn_after_something_came_to_the_front_lies_above_it(
    owner: Caller, relay: Caller, board: str
) -> None:
    await place(owner, board, "front", "a")
    await owner.commit(board, put=[wire("note", "z")])
    assert await order(relay, board) == "bcdeaz"


async def test_a_shape_that_was_removed_still_marks_its_place(owner: Caller, relay: Caller, board: str) -> None:
    await owner.commit(board, remove=["c"])
    await place(owner, board, {"above": "c"}, "a")
    assert await order(relay, board) == "bade"


async def test_places_run_out_only_for_the_nearest_gap(owner: Caller, relay: Caller, board: str) -> None:
    """Halving a gap of 1e-5 ends after a dozen times. Then a shape lies above some more than it asked for."""
    ids = [f"n{n}" for n in range(40)]
    for id in ids:
        await owner.commit(board, put=[wire("note", id, z={"above": "b"})])
    shapes = await live(relay, board)
    zs = [shapes[id]["z"] for id in ids]
    assert all(shapes["b"]["z"] < z for z in zs)
    assert len(set(zs)) == len(zs)


async def test_places_among_shapes_that_share_one_z_are_above_all_of_these(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[wire("note", id, z=0.0) for id in "abcd"])
    await place(owner, board, {"above": "a"}, "b")
    assert await order(relay, board) == "acdb"
    await place(owner, board, {"below": "c"}, "d")
    assert await order(relay, board) == "dacb"


async def test_two_hundred_shapes_move_as_one_step(owner: Caller, relay: Caller, board: str) -> None:
    ids = [f"n{n:03}" for n in range(200)]
    await owner.commit(board, put=[wire("note", id) for id in ids])
    await place(owner, board, {"below": "c"}, ids)
    moved = await order(relay, board)
    assert moved == "ab" + "".join(ids) + "cde"
    await owner.undo(board)
    assert await order(relay, board) == "abcde" + "".join(ids)
    await owner.redo(board)
    assert await order(relay, board) == moved


async def test_at_the_limit_of_z_there_is_still_a_front_and_a_back(owner: Caller, relay: Caller, board: str) -> None:
    """Whoever puts one shape as far as can be keeps nobody from making frames, which go to the back."""
    await owner.commit(board, put=[wire("note", "y", z=1e12), wire("note", "z", z=-1e12)])
    await owner.commit(board, put=[wire("frame", "f", z="back"), wire("note", "n", z="front")])
    await place(owner, board, {"below": "z"}, "a")
    await place(owner, board, {"above": "y"}, "b")
    shapes = await live(relay, board)
    assert [shapes[id]["z"] for id in "fnab"] == [-1e12, 1e12, -1e12, 1e12]
