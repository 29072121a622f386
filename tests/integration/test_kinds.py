"""Every kind of shape through the whole API: in, out, changed field by field, taken back."""

from typing import Any

import pytest

from tests.integration.test_changes import board, change
from tests.people import Person
from tests.unit.kinds import FULL, full, least

__all__ = ["board"]


async def only(person: Person, board: str) -> dict[str, Any]:
    (shape,) = await person.shapes(board)
    return shape


@pytest.mark.parametrize("kind", FULL)
async def test_a_shape_comes_back_as_it_was_put(ana: Person, board: str, kind: str) -> None:
    put = await change(ana, board, "c1", put=[full(kind)])
    told = {**full(kind), "author": ana.id, "ts": put["ts"]}
    assert await only(ana, board) == told
    (row,) = (await ana.get(f"/boards/{board}/changes")).json["changes"]
    assert row["put"] == [told]


@pytest.mark.parametrize("kind", FULL)
async def test_each_field_may_be_patched_and_undone(ana: Person, board: str, kind: str) -> None:
    await change(ana, board, "c1", put=[least(kind)])
    before = await only(ana, board)
    fields = {name: value for name, value in full(kind).items() if name not in ("id", "kind")}
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
