"""All boards of a person as one ZIP file."""

import json
import re
from urllib.parse import quote

from harness.people import Person, shape_of_kind, stroke
from harness.pictures import add, picture
from tests.integration.archives import finished, index, made, opened, state
from tests.integration.sharing import join


async def test_an_archive_has_every_board_to_open_and_to_look_at(ana: Person) -> None:
    boards = [await ana.create_board(title) for title in ("Plan", "plan", "Grün: ä/b")]
    await ana.draw(boards[0], stroke("s1"), shape_of_kind("note", "n1", text="Buy <milk>"))
    shape = await add(ana, boards[1], picture(300, 200, "#336699"), name="sea.png")
    with opened(archive := await made(ana)) as file:
        assert sorted(name.casefold() for name in file.namelist()) == [
            *("boards.json", "boards/grün- ä-b.easel.json", "boards/grün- ä-b.svg"),
            *("boards/plan (2).easel.json", "boards/plan (2).svg", "boards/plan.easel.json", "boards/plan.svg"),
            "index.html",
        ]
        by_title = {board["title"]: board for board in index(archive)["boards"]}
        assert {title: board["shapes"] for title, board in by_title.items()} == {"Plan": 2, "plan": 1, "Grün: ä/b": 0}
        for title, board in zip(("Plan", "plan", "Grün: ä/b"), boards, strict=True):
            assert file.read(by_title[title]["file"]) == (await ana.get(f"/boards/{board}.easel.json")).body
            assert file.read(by_title[title]["picture"]).startswith(b"<svg")
        assert shape["file"] in json.loads(file.read(by_title["plan"]["file"]))["pictures"]
        page = file.read("index.html").decode()
        assert "3 boards" in page
        links = {quote(board[kind]) for board in by_title.values() for kind in ("file", "picture")}
        assert set(re.findall(r'(?:href|src)="([^"]*)"', page)) == links


async def test_an_archive_has_what_one_may_see_and_says_whose(ana: Person, ben: Person) -> None:
    await ana.create_board("Mine")
    trashed = await ana.create_board("Trashed")
    shared, lost = [await ben.create_board(title) for title in ("Shared", "Lost")]
    await ana.request("DELETE", f"/boards/{trashed}")
    for board in (shared, lost):
        await join(ben, board, ana, "viewer")
    await ben.request("DELETE", f"/boards/{lost}/members/{ana.id}")
    assert [board["title"] for board in index(await made(ana))["boards"]] == ["Mine"]
    found = index(await made(ana, shared=True))
    assert [(board["title"], board["own"]) for board in found["boards"]] == [("Mine", True), ("Shared", False)]


async def test_an_archive_belongs_to_one_person(ana: Person, ben: Person) -> None:
    await ana.create_board("Secret")
    archive = await made(ana)
    assert (await ben.get("/archive.zip")).status == 404
    assert await state(ben) is None
    answer = await ana.get("/archive.zip")
    assert (answer.body, answer.headers["Cache-Control"]) == (archive, "private, no-store")
    assert answer.headers["Content-Type"] == "application/zip"
    assert re.fullmatch(
        r'attachment; filename="Easel boards \d{4}-\d\d-\d\d.zip"', answer.headers["Content-Disposition"]
    )
    assert (await ben.request("DELETE", "/archive")).status == 204
    assert (await ana.get("/archive.zip")).status == 200
    assert (await ana.request("DELETE", "/archive")).status == 204
    assert (await ana.get("/archive.zip")).status == 404
    assert await state(ana) is None


async def test_one_at_a_time_is_made_for_a_person_and_can_be_stopped(ana: Person) -> None:
    for n in range(12):
        await ana.create_board(f"Board {n}")
    assert (await ana.post("/archive", {})).status == 202
    assert (await ana.post("/archive", {})).error["code"] == "conflict"
    assert (await ana.request("DELETE", "/archive")).status == 204
    assert await state(ana) is None
    assert (await ana.post("/archive", {})).status == 202  # while the first one notices
    assert (await finished(ana))["done"] == 12


async def test_only_so_many_are_made_an_hour(ana: Person) -> None:
    for _ in range(6):
        await made(ana)
    answer = await ana.post("/archive", {})
    assert (answer.status, answer.error["limit"]) == (429, 6)
    assert answer.error["message"] == "No more than 6 downloads of all boards an hour: wait a moment."


async def test_a_form_is_sent_to_the_page_that_says_how_far_it_is(ana: Person) -> None:
    html = {"Accept": "text/html"}
    answer = await ana.request("POST", "/archive", data={"shared": "true"}, headers=html)
    assert (answer.status, answer.headers["Location"]) == (303, "/archive")
    page = (await ana.get("/archive", headers=html)).body.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page or "/archive.zip" in page
    await finished(ana)
    assert "download the ZIP file</a>" in (await ana.get("/archive", headers=html)).body.decode()
