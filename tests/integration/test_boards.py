"""Boards: made, listed, found, shown in every form, renamed, shared, removed."""

import re
from typing import Any
from xml.etree import ElementTree

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.processes import Easel

HTML = {"Accept": "text/html"}
HTMX = {"Accept": "text/html", "HX-Request": "true"}
FORM = {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"}
SVG = "{http://www.w3.org/2000/svg}"


async def titles(person: Person, query: str = "") -> list[str]:
    answer = await person.get(f"/boards{query}")
    assert answer.status == 200, answer.body
    return [board["title"] for board in answer.json["boards"]]


async def test_a_new_board_is_its_maker_s_alone(ana: Person, ben: Person) -> None:
    made = await ana.post("/boards", {"title": "  Plan\tB "})
    assert made.status == 201
    assert set(made.json) == {"id", "title", "url"}
    board = made.json["id"]
    assert made.json["title"] == "Plan B"
    assert made.json["url"] == f"{ana.url}/boards/{board}"
    assert made.headers["Location"] == f"/boards/{board}"
    shown = (await ana.get(f"/boards/{board}.json")).json
    assert shown == {"id": board, "title": "Plan B", "ts": "0", "role": "owner", "source": None, "shapes": []}
    assert (await ben.get(f"/boards/{board}.json")).status == 404
    assert board not in str((await ben.get("/boards")).json)


async def test_a_board_needs_no_title_and_no_body(ana: Person) -> None:
    assert (await ana.post("/boards", {})).json["title"] == "Untitled board"
    assert (await ana.request("POST", "/boards")).json["title"] == "Untitled board"
    form = await ana.request("POST", "/boards", data=b"", headers=FORM)
    assert form.status == 303
    assert re.fullmatch(r"/boards/[a-z0-9]+", form.headers["Location"])
    assert (await ana.request("POST", "/boards", data=b"", headers=FORM | HTMX)).headers["HX-Redirect"]


BAD_TITLES = [{"title": title} for title in ("", " \n ", "x" * 201, 7, None)]


@pytest.mark.parametrize("body", [*BAD_TITLES, {"name": "Plan"}, []])
async def test_a_title_that_is_none_is_refused(ana: Person, body: Any) -> None:
    before = await titles(ana)
    refused = await ana.post("/boards", body)
    assert (refused.status, refused.error["code"]) == (422, "invalid")
    assert await titles(ana) == before


async def test_a_repeated_operation_makes_one_board(ana: Person, ben: Person) -> None:
    key = {"Idempotency-Key": "make-1"}
    first, again = [await ana.post("/boards", {"title": "Once"}, headers=key) for _ in range(2)]
    assert first.json == again.json
    assert await titles(ana) == ["Once"]
    assert (await ben.post("/boards", {"title": "Once"}, headers=key)).json["id"] != first.json["id"]
    refused = await ana.post("/boards", {}, headers={"Idempotency-Key": "with spaces"})
    assert (refused.status, refused.error["field"]) == (422, "Idempotency-Key")


async def test_the_list_is_newest_first_and_comes_in_pages(http: aiohttp.ClientSession, easel: Easel) -> None:
    cyd = await Person.sign_in(http, easel.url, "Cyd")
    for n in range(35):
        await cyd.create_board(f"Board {n}")
    first = (await cyd.get("/boards")).json
    assert [board["title"] for board in first["boards"]] == [f"Board {n}" for n in range(34, 4, -1)]
    assert set(first["boards"][0]) == {
        *("id", "title", "role", "updatedAt", "editor", "openedAt", "starred", "member", "people", "here"),
        *("template", "copyable", "source", "news"),
    }
    assert isinstance(first["boards"][0]["updatedAt"], int)
    rest = (await cyd.get("/boards", params={"cursor": first["cursor"]})).json
    assert [board["title"] for board in rest["boards"]] == [f"Board {n}" for n in range(4, -1, -1)]
    assert rest["cursor"] is None
    page = await cyd.get("/boards", headers=HTML)
    assert page.body.count(b'class="card"') == 30
    assert b"cursor=" in page.body


async def test_titles_can_be_searched(http: aiohttp.ClientSession, easel: Easel) -> None:
    dan = await Person.sign_in(http, easel.url, "Dan")
    for title in ("Kitchen plan", "Garden plan", "Budget <b>"):
        await dan.create_board(title)
    assert sorted(await titles(dan, "?q=plan")) == ["Garden plan", "Kitchen plan"]
    assert await titles(dan, "?q=zebra") == []
    page = await dan.get("/boards", params={"q": "budget"}, headers=HTML)
    assert b"Budget &lt;b&gt;" in page.body
    assert b"<b>" not in page.body


@pytest.mark.parametrize("query", ["cursor=nonsense", "cursor=" + "x" * 5000, "q=" + "x" * 201])
async def test_a_query_that_makes_no_sense_is_invalid(ana: Person, query: str) -> None:
    refused = await ana.get(f"/boards?{query}")
    assert (refused.status, refused.error["code"]) == (422, "invalid")
    assert refused.error["field"] == query.split("=")[0]


async def test_the_same_board_in_every_form(ana: Person) -> None:
    board = await ana.create_board("Forms & <shapes>")
    drawn = await ana.draw(board, stroke("one", color="blue"), stroke("two", color="#ABCDEF", width=8))
    whole = (await ana.get(f"/boards/{board}.json")).json
    assert (whole["ts"], whole["role"]) == (drawn.json["ts"], "owner")
    assert [shape["id"] for shape in whole["shapes"]] == ["one", "two"]
    assert whole["shapes"][0] | {"z": 0, "ts": "", "author": ana.id} == {
        **{"id": "one", "kind": "stroke", "z": 0, "color": "blue", "x": 0, "y": 0, "rotation": 0, "width": 4},
        **{"opacity": 1, "points": [0, 0, 10, 5, 20, 0], "pressures": [], "group": "", "locked": False},
        **{"author": ana.id, "ts": ""},
    }
    assert (await ana.get(f"/boards/{board}", headers={"Accept": "application/json"})).json == whole
    assert (await ana.get(f"/boards/{board}.json", headers=HTML)).json == whole

    picture = await ana.get(f"/boards/{board}.svg", headers=HTML)
    assert picture.headers["Content-Type"] == "image/svg+xml"
    tree = ElementTree.fromstring(picture.body)
    assert [path.get("id") for path in tree.iter(f"{SVG}path")] == ["one", "two"]
    assert tree.get("viewBox")

    page = (await ana.get(f"/boards/{board}", headers=HTML)).body.decode()
    assert f'data-ts="{whole["ts"]}"' in page
    assert 'data-role="owner"' in page
    assert "Forms &amp; &lt;shapes&gt;" in page
    assert re.findall(r'<path id="(\w+)"', page) == ["one", "two"]


async def test_an_empty_board_has_an_empty_picture(ana: Person) -> None:
    board = await ana.create_board()
    picture = ElementTree.fromstring((await ana.get(f"/boards/{board}.svg")).body)
    assert picture.get("viewBox") == "0 0 1280 800"


async def test_a_large_board_comes_compressed(ana: Person) -> None:
    board = await ana.create_board()
    for _ in range(3):
        assert (await ana.draw(board, *(stroke() for _ in range(200)))).status == 201
    for form in (".json", ".svg", ""):
        answer = await ana.get(f"/boards/{board}{form}", headers={"Accept-Encoding": "gzip", **HTML})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.body.count(b'"stroke"') + answer.body.count(b"<path id=") == 600


async def test_a_board_is_renamed_and_shared(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Before")
    changed = await ana.request("PATCH", f"/boards/{board}", json={"title": " After ", "visibility": "link-edit"})
    off = dict.fromkeys(("presenting", "embeddable", "template", "copyable", "historyOpen"), False)
    now = {"id": board, "title": "After", "visibility": "link-edit", **off}
    assert (changed.status, changed.json) == (200, now)
    assert (await ben.get(f"/boards/{board}.json")).json["title"] == "After"
    assert (await ben.request("PATCH", f"/boards/{board}", json={"title": "Ben's"})).status == 200
    assert (await ben.request("PATCH", f"/boards/{board}", json={"visibility": "private"})).status == 403
    form = await ana.request("POST", f"/boards/{board}?_method=PATCH", data="title=By+form", headers=FORM)
    assert (form.status, form.headers["Location"]) == (303, f"/boards/{board}")
    htmx = await ana.request("PATCH", f"/boards/{board}", data="title=By+htmx", headers=FORM | HTMX)
    assert (htmx.status, htmx.body) == (204, b"")
    assert await titles(ana) == ["By htmx"]


BAD_PATCHES = [{}, {"visibility": "public"}, {"visibility": None, "title": None}, {"owner": "me"}]


@pytest.mark.parametrize("body", [*BAD_PATCHES, {"title": ""}, {"title": "x" * 201}])
async def test_a_change_of_a_board_that_makes_no_sense_is_refused(ana: Person, body: dict[str, Any]) -> None:
    board = await ana.create_board("Same")
    refused = await ana.request("PATCH", f"/boards/{board}", json=body)
    assert (refused.status, refused.error["code"]) == (422, "invalid")
    assert await titles(ana) == ["Same"]


async def test_a_removed_board_is_gone_for_everybody(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Gone", "link-edit")
    assert (await ben.get(f"/boards/{board}.json")).status == 200
    assert (await ben.request("DELETE", f"/boards/{board}")).status == 403
    removed = await ana.request("DELETE", f"/boards/{board}")
    assert (removed.status, removed.body) == (204, b"")
    for person in (ana, ben):
        assert (await person.draw(board, stroke())).status == 404
        assert (await person.get(f"/boards/{board}/changes")).status == 404
    assert await titles(ana) == []


async def test_a_board_is_removed_by_form_and_by_htmx(ana: Person) -> None:
    board, other = await ana.create_board(), await ana.create_board()
    form = await ana.request("POST", f"/boards/{board}?_method=DELETE", data=b"", headers=FORM)
    assert (form.status, form.headers["Location"]) == (303, "/boards")
    htmx = await ana.request("DELETE", f"/boards/{other}", headers=HTMX)
    assert (htmx.status, htmx.body) == (200, b"")
    assert await titles(ana) == []


async def test_errors_are_pages_for_people_and_json_for_scripts(ana: Person) -> None:
    page = await ana.get("/boards/nothing", headers=HTML)
    assert page.status == 404
    assert b"<!doctype html>" in page.body
    htmx = await ana.request("PATCH", "/boards/nothing", data="title=x", headers=FORM | HTMX)
    assert (htmx.status, htmx.error["code"]) == (404, "not_found")
    for path in ("/nothing", "/boards/nothing/nothing", "/static/nothing.js", "/boards/nothing.json", "/docs"):
        assert (await ana.get(path)).error["code"] == "not_found", path
    assert (await ana.request("PUT", "/boards")).error["code"] == "method_not_allowed"
