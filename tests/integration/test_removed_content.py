"""People without the history: no route shows them what was on the board before, in whatever way they ask."""

import re
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from harness.people import Person, shape_of_kind, stroke
from harness.pictures import add, picture
from harness.processes import Easel
from tests.conftest import connections
from tests.integration.routes import routes
from tests.integration.sharing import People, join, people
from tests.integration.sse import reading

SECRET = "zxsecret"
WHO = ("viewer", "commenter", "stranger")  # the last one may draw, by the link
ASK = {"search": f"?q={SECRET}", "near": "?at=0,0", "far": "?at=0,0"}
STREAMS = ("", "&format=json", "&format=cells")


@dataclass
class Past:
    """A board with secrets in its past: `file` was a picture on it, `moments` are the ts of its changes."""

    there: People
    file: str
    moments: list[str]

    @property
    def board(self) -> str:
        return self.there.board


def filled(route: str, past: Past) -> str:
    """The address of a route of the board."""
    ids = {"board_id": past.board, "file": past.file}
    return re.sub(r"\{(\w+)\}", lambda name: ids.get(name[1], "none"), route)


async def change(person: Person, board: str, **ops: Any) -> str:
    answer = await person.post(f"/boards/{board}/changes", {"changeId": str(uuid.uuid4()), **ops})
    assert answer.status == 201, answer.body
    return str(answer.json["ts"])


@pytest.fixture(scope="module")
async def past(easel: Easel) -> AsyncIterator[Past]:
    async with connections() as http:
        there = await people(http, easel.url, "link-edit")
        owner, board = there["owner"], there.board
        note, text, line = (shape_of_kind(kind, kind, text=f"{SECRET} {kind}") for kind in ("note", "text", "arrow"))
        moments = [await change(owner, board, put=[note, text, line | {"points": [0, 0, 99, 0]}])]
        shown = await add(owner, board, picture(color="red"), alt=f"{SECRET} picture")
        moments.append(await change(owner, board, patch={"note": {"text": "present"}}))
        moments.append(await change(owner, board, remove=["text", "arrow", shown["id"]]))
        for verb in ("undo", "redo"):
            undone = await owner.post(f"/boards/{board}/{verb}", {"changeId": str(uuid.uuid4())})
            moments.append(undone.json["ts"])
        moments.append(await change(owner, board, put=[stroke("line"), stroke("late")]))
        yield Past(there, shown["file"], moments)


@pytest.mark.parametrize("who", [*WHO, "anonymous"])
async def test_no_route_shows_what_is_gone(past: Past, http: aiohttp.ClientSession, who: str, tmp_path: Path) -> None:
    found = [row.split()[1] for row in routes(tmp_path) if row.startswith("GET /boards/{board_id}")]
    assert len(found) > 15
    token = {} if who == "anonymous" else {"Authorization": f"Bearer {past.there[who].token}"}
    for route in found:
        path = filled(route, past) + ASK.get(route.rpartition("/")[2], "")
        if route.endswith("/stream"):
            path += "?once=true&after=0"
        for accept in ("application/json", "text/html"):
            async with http.get(past.there.url + path, headers=token | {"Accept": accept}) as answer:
                body = (await answer.read()).decode(errors="replace")
                assert SECRET not in body, path
                assert past.file not in body, path
                assert answer.status == 404 if "{file}" in route else answer.status < 500, path


@pytest.mark.parametrize("who", WHO)
async def test_no_stream_brings_back_what_is_gone(past: Past, who: str) -> None:
    for after in ("0", *past.moments):
        for format in STREAMS:
            for query, headers in ((f"?after={after}", {}), ("?", {"Last-Event-ID": after})):
                asked = f"{query}&once=true{format}"
                async with reading(past.there[who], past.board, asked, "", **headers) as reader:
                    frames = await reader.rest()
                assert not [frame for frame in frames if SECRET in frame.data or past.file in frame.data], asked


async def test_the_log_says_what_is_there_now_and_which_ids_are_gone(past: Past) -> None:
    viewer, path = past.there["viewer"], f"/boards/{past.board}/changes"
    [folded] = (await viewer.get(f"{path}?after=0")).json["changes"]
    assert (folded["ts"], folded["changeId"], folded["author"]) == (past.moments[-1], None, None)
    assert {shape["id"] for shape in folded["put"]} == {"note", "line", "late"}
    assert {"text", "arrow"} < set(folded["remove"])
    assert folded["patch"] == {}
    [late] = (await viewer.get(f"{path}?after={past.moments[-2]}")).json["changes"]
    assert {shape["id"] for shape in late["put"]} == {"line", "late"}
    assert (await viewer.get(f"{path}?after={past.moments[-1]}")).json == {"changes": [], "next": None}
    editors = (await past.there["editor"].get(path)).json["changes"]
    assert SECRET in str(editors)


async def test_a_program_that_comes_back_gets_what_it_missed_as_one(past: Past) -> None:
    asked = f"?after={past.moments[0]}&once=true&format=json"
    async with reading(past.there["viewer"], past.board, asked) as reader:
        folded = await reader.event("change")
    assert folded.id == past.moments[-1]
    assert {shape["id"] for shape in folded.json["put"]} == {"note", "line", "late"}


async def test_the_owner_shows_the_history_and_hides_it_again(ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-view")
    await change(ana, board, put=[shape_of_kind("note", "n", text=SECRET)])
    await change(ana, board, remove=["n"])
    for form, shown in (("true", True), ("false", False)):
        data, html = f"historyOpen={form}", {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
        answer = await ana.request("POST", f"/boards/{board}?_method=PATCH", data=data, headers=html)
        assert (answer.status, answer.headers["Location"]) == (303, f"/boards/{board}/members")
        assert (SECRET in (await ben.get(f"/boards/{board}/changes")).body.decode()) == shown


async def test_a_viewer_lists_only_the_pictures_on_the_board(ana: Person, ben: Person) -> None:
    board = await ana.create_board()
    await join(ana, board, ben, "viewer")
    gone, here = [await add(ana, board, picture(color=color)) for color in ("red", "teal")]
    await change(ana, board, remove=[gone["id"]])
    for person, files in ((ana, [here["file"], gone["file"]]), (ben, [here["file"]])):
        listed = (await person.get(f"/boards/{board}/files")).json["files"]
        assert [file["id"] for file in listed] == files
    assert (await ben.get(f"/boards/{board}/images/{here['file']}")).status == 200
    assert (await ben.get(f"/boards/{board}/images/{gone['file']}")).status == 404
    assert (await ana.get(f"/boards/{board}/images/{gone['file']}")).status == 200
