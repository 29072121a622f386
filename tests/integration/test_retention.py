"""HISTORY_DAYS: what happened before is folded, and everything else goes on as ever."""

import uuid
from collections.abc import AsyncIterator

import pytest

from harness.people import shape_of_kind, stroke
from harness.processes import Easel
from tests.folding import Folding, old_board


@pytest.fixture
async def folding(easel: Easel) -> AsyncIterator[Folding]:
    async with old_board(easel) as made:
        yield made


async def test_older_moments_are_gone_and_later_ones_stay(folding: Folding) -> None:
    ana, path, moments = folding.ana, folding.path, folding.moments
    before = {ts: (await ana.get(f"{path}.json?at={ts}")).json for ts in moments}
    await folding.fold(moments[2])
    for ts in moments[2:]:
        assert (await ana.get(f"{path}.json?at={ts}")).json == before[ts]
    for at in (moments[0], moments[1], "0"):
        refused = await ana.get(f"{path}.json?at={at}")
        assert (refused.status, refused.error["code"], refused.error["limit"]) == (410, "gone", moments[2])
    page = await ana.get(f"{path}?at={moments[0]}", headers={"Accept": "text/html"})
    assert page.status == 410
    assert f'href="?at={moments[2]}"' in page.body.decode()
    assert await folding.due(moments[2]) == []
    assert await folding.retention.fold_board(folding.board, int(moments[2]))  # as after a crash
    assert (await ana.get(f"{path}.json?at={moments[-1]}")).json == before[moments[-1]]


async def test_a_repeated_request_is_known_after_its_row_was_folded(folding: Folding) -> None:
    await folding.fold(folding.moments[-1])
    before = await folding.ana.shapes(folding.board)
    note = shape_of_kind("note", "note", text="secret")
    body = {"changeId": "first", "put": [note, stroke("line"), shape_of_kind("text", "gone", text="secret gone")]}
    again = await folding.ana.post(f"{folding.path}/changes", body)
    assert (again.status, again.json["ts"]) == (200, folding.moments[0])
    assert await folding.ana.shapes(folding.board) == before


async def test_a_shape_that_was_removed_before_leaves_nothing(folding: Folding) -> None:
    await folding.act(remove=["note"])
    refused = await folding.ana.draw(folding.board, shape_of_kind("note", "note"))
    assert (refused.status, refused.error["code"]) == (409, "removed")
    await folding.fold(folding.moments[-1])
    while (await folding.ana.draw(folding.board, shape_of_kind("note", "note"))).status == 409:
        pass
    assert {shape["id"] for shape in await folding.ana.shapes(folding.board)} == {"note", "line", "gone"}


async def test_undo_ends_where_the_history_was_folded(folding: Folding) -> None:
    await folding.fold(folding.moments[-2])
    assert (await folding.act("undo")).json["kept"] == []
    shapes = await folding.ana.shapes(folding.board)
    assert (await folding.act("undo")).json == {}
    assert await folding.ana.shapes(folding.board) == shapes
    assert (await folding.act("redo")).json["kept"] == []
    later = {ts: (await folding.ana.get(f"{folding.path}.json?at={ts}")).status for ts in folding.moments[-3:]}
    assert set(later.values()) == {200}


async def test_nothing_is_restored_to_a_moment_that_was_folded(folding: Folding) -> None:
    await folding.fold(folding.moments[2])
    restore = {"id": str(uuid.uuid4()), "to": int(folding.moments[1])}
    refused = await folding.ana.post(f"{folding.path}/restores", restore)
    assert (refused.status, refused.error["field"]) == (422, "to")
    assert folding.moments[2] in refused.error["message"]
    assert (await folding.ana.post(f"{folding.path}/restores", restore | {"to": int(folding.moments[2])})).status == 202


async def test_programs_are_told_where_the_log_begins(folding: Folding) -> None:
    ana, path, moments = folding.ana, folding.path, folding.moments
    await folding.fold(moments[2])
    refused = await ana.get(f"{path}/changes?after={moments[0]}")
    assert (refused.status, refused.error["field"], refused.error["limit"]) == (410, "after", moments[2])
    rest = (await ana.get(f"{path}/changes?after={moments[2]}")).json["changes"]
    assert [row["ts"] for row in rest] == moments[3:]
    refused = await ana.get(f"{path}/history/log?after=0")
    assert (refused.status, refused.error["field"], refused.error["limit"]) == (410, "after", moments[2])
    played = (await ana.get(f"{path}/history/log?after={moments[2]}")).json["changes"]
    assert [row["ts"] for row in played] == moments[3:]


async def test_the_history_says_what_is_not_kept(folding: Folding) -> None:
    page = (await folding.ana.get(f"{folding.path}/history", headers={"Accept": "text/html"})).body.decode()
    assert "longer ago" not in page
    assert f'href="{folding.path}?at={folding.moments[-1]}"' in page
    await folding.fold(folding.moments[-1])
    await folding.ana.draw(folding.board, stroke("new"))
    page = (await folding.ana.get(f"{folding.path}/history", headers={"Accept": "text/html"})).body.decode()
    assert "longer ago" in page


async def test_a_restart_opens_the_folded_board_as_it_is(folding: Folding, easel: Easel) -> None:
    before = await folding.ana.shapes(folding.board)
    await folding.fold(folding.moments[-1])
    other = easel.start_another_web()
    folding.ana.url = other
    assert await folding.ana.shapes(folding.board) == before
