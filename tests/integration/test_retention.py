"""HISTORY_DAYS: what happened before is folded, and everything else goes on as ever."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.auth import signing_key
from app.auth.issuer import Issuer
from app.convex.checkpoint_shelf import CheckpointShelf
from app.convex.deployment import Deployment, Storage
from app.convex.retention_shelf import RetentionShelf
from app.history.retention import Retention
from app.settings import Settings
from harness.people import Answer, Person, shape_of_kind, stroke
from harness.processes import Easel
from tests.conftest import connections

WHOLE = 2**63 - 1


@dataclass
class Folding:
    ana: Person
    board: str
    retention: Retention
    moments: list[str]

    @property
    def path(self) -> str:
        return f"/boards/{self.board}"

    async def act(self, verb: str = "changes", change_id: str = "", **ops: Any) -> Answer:
        body = {"changeId": change_id or str(uuid.uuid4()), **ops}
        answer = await self.ana.post(f"{self.path}/{verb}", body)
        assert answer.status in (200, 201), answer.body
        if "ts" in answer.json:
            self.moments.append(answer.json["ts"])
        return answer

    async def due(self, before: str) -> list[int]:
        """Up to which change the board is due to be folded: other boards of this Easel are left alone."""
        return [ts async for board, ts in self.retention._retention.due(int(before)) if board == self.board]

    async def fold(self, before: str) -> None:
        """As the background does, and waits until the rows have lost what they did."""
        [ts] = await self.due(before)
        assert await self.retention.fold_board(self.board, ts)
        while "secret" in (await self.rows()):
            pass

    async def rows(self) -> str:
        shelf = self.retention._shelf
        return str([row async for page in shelf.rows(self.board, 0, WHOLE) for row in page])


@pytest.fixture
async def folding(easel: Easel) -> AsyncIterator[Folding]:
    issuer = Issuer(signing_key(Settings(data_dir=Path(easel.settings["DATA_DIR"]))))
    async with connections() as http, Deployment(easel.convex_url) as deployment, Storage(easel.convex_url) as storage:
        ana = await Person.sign_in(http, easel.url, "Ana")
        shelf = CheckpointShelf(deployment, storage, issuer.relay_token)
        retention = Retention(shelf, RetentionShelf(deployment, issuer.relay_token), 1)
        made = Folding(ana, await ana.create_board("Old"), retention, [])
        note = shape_of_kind("note", "note", text="secret")
        await made.act(change_id="first", put=[note, stroke("line"), shape_of_kind("text", "gone", text="secret gone")])
        await made.act(patch={"note": {"text": "second"}})
        await made.act(remove=["gone", "line"])
        await made.act("undo")
        await made.act(patch={"note": {"x": 9}})
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


async def test_a_restart_opens_the_folded_board_as_it_is(folding: Folding, easel: Easel) -> None:
    before = await folding.ana.shapes(folding.board)
    await folding.fold(folding.moments[-1])
    other = easel.start_another_web()
    folding.ana.url = other
    assert await folding.ana.shapes(folding.board) == before
