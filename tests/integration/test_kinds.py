"""Every kind of shape through the whole API: in, out, changed field by field, taken back."""

from typing import Any

import pytest

from app.shapes import MAX_POINTS
from harness.people import Person
from harness.pictures import add, picture
from tests.integration.test_changes import board, change
from tests.unit import kinds
from tests.unit.kinds import BAD, FULL, least

__all__ = ["board"]


async def only(person: Person, board: str) -> dict[str, Any]:
    (shape,) = await person.shapes(board)
    return shape


async def one(person: Person, board: str, kind: str, *, whole: bool) -> dict[str, Any]:
    """A shape for this board: an image shows one of its files."""
    shape = kinds.full(kind) if whole else kinds.least(kind)
    if kind == "image":
        added = await add(person, board, picture(color="red" if whole else "blue"))
        assert (await person.post(f"/boards/{board}/undo", {"changeId": added["id"] + "-"})).status == 201
        shape["file"] = added["file"]
    return shape


@pytest.mark.parametrize("kind", FULL)
async def test_a_shape_comes_back_as_it_was_put(ana: Person, board: str, kind: str) -> None:
    shape = await one(ana, board, kind, whole=True)
    put = await change(ana, board, "c1", put=[shape])
    told = {**shape, "author": ana.id, "ts": put["ts"]}
    assert await only(ana, board) == told
    row = (await ana.get(f"/boards/{board}/changes")).json["changes"][-1]
    assert row["put"] == [told]


@pytest.mark.parametrize("kind", FULL)
async def test_each_field_may_be_patched_and_undone(ana: Person, board: str, kind: str) -> None:
    whole = await one(ana, board, kind, whole=True)
    await change(ana, board, "c1", put=[await one(ana, board, kind, whole=False)])
    before = await only(ana, board)
    fields = {name: value for name, value in whole.items() if name not in ("id", "kind")}
    patched = await change(ana, board, "c2", patch={"a": fields})
    after = await only(ana, board)
    assert after == {**before, **fields, "ts": patched["ts"]}
    log = (await ana.get(f"/boards/{board}/changes?after={before['ts']}")).json["changes"]
    assert log[0]["patch"] == {"a": fields}
    assert (await ana.post(f"/boards/{board}/undo", {"changeId": "u1"})).json["kept"] == []
    undone = await only(ana, board)
    assert undone == {**before, "ts": undone["ts"]}
    await ana.post(f"/boards/{board}/redo", {"changeId": "r1"})
    redone = await only(ana, board)
    assert redone == {**after, "ts": redone["ts"]}


@pytest.mark.parametrize("kind", BAD)
async def test_the_first_thing_that_is_wrong_is_named_and_nothing_is_written(
    ana: Person, board: str, kind: str
) -> None:
    fields, where, limit = BAD[kind][0]
    refused = await ana.draw(board, least("note", "fine"), {**least(kind), **fields})
    assert (refused.status, refused.error["code"]) == (422, "invalid")
    assert (refused.error["field"], refused.error["index"], refused.error.get("limit")) == (f"put.{where}", 1, limit)
    assert await ana.shapes(board) == []


async def test_a_patch_of_what_the_kind_has_not_is_refused_by_name(ana: Person, board: str) -> None:
    await change(ana, board, "c1", put=[least("note")])
    body = {"changeId": "c2", "patch": {"a": {"text": "Hello", "radius": 4}}}
    refused = await ana.post(f"/boards/{board}/changes", body)
    assert (refused.status, refused.error["code"], refused.error["field"]) == (422, "invalid", "patch.a.radius")
    assert (await only(ana, board))["text"] == ""


async def test_the_longest_stroke_may_be_patched(ana: Person, board: str) -> None:
    await change(ana, board, "c1", put=[least("stroke")])
    points = [float(value % 1_000) for value in range(2 * MAX_POINTS)]
    await change(ana, board, "c2", patch={"a": {"points": points}})
    assert (await only(ana, board))["points"] == points
    refused = await ana.post(
        f"/boards/{board}/changes", {"changeId": "c3", "patch": {"a": {"points": [*points, 0, 0]}}}
    )
    assert (refused.status, refused.error["field"]) == (422, "patch.a.points")


async def test_places_in_words_come_out_as_an_order(ana: Person, board: str) -> None:
    await change(ana, board, "c1", put=[least("note", "a"), least("note", "b"), least("frame", "f")])
    await change(ana, board, "c2", patch={"a": {"z": "front"}}, put=[{**least("text", "t"), "z": {"below": "b"}}])
    assert [shape["id"] for shape in await ana.shapes(board)] == ["f", "t", "b", "a"]
