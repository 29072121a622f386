"""The list of boards as programs and forms use it: sections, stars, and several boards at once."""

import asyncio

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.pictures import add
from harness.processes import Easel
from tests.integration.sharing import join, people
from tests.integration.sse import reading

FORM = {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"}
HTML = {"Accept": "text/html"}


async def titles(person: Person, query: str = "") -> list[str]:
    return [board["title"] for board in (await person.get(f"/boards{query}")).json["boards"]]


async def select(person: Person, action: str, *boards: str, **headers: str) -> object:
    answer = await person.post("/boards/selected", {"boards": boards, "action": action}, headers=headers)
    assert answer.status == 200, answer.body
    return answer.json


async def test_a_board_that_was_looked_at_by_its_link_is_in_the_list(ana: Person, ben: Person) -> None:
    board = await ana.create_board("By link", "link-view")
    assert await titles(ben) == []
    assert (await ben.get(f"/boards/{board}", headers=HTML)).status == 200
    while await titles(ben, "?section=shared") != ["By link"]:  # the page does not wait for it
        await asyncio.sleep(0)
    assert await titles(ben, "?section=mine") == []
    [listed] = (await ben.get("/boards")).json["boards"]
    assert (listed["role"], listed["starred"], listed["editor"]) == ("viewer", False, None)


async def test_what_is_opened_comes_first_and_what_is_edited_is_sorted(ana: Person) -> None:
    for title in ("b", "c", "a"):
        await ana.create_board(title)
    assert await titles(ana) == ["a", "c", "b"]
    assert await titles(ana, "?sort=title") == ["a", "b", "c"]
    [*_, last] = (await ana.get("/boards")).json["boards"]
    await ana.draw(last["id"], stroke())
    while (await ana.get("/boards?sort=edited")).json["boards"][0]["editor"] != "Ana":
        await asyncio.sleep(0.05)
    assert await titles(ana, "?sort=edited") == ["b", "a", "c"]


async def test_stars_are_given_by_programs_and_by_forms(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Star", "link-view")
    assert (await ben.post(f"/boards/{board}/star")).status == 204
    assert await titles(ben, "?section=starred") == ["Star"]
    assert await titles(ana, "?section=starred") == []
    form = await ana.request("POST", f"/boards/{board}/star", data=b"", headers=FORM)
    assert (form.status, form.headers["Location"]) == (303, "/boards")
    assert await titles(ana, "?section=starred") == ["Star"]
    assert (await ben.request("DELETE", f"/boards/{board}/star")).status == 204
    assert await titles(ben, "?section=starred") == []
    await ana.request("PATCH", f"/boards/{board}", json={"visibility": "private"})
    assert (await ben.post(f"/boards/{board}/star")).status == 404


async def test_who_is_on_a_board_now_is_in_the_list(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Busy", "link-edit")
    async with reading(ben, board):
        while not (listed := (await ana.get("/boards")).json["boards"][0])["here"]:
            await asyncio.sleep(0.05)
    assert [one["name"] for one in listed["people"]] == ["Ben"]
    assert set(listed["people"][0]) == {"person", "name", "hue"}


async def test_several_boards_at_once_each_says_what_became_of_it(http: aiohttp.ClientSession, easel: Easel) -> None:
    there = await people(http, easel.url)
    editor = there["editor"]
    mine = await editor.create_board("Mine")
    key = {"Idempotency-Key": "several"}
    for _ in range(2):
        answer = await select(editor, "trash", mine, there.board, "nothing", mine, **key)
        assert answer["done"] == [mine]  # type: ignore[index]
        assert [(one["id"], one["code"]) for one in answer["refused"]] == [  # type: ignore[index]
            (there.board, "forbidden"),
            ("nothing", "not_found"),
        ]
    assert await titles(editor) == ["Ours"]
    restored = {"action": "restore", "done": [mine], "refused": []}
    assert await select(editor, "restore", mine) == restored
    await select(editor, "star", mine, there.board)
    assert sorted(await titles(editor, "?section=starred")) == ["Mine", "Ours"]
    await select(editor, "unstar", mine, there.board)
    await select(editor, "trash", mine)
    await select(editor, "delete", mine)
    assert await titles(editor, "?section=trash") == []


async def test_a_form_selects_several_boards_without_script(ana: Person, ben: Person) -> None:
    boards = [await ana.create_board(title) for title in ("One", "Two", "Three")]
    data = f"boards={boards[0]}&boards={boards[1]}&action=trash"
    form = await ana.request("POST", "/boards/selected", data=data, headers=FORM)
    assert (form.status, form.headers["Location"]) == (303, "/boards")
    assert await titles(ana) == ["Three"]
    await join(ana, boards[2], ben, "editor")
    await ben.request("POST", "/boards/selected", data=f"boards={boards[2]}&action=trash", headers=FORM)
    assert await titles(ana) == ["Three"]


@pytest.mark.parametrize("body", [{}, {"boards": [], "action": "star"}, {"boards": ["b"], "action": "burn"}])
async def test_a_selection_that_makes_no_sense_is_refused(ana: Person, body: dict[str, object]) -> None:
    refused = await ana.post("/boards/selected", body)
    assert (refused.status, refused.error["code"]) == (422, "invalid")
    too_many = await ana.post("/boards/selected", {"boards": ["b"] * 51, "action": "star"})
    assert (too_many.status, too_many.error["field"], too_many.error["limit"]) == (422, "boards", 50)


@pytest.mark.parametrize("query", ["section=all", "sort=size", "view=circle"])
async def test_a_section_sort_or_view_that_is_none_is_invalid(ana: Person, query: str) -> None:
    refused = await ana.get(f"/boards?{query}")
    assert (refused.status, refused.error["code"], refused.error["field"]) == (422, "invalid", query.split("=")[0])


async def test_a_board_is_copied_once_with_its_shapes_and_pictures(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Plan", "link-edit")
    await add(ana, board)
    await ana.draw(board, stroke("line"))
    key = {"Idempotency-Key": "copy"}
    first, again = [await ben.post(f"/boards/{board}/copies", headers=key) for _ in range(2)]
    assert first.status == 201, first.body
    assert first.json["title"] == "Copy of Plan"
    assert again.json == first.json
    copy = await ben.shapes(first.json["id"])
    assert [shape["kind"] for shape in copy] == ["image", "stroke"]
    picture = f"/boards/{first.json['id']}/images/{copy[0]['file']}"
    assert (await ben.get(picture)).status == 200
    assert (await ana.get(picture)).status == 404  # the copy is Ben's alone
    assert len(await ana.shapes(board)) == 2


async def test_a_copy_of_an_empty_board_is_empty_and_a_viewer_makes_none(ana: Person, ben: Person) -> None:
    board = await ana.create_board("x" * 200, "link-view")
    copy = await ana.request("POST", f"/boards/{board}/copies", data=b"", headers=FORM)
    assert (copy.status, copy.headers["Location"]) == (303, "/boards")
    [made, _] = (await ana.get("/boards")).json["boards"]
    assert made["title"] == ("Copy of " + "x" * 200)[:200]
    assert await ana.shapes(made["id"]) == []
    assert (await ben.post(f"/boards/{board}/copies")).status == 403


@pytest.mark.parametrize(
    ("page", "then"),
    [
        ("http://here/boards?section=mine", "/boards?section=mine"),
        ("http://here/boards", "/boards"),
        ("http://[::1/boards?section=mine", "/boards?section=mine"),
        ("http://here/boards?//elsewhere", "/boards?//elsewhere"),
        ("//elsewhere/boards?x", "/boards"),
        ("http://here/boards/b?x", "/boards"),
    ],
)
async def test_a_form_leads_back_to_its_section_and_nowhere_else(ana: Person, page: str, then: str) -> None:
    headers = FORM | {"Referer": page}
    answer = await ana.request("POST", "/boards/selected", data="boards=b&action=star", headers=headers)
    assert (answer.status, answer.headers["Location"]) == (303, then)
