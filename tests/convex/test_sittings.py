"""The log as people would tell it: who did what, in one go."""

from typing import Any

from convex import ConvexInt64

from app.shapes import ChangeIn
from tests.convex.conftest import Caller, new_id, stroke
from tests.convex.sharing import people


async def sittings(caller: Caller, board: str, **asked: Any) -> Any:
    """The page, after everything was gathered."""
    found = await caller.query("history:sittings", board=board, **asked)
    if int(found["head"]) > int(found["ts"]):
        assert await caller.mutation("history:gather", board=board, upTo=ConvexInt64(int(found["head"])))
        found = await caller.query("history:sittings", board=board, **asked)
    assert int(found["ts"]) == int(found["head"])
    return found


def deeds(sitting: dict[str, Any]) -> dict[str, float]:
    return {f"{deed['verb']} {deed['kind']}".strip(): deed["count"] for deed in sitting["deeds"]}


def note(id: str, **fields: Any) -> Any:
    """As functions take it."""
    return ChangeIn.model_validate({"changeId": "c", "put": [{"id": id, "kind": "note"} | fields]}).args()["put"][0]


def patch(id: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "set": fields}


async def test_a_sitting_says_what_one_person_did_and_counts_each_shape_once(owner: Caller) -> None:
    board = await owner.create_board()
    first = await owner.commit(board, put=[stroke("a"), stroke("b"), note("n")])
    for x in (10, 20, 30):
        await owner.commit(board, patch=[patch("a", x=x, y=0)])
    await owner.commit(board, patch=[patch("b", x=5, y=5), patch("n", text="Hello")])
    await owner.commit(board, patch=[patch("n", text="Hello, you"), patch("a", color="red")])
    await owner.commit(board, remove=["b"])
    last = await owner.undo(board)
    (told,) = (await sittings(owner, board))["sittings"]
    assert deeds(told) == {
        **{"drew stroke": 2, "drew note": 1, "moved": 2, "wrote note": 1, "restyled": 1},
        **{"removed": 1, "undid": 1},
    }
    assert (told["name"], told["changes"]) == ("Ana", 8)
    assert (int(told["from"]), int(told["to"])) == (int(first["ts"]), int(last["ts"]))


async def test_people_who_draw_together_have_a_sitting_each_which_goes_on(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-edit")
    for name in ("a", "b"):
        await owner.commit(board, put=[stroke(f"{name}1")])
        await other.commit(board, put=[stroke(f"{name}2"), stroke(f"{name}3")])
    before = (await sittings(owner, board))["sittings"]
    assert [(told["name"], deeds(told)) for told in before] == [
        ("Ben", {"drew stroke": 4}),
        ("Ana", {"drew stroke": 2}),
    ]
    await owner.commit(board, put=[stroke("c")])
    after = (await sittings(owner, board))["sittings"]
    assert [(told["name"], deeds(told)) for told in after] == [
        ("Ana", {"drew stroke": 3}),
        ("Ben", {"drew stroke": 4}),
    ]
    assert {told["id"] for told in after} == {told["id"] for told in before}
    by_ben = (await sittings(owner, board, by=before[0]["author"]))["sittings"]
    assert [told["name"] for told in by_ben] == ["Ben"]
    assert {person["name"] for person in await owner.query("history:people", board=board)} == {"Ana", "Ben"}


async def test_the_history_of_shapes_leaves_out_what_was_taken_back(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-edit")
    await owner.commit(board, put=[note("n"), stroke("elsewhere")])
    await other.commit(board, patch=[patch("n", text="Mine"), patch("elsewhere", color="red")])
    await other.commit(board, patch=[patch("n", color="blue")])
    await other.undo(board)
    await owner.commit(board, patch=[patch("elsewhere", x=9)])
    await owner.commit(board, patch=[patch("n", x=9)])
    found = await owner.query("history:ofShapes", board=board, shapes=["n"])
    assert [(told["name"], deeds(told)) for told in found["sittings"]] == [
        ("Ana", {"drew note": 1, "moved": 1}),
        ("Ben", {"wrote note": 1}),
    ]
    assert found["rest"] is None


async def test_the_history_of_a_shape_comes_in_pages(owner: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[stroke("a"), stroke("b")])
    for x in range(70):
        await owner.commit(board, patch=[patch("a", x=x + 1)])
    first = await owner.query("history:ofShapes", board=board, shapes=["a", "b"])
    assert sum(told["changes"] for told in first["sittings"]) == 60
    last = await owner.query("history:ofShapes", board=board, shapes=[], rest=first["rest"])
    assert sum(told["changes"] for told in last["sittings"]) == 11
    assert last["rest"] is None


async def test_viewers_see_no_history_unless_the_owner_shows_it(deployment: Any, issuer: Any) -> None:
    there = await people(deployment, issuer)
    viewer, owner, board = there["viewer"], there["owner"], there.board
    await owner.commit(board, put=[stroke("a")])
    for path, args in [
        ("history:sittings", {}),
        ("history:ofShapes", {"shapes": ["a"]}),
        ("history:people", {}),
        ("versions:list", {}),
    ]:
        assert (await viewer.refused(viewer.query(path, board=board, **args)))["code"] == "forbidden", path
    gather = {"board": board, "upTo": ConvexInt64(2**60)}
    assert (await viewer.refused(viewer.mutation("history:gather", **gather)))["code"] == "forbidden"
    await owner.mutation("boards:update", operationId=new_id(), board=board, historyOpen=True)
    assert len((await sittings(viewer, board))["sittings"]) == 1
    refused = await viewer.refused(viewer.mutation("versions:create", operationId=new_id(), board=board, name="Mine"))
    assert refused["code"] == "forbidden"


async def test_a_bad_request_is_told_which_field_is_wrong(owner: Caller) -> None:
    board = await owner.create_board()
    for shapes in ([], ["x"] * 21, ["?"]):
        refused = await owner.refused(owner.query("history:ofShapes", board=board, shapes=shapes))
        assert (refused["code"], refused["field"]) == ("invalid", "shapes")
    refused = await owner.refused(owner.query("history:sittings", board=board, by="nobody"))
    assert (refused["code"], refused["field"]) == ("invalid", "by")
