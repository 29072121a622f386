"""Changes: drawn once however often they are sent, taken back and brought back, and read as a log."""

from typing import Any

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.processes import Easel

FORM = {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"}


async def change(person: Person, board: str, change_id: str, **operations: Any) -> Any:
    answer = await person.post(f"/boards/{board}/changes", {"changeId": change_id, **operations})
    assert answer.status == 201, answer.body
    return answer.json


async def ids(person: Person, board: str) -> list[str]:
    return [shape["id"] for shape in await person.shapes(board)]


@pytest.fixture
async def board(ana: Person) -> str:
    return await ana.create_board("Drawn on", "link-edit")


async def test_a_change_puts_patches_and_removes_at_once(ana: Person, board: str) -> None:
    first = await change(ana, board, "c1", put=[stroke("a"), stroke("b"), stroke("c")])
    assert set(first) == {"changeId", "ts"}
    second = await change(ana, board, "c2", put=[stroke("d")], patch={"a": {"color": "red", "x": 5}}, remove=["b"])
    assert int(second["ts"]) > int(first["ts"]) > 0
    shapes = {shape["id"]: shape for shape in await ana.shapes(board)}
    assert set(shapes) == {"a", "c", "d"}
    assert (shapes["a"]["color"], shapes["a"]["x"], shapes["a"]["ts"]) == ("red", 5, second["ts"])
    assert shapes["c"]["ts"] == first["ts"]


async def test_a_shape_that_is_gone_can_be_changed_and_removed_without_effect(ana: Person, board: str) -> None:
    await change(ana, board, "c1", put=[stroke("a")])
    await change(ana, board, "c2", remove=["gone"], patch={"gone-too": {"color": "red"}})
    assert await ids(ana, board) == ["a"]


async def test_the_same_change_again_has_no_second_effect(ana: Person, board: str) -> None:
    first = await ana.draw(board, stroke("a"), change_id="c1")
    again = await ana.draw(board, stroke("a"), change_id="c1")
    assert (first.status, again.status) == (201, 200)
    assert first.body == again.body
    assert await ids(ana, board) == ["a"]


async def test_the_same_id_for_something_else_is_a_conflict(ana: Person, ben: Person, board: str) -> None:
    await ana.draw(board, stroke("a"), change_id="c1")
    for person, other in ((ana, stroke("b")), (ana, stroke("a", color="red")), (ben, stroke("a"))):
        refused = await person.draw(board, other, change_id="c1")
        assert (refused.status, refused.error["code"], refused.error["field"]) == (409, "conflict", "changeId")
    assert await ids(ana, board) == ["a"]


async def test_a_removed_shape_only_comes_back_by_undo(ana: Person, board: str) -> None:
    await change(ana, board, "c1", put=[stroke("a")])
    await change(ana, board, "c2", remove=["a"])
    refused = await ana.draw(board, stroke("b"), stroke("a"))
    assert (refused.status, refused.error["code"], refused.error["index"]) == (409, "removed", 1)
    assert await ids(ana, board) == []
    undone = await ana.post(f"/boards/{board}/undo", {"changeId": "u1"})
    assert (undone.status, undone.json["undoes"]) == (201, "c2")
    assert await ids(ana, board) == ["a"]


async def test_undo_and_redo_go_through_one_s_own_changes(ana: Person, ben: Person, board: str) -> None:
    await change(ana, board, "c1", put=[stroke("a")])
    await change(ben, board, "c2", put=[stroke("b")])
    undone = await ana.post(f"/boards/{board}/undo", {"changeId": "u1"})
    assert undone.status == 201
    assert undone.json == {"changeId": "u1", "ts": undone.json["ts"], "undoes": "c1", "kept": [], "shapes": []}
    again = await ana.post(f"/boards/{board}/undo", {"changeId": "u1"})
    assert (again.status, again.json) == (200, undone.json)
    assert await ids(ana, board) == ["b"]
    nothing = await ana.post(f"/boards/{board}/undo", {"changeId": "u2"})
    assert (nothing.status, nothing.json) == (200, {})
    redone = await ana.post(f"/boards/{board}/redo", {"changeId": "r1"})
    assert redone.status == 201
    assert sorted(await ids(ana, board)) == ["a", "b"]
    assert (await ana.post(f"/boards/{board}/redo", {"changeId": "r2"})).json == {}


async def test_a_gesture_of_several_changes_is_one_step(ana: Person, board: str) -> None:
    await change(ana, board, "c1", put=[stroke("a")])
    await change(ana, board, "c2", put=[stroke("b")], continues="c1")
    first = await ana.post(f"/boards/{board}/undo", {"changeId": "u1"})
    assert (first.json["undoes"], first.json["more"]) == ("c2", True)
    rest = await ana.post(f"/boards/{board}/undo", {"changeId": "u2", "continues": "u1"})
    assert (rest.json["undoes"], rest.json.get("more")) == ("c1", None)
    redone = await ana.post(f"/boards/{board}/redo", {"changeId": "r1"})
    assert (redone.json["undoes"], redone.json["more"]) == ("u2", True)
    body = {"changeId": "c3", "put": [stroke("c")], "continues": "a b"}
    refused = await ana.post(f"/boards/{board}/changes", body)
    assert (refused.status, refused.error["field"]) == (422, "continues")


async def test_what_somebody_else_changed_since_is_kept(ana: Person, ben: Person, board: str) -> None:
    await change(ana, board, "c1", put=[stroke("a"), stroke("b")])
    await change(ben, board, "c2", patch={"a": {"color": "red"}})
    undone = await ana.post(f"/boards/{board}/undo", {"changeId": "u1"})
    assert undone.json["kept"] == ["a"]
    assert await ids(ana, board) == ["a"]


@pytest.mark.parametrize(
    "body", [{}, {"changeId": ""}, {"changeId": "a b"}, {"changeId": 1}, {"changeId": "u", "x": 1}]
)
async def test_an_undo_that_makes_no_sense_is_invalid(ana: Person, board: str, body: Any) -> None:
    await change(ana, board, "c1", put=[stroke("a")])
    refused = await ana.post(f"/boards/{board}/undo", body)
    assert (refused.status, refused.error["code"]) == (422, "invalid")
    assert await ids(ana, board) == ["a"]


async def test_the_log_is_read_from_any_place(
    easel: Easel, http: aiohttp.ClientSession, ana: Person, ben: Person, board: str
) -> None:
    first = await change(ana, board, "c1", put=[stroke("a"), stroke("b")])
    second = await change(ben, board, "c2", patch={"a": {"x": 5.5}}, remove=["b"])
    await ben.post(f"/boards/{board}/undo", {"changeId": "c3"})
    log = (await ana.get(f"/boards/{board}/changes")).json
    assert log["next"] is None
    one, two, three = log["changes"]
    assert (one["changeId"], one["ts"], one["author"]) == ("c1", first["ts"], ana.id)
    assert [shape["id"] for shape in one["put"]] == ["a", "b"]
    assert one["put"][0]["points"] == [0, 0, 10, 5, 20, 0]
    assert two == {
        **{"changeId": "c2", "ts": second["ts"], "author": ben.id},
        **{"put": [], "patch": {"a": {"x": 5.5}}, "remove": ["b"]},
    }
    assert (three["changeId"], three["undoes"]) == ("c3", "c2")
    assert [shape["id"] for shape in three["put"]] == ["b"]
    after = (await ana.get(f"/boards/{board}/changes?after={first['ts']}")).json
    assert [row["changeId"] for row in after["changes"]] == ["c2", "c3"]
    async with http.get(f"{easel.url}/boards/{board}/changes?after={second['ts']}") as anonymous:
        assert [row["ts"] for row in (await anonymous.json())["changes"]] == [three["ts"]]


async def test_a_long_log_comes_in_parts(ana: Person, board: str) -> None:
    for n in range(130):
        await change(ana, board, f"c{n}", put=[stroke(f"s{n}")])
    seen: list[str] = []
    after, parts = "0", 0
    while after is not None:
        part = (await ana.get(f"/boards/{board}/changes?after={after}")).json
        seen += [row["changeId"] for row in part["changes"]]
        after, parts = part["next"], parts + 1
    assert seen == [f"c{n}" for n in range(130)]
    assert parts == 2


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "9" * 30, ""])
async def test_a_place_in_the_log_is_a_number(ana: Person, board: str, after: str) -> None:
    refused = await ana.get(f"/boards/{board}/changes?after={after}")
    assert (refused.status, refused.error["code"], refused.error["field"]) == (422, "invalid", "after")


async def test_a_form_draws_and_undoes_too(ana: Person, board: str) -> None:
    text = '{"changeId": "f1", "put": [{"id": "a", "kind": "stroke", "points": [0, 0]}]}'
    drawn = await ana.request(
        "POST", f"/boards/{board}/changes", data={"change": text}, headers={"Accept": "text/html"}
    )
    assert (drawn.status, drawn.headers["Location"]) == (303, f"/boards/{board}")
    assert await ids(ana, board) == ["a"]
    undone = await ana.request("POST", f"/boards/{board}/undo", data="changeId=f2", headers=FORM)
    assert undone.status == 303
    assert await ids(ana, board) == []
