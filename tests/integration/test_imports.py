"""Files put on boards: a new one, or one that is there."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest

from harness.drawings import element, excalidraw, svg, tldraw, tldraw_shape
from harness.people import Person, shape_of_kind, stroke
from harness.pictures import add, form, picture
from harness.processes import Easel
from tests.integration.sharing import join
from tests.unit.kinds import FULL, full

Json = dict[str, Any]
TWO = excalidraw(element("a"), element("b", "ellipse", x=200))


async def imported(person: Person, body: bytes, path: str = "/boards/import", **query: str) -> Json:
    answer = await person.request("POST", path, data=body, params=query)
    assert answer.status == 201, answer.body
    made: Json = answer.json
    return made


def drawn(shapes: list[Json]) -> list[Json]:
    return [{name: value for name, value in one.items() if name not in ("id", "z", "author", "ts")} for one in shapes]


async def test_a_file_becomes_a_board_that_is_called_like_it(ana: Person) -> None:
    answer = await ana.request("POST", "/boards/import", data=form(TWO, "My plan.excalidraw"))
    assert answer.status == 201, answer.body
    made = answer.json
    assert (made["title"], made["shapes"], made["lost"]) == ("My plan", 2, [])
    assert answer.headers["Location"] == f"/boards/{made['id']}"
    assert [one["kind"] for one in await ana.shapes(made["id"])] == ["rectangle", "ellipse"]


async def test_a_form_is_sent_on_to_the_new_board(ana: Person) -> None:
    html = {"Accept": "text/html"}
    answer = await ana.request("POST", "/boards/import", data=form(TWO), headers=html)
    assert (answer.status, answer.headers["Location"][:8]) == (303, "/boards/")


async def test_a_board_comes_back_from_its_own_file(ana: Person) -> None:
    board = await ana.create_board("Everything")
    kinds = [kind for kind in FULL if kind != "image"]
    plain = [full(kind, f"s{n}") | {"z": float(n), "from": None, "to": None} for n, kind in enumerate(kinds)]
    put = [{name: value for name, value in one.items() if name in full(one["kind"])} for one in plain]
    assert (await ana.draw(board, *put)).status == 201
    await add(ana, board, picture(), alt="A sea")
    file = (await ana.get(f"/boards/{board}.easel.json")).body
    made = await imported(ana, file)
    assert (made["title"], made["lost"]) == ("Everything", [])
    before, after = await ana.shapes(board), await ana.shapes(made["id"])
    assert [one["kind"] for one in after] == [one["kind"] for one in before]
    apart = ("file", "group")
    assert [{**one, **dict.fromkeys(apart, "")} for one in drawn(after)] == [
        {**one, **dict.fromkeys(apart, "")} for one in drawn(before)
    ]
    assert (await ana.get(f"/boards/{made['id']}/images/{after[-1]['file']}")).status == 200


async def test_a_file_on_a_board_is_one_step_of_undo(ana: Person) -> None:
    board = await ana.create_board()
    assert (await ana.draw(board, stroke("mine"))).status == 201
    elements = [element(f"e{n}", x=200 * n) for n in range(450)]
    made = await imported(ana, excalidraw(*elements), f"/boards/{board}/import", x="1000", y="0")
    assert made["shapes"] == 450
    shapes = await ana.shapes(board)
    assert shapes[0]["id"] == "mine"  # what is new lies above
    xs = [one["x"] for one in shapes[1:]]
    assert (min(xs) + max(xs) + 100) / 2 == pytest.approx(1000, abs=1)
    undo = (await ana.post(f"/boards/{board}/undo", {"changeId": "u0"})).json
    for n in range(1, 3):
        assert undo["more"]
        undo = (await ana.post(f"/boards/{board}/undo", {"changeId": f"u{n}", "continues": f"u{n - 1}"})).json
    assert not undo.get("more")
    assert [one["id"] for one in await ana.shapes(board)] == ["mine"]


async def test_a_repeated_import_adds_nothing(ana: Person) -> None:
    board = await ana.create_board()
    key = {"Idempotency-Key": "import-1"}
    first, second = [await ana.request("POST", f"/boards/{board}/import", data=TWO, headers=key) for _ in range(2)]
    assert first.json == second.json
    assert len(await ana.shapes(board)) == 2
    again = [(await ana.request("POST", "/boards/import", data=TWO, headers=key)).json["id"] for _ in range(2)]
    assert again[0] == again[1]


async def test_pictures_in_a_file_become_the_board_s_own(ana: Person) -> None:
    url = f"data:image/png;base64,{base64.b64encode(picture(30, 20)).decode()}"
    file = excalidraw(
        element("a", "image", fileId="f1"),
        element("b", "image", fileId="gone"),
        element("c", "image", fileId="f2"),
        f1=url,
        f2="data:image/png;base64,AAAA",
    )
    made = await imported(ana, file)
    assert made["lost"] == ["1 picture is not in the file", "1 picture cannot be opened"]
    (shape,) = await ana.shapes(made["id"])
    assert (await ana.get(f"/boards/{made['id']}/images/{shape['file']}")).headers["Content-Type"] == "image/webp"


async def test_what_cannot_be_kept_is_named(ana: Person) -> None:
    embed = {"url": "https://example.org/v"}
    file = tldraw(
        tldraw_shape("a", "embed", props=embed),
        tldraw_shape("b", "embed", props=embed, index="a2"),
        tldraw_shape("c", "video", index="a3"),
    )
    made = await imported(ana, file, name="t.tldr")
    assert (made["title"], made["lost"]) == ("t", ["2 embeds became links", "1 video was left out"])
    assert [one["text"] for one in await ana.shapes(made["id"])] == ["https://example.org/v"] * 2


async def test_a_scene_in_a_picture_is_opened(ana: Person) -> None:
    packed = base64.b64encode(json.dumps({"encoded": TWO.decode(), "compressed": False}).encode()).decode()
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg'><!-- payload-type:application/vnd.excalidraw+json -->"
        f"<!-- payload-version:2 --><!-- payload-start -->{packed}<!-- payload-end --></svg>"
    )
    assert (await imported(ana, svg.encode()))["shapes"] == 2


async def test_a_drawing_in_svg_becomes_shapes(ana: Person) -> None:
    box = '<rect x="10" y="10" width="90" height="40" fill="none" stroke="red"/>'
    made = await imported(ana, svg(box, '<filter id="f"/><g filter="url(#f)"><path d="M0 60H90" stroke="red"/></g>'))
    assert made["lost"] == ["1 effect was left out"]
    shapes = await ana.shapes(made["id"])
    assert [one["kind"] for one in shapes] == ["rectangle", "line"]
    assert made["top"] == shapes[-1]["id"]


async def test_a_drawing_that_would_look_different_is_refused_if_asked(ana: Person) -> None:
    icon = svg('<path d="M0 0C9 0 20 9 20 20C9 20 0 9 0 0z"/>', w=24, h=24)
    answer = await ana.request("POST", "/boards/import", data=icon, params={"as": "alike"})
    assert (answer.status, "rather a picture" in answer.json["error"]["message"]) == (422, True)
    assert (await imported(ana, icon))["shapes"] == 1
    answer = await ana.request("POST", "/boards/import", data=icon, params={"as": "it is"})
    assert (answer.status, answer.json["error"]["field"]) == (422, "as")


async def test_only_editors_import(ana: Person, ben: Person, http: aiohttp.ClientSession) -> None:
    board = await ana.create_board()
    assert (await ben.request("POST", f"/boards/{board}/import", data=TWO)).status == 404
    await join(ana, board, ben, "viewer")
    assert (await ben.request("POST", f"/boards/{board}/import", data=TWO)).status == 403
    assert await ana.shapes(board) == []
    async with http.post(f"{ana.url}/boards/import", data=TWO) as answer:
        assert answer.status == 401


async def test_a_note_may_be_imported_beside_what_others_draw(ana: Person) -> None:
    board = await ana.create_board()
    await imported(ana, TWO, f"/boards/{board}/import")
    assert (await ana.draw(board, shape_of_kind("note", "n"))).status == 201
    assert (await ana.shapes(board))[-1]["id"] == "n"


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Easel]:
    settings = {"DAY_CHANGES": "2", "RATE_EXPORTS": "1", "RATE_IMPORTS": "1", "RATE_UPLOADS": "3"}
    with Easel(tmp_path_factory.mktemp("strict"), **settings) as easel:
        yield easel


async def test_what_was_put_is_taken_back_when_the_rest_fails(strict: Easel, http: aiohttp.ClientSession) -> None:
    file = excalidraw(*[element(f"e{n}", x=200 * n) for n in range(450)])  # three changes
    ana = await Person.sign_in(http, strict.url, "Ana")
    refused = await ana.request("POST", "/boards/import", data=file)
    assert refused.status == 429
    assert refused.error["message"].endswith("Nothing of the file was added.")
    assert (await ana.get("/boards")).json["boards"] == []
    ben = await Person.sign_in(http, strict.url, "Ben")
    board = await ben.create_board()
    assert (await ben.request("POST", f"/boards/{board}/import", data=file)).status == 429
    assert await ben.shapes(board) == []
    assert (await ben.request("POST", f"/boards/{board}/import", data=TWO)).error["limit"] == 1
    assert (await ben.get(f"/boards/{board}.md")).status == 200
    message = (await ben.get(f"/boards/{board}.md")).error["message"]
    assert message.startswith("No more than 1 exports in ten minutes")


async def test_pictures_in_a_file_count_as_any_picture(strict: Easel, http: aiohttp.ClientSession) -> None:
    def file(count: int) -> bytes:
        urls = {
            f"f{n}": f"data:image/png;base64,{base64.b64encode(picture(30 + n, 20)).decode()}" for n in range(count)
        }
        return excalidraw(*[element(id, "image", fileId=id) for id in urls], **urls)

    ana = await Person.sign_in(http, strict.url, "Ana")
    too_many = await ana.request("POST", "/boards/import", data=file(4))
    assert (too_many.status, too_many.error["code"]) == (422, "too_much")
    assert too_many.error["message"] == (
        "These are 4 pictures: a person may add 3 in ten minutes. Nothing of the file was added."
    )
    assert (await ana.get("/boards")).json["boards"] == []
    ben = await Person.sign_in(http, strict.url, "Ben")
    board = await ben.create_board()
    await add(ben, board, picture())
    again = await ben.request("POST", f"/boards/{board}/import", data=file(3))
    assert (again.status, again.error["limit"]) == (429, 3)
    assert again.error["message"] == (
        "No more than 3 pictures in ten minutes: wait a moment. Nothing of the file was added."
    )
