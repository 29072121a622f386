"""A board as it was after any of its changes: `?at=`."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from harness.people import Person, shape_of_kind, stroke
from harness.pictures import add, picture
from harness.processes import Easel
from tests.conftest import connections

ENDINGS = ("json", "svg", "png", "pdf", "easel.json", "excalidraw", "md")


@dataclass
class Told:
    """A board, and for each of its moments the shapes that were on it then, by id."""

    ana: Person
    board: str
    then: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/boards/{self.board}"

    async def act(self, verb: str = "changes", **ops: Any) -> str:
        answer = await self.ana.post(f"{self.path}/{verb}", {"changeId": str(uuid.uuid4()), **ops})
        assert answer.status == 201, answer.body
        return await self.note(answer.json["ts"])

    async def note(self, ts: str) -> str:
        self.then[ts] = {shape["id"]: shape for shape in await self.ana.shapes(self.board)}
        return ts


@pytest.fixture(scope="module")
async def told(easel: Easel) -> AsyncIterator[Told]:
    """What a person may do to a board, one after another."""
    async with connections() as http:
        ana = await Person.sign_in(http, easel.url, "Ana")
        told = Told(ana, await ana.create_board("Plan"))
        note, ellipse = shape_of_kind("note", "note", text="first"), shape_of_kind("ellipse", "round", w=80, h=60)
        await told.act(put=[note, ellipse | {"x": 400}, stroke("line")])
        arrow = shape_of_kind("arrow", "arrow", points=[0, 0, 400, 0])
        await told.act(put=[arrow | {"from": {"id": "note", "at": [0.5, 0.5]}}])
        await told.act(patch={"note": {"text": "second", "x": 50, "z": "front"}, "round": {"color": "red"}})
        await told.act(remove=["note", "line"])
        await told.act("undo")
        await told.act("redo")
        await told.act("undo")
        await told.act(patch={"note": {"text": "third"}})
        shape = await add(ana, told.board, picture(), alt="A picture")
        await told.note(shape["ts"])
        await told.act(remove=[shape["id"], "arrow"])
        yield told


async def test_every_moment_has_what_was_on_the_board_then(told: Told) -> None:
    for ts, expected in told.then.items():
        answer = await told.ana.get(f"{told.path}.json?at={ts}")
        assert (answer.status, answer.json["ts"], answer.json["title"]) == (200, ts, "Plan")
        assert {shape["id"]: shape for shape in answer.json["shapes"]} == expected, ts


async def test_a_ts_between_two_changes_means_the_first_of_them(told: Told) -> None:
    first, second = list(told.then)[:2]
    for at in (int(first) + 1, int(second) - 1):
        assert (await told.ana.get(f"{told.path}.json?at={at}")).json["ts"] == first
    for at in (0, int(first) - 1):
        empty = (await told.ana.get(f"{told.path}.json?at={at}")).json
        assert (empty["ts"], empty["shapes"]) == ("0", [])


@pytest.mark.parametrize("at", ["", "x", "-1", "1.5", "²", str(2**63), "9" * 40])
async def test_what_is_no_moment_is_said_by_its_name(told: Told, at: str) -> None:
    for path in (f"{told.path}.json", f"{told.path}.svg", told.path):
        refused = await told.ana.get(path, params={"at": at})
        assert (refused.status, refused.error["field"]) == (422, "at"), path
        assert refused.error["message"] == f"at must be the ts of a moment: a whole number from 0 to {2**63 - 1}."


async def test_a_moment_to_come_is_refused_with_the_last_one(told: Told) -> None:
    last = list(told.then)[-1]
    refused = await told.ana.get(f"{told.path}.json?at={int(last) + 1}")
    assert (refused.status, refused.error["field"], refused.error["limit"]) == (422, "at", last)


@pytest.mark.parametrize("ending", ENDINGS)
async def test_a_moment_as_a_file_never_changes(told: Told, ending: str) -> None:
    ts = list(told.then)[4]
    answers = [await told.ana.get(f"{told.path}.{ending}?at={int(ts) + more}") for more in (0, 1)]
    first, same = answers
    assert (first.status, first.body, first.headers["ETag"]) == (200, same.body, same.headers["ETag"])
    assert first.headers["Cache-Control"] == "private, max-age=3600, immutable"
    assert first.headers["Vary"].startswith("Cookie, Authorization")
    known = await told.ana.get(f"{told.path}.{ending}?at={ts}", headers={"If-None-Match": first.headers["ETag"]})
    assert (known.status, known.body) == (304, b"")
    other = await told.ana.get(f"{told.path}.{ending}?at={next(iter(told.then))}")
    assert other.headers["ETag"] != first.headers["ETag"]


async def test_the_page_of_a_moment_is_drawn_as_ever_and_only_read(told: Told) -> None:
    ts = list(told.then)[2]
    page = (await told.ana.get(f"{told.path}?at={ts}", headers={"Accept": "text/html"})).body.decode()
    assert f'data-moment="{ts}"' in page
    assert 'data-role="viewer"' in page
    assert "hx-sse" not in page
    assert "second" in page
    assert "As it was on <time" in page
    empty = (await told.ana.get(f"{told.path}?at=0", headers={"Accept": "text/html"})).body.decode()
    assert "Before anybody drew" in empty


async def test_only_people_who_see_the_history_see_moments(
    told: Told, http: aiohttp.ClientSession, easel: Easel
) -> None:
    ana, ben = told.ana, await Person.sign_in(http, easel.url, "Ben")
    ts = next(iter(told.then))
    for visibility, opened, status in (
        *(("private", True, 404), ("link-view", False, 403), ("link-edit", False, 403)),
        *(("link-view", True, 200), ("private", False, 404)),
    ):
        settings = {"visibility": visibility, "historyOpen": opened}
        assert (await ana.request("PATCH", told.path, json=settings)).status == 200
        for path in (f"{told.path}.json", told.path, f"{told.path}.png", f"{told.path}.md"):
            assert (await ben.get(f"{path}?at={ts}")).status == status, (visibility, opened, path)


async def test_a_picture_that_was_deleted_is_in_no_moment(told: Told) -> None:
    ana = told.ana
    shape = await add(ana, told.board, picture(color="red"), alt="Red")
    await told.act(remove=[shape["id"]])
    before = (await ana.get(f"{told.path}.svg?at={shape['ts']}&shapes={shape['id']}")).body
    assert b"data:image/webp" in before
    assert (await ana.request("DELETE", f"{told.path}/files/{shape['file']}")).status == 204
    after = (await ana.get(f"{told.path}.svg?at={shape['ts']}&shapes={shape['id']}")).body
    assert b"data:image/webp" not in after
