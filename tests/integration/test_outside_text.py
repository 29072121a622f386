"""Outside text taken at its word: what people send enters names, titles and files as one visible line."""

from xml.etree import ElementTree

import aiohttp

from harness.people import Person
from harness.pictures import picture, send
from harness.processes import Easel

HOSTILE = "\u202eAna\u200b\r\nWARNING\u2028\u2066x"
CLEAN = "Ana WARNING x"


async def test_the_name_of_a_guest_is_cleaned(http: aiohttp.ClientSession, easel: Easel) -> None:
    person = await Person.sign_in(http, easel.url, HOSTILE)
    board = await person.create_board()
    (member,) = (await person.get(f"/boards/{board}/members")).json["members"]
    assert member["name"] == CLEAN
    async with http.post(f"{easel.url}/session", json={"name": "\u200b\u3164"}) as answer:
        assert answer.status == 422
        assert (await answer.json())["error"]["field"] == "name"


async def test_the_title_of_a_board_is_cleaned_in_every_form(ana: Person) -> None:
    made = await ana.post("/boards", {"title": HOSTILE})
    assert made.json["title"] == CLEAN
    board = made.json["id"]
    renamed = await ana.request("PATCH", f"/boards/{board}", json={"title": f"{HOSTILE}\ufffe2"})
    assert renamed.json["title"] == f"{CLEAN}\ufffd2"
    drawing = (await ana.get(f"/boards/{board}.svg")).body
    assert f"{CLEAN}\ufffd2" in drawing.decode()
    ElementTree.fromstring(drawing)


async def test_the_name_of_a_file_is_cleaned_where_it_is_listed_and_downloaded(ana: Person) -> None:
    board = await ana.create_board()
    made = await send(ana, board, picture(), name="../\u202ephoto\u200b\u2028x.png", x=0, y=0)
    assert made.status == 201, made.body
    (file,) = (await ana.get(f"/boards/{board}/files")).json["files"]
    assert file["name"] == "photo x.png"
    got = await ana.get(f"/boards/{board}/images/{made.json['file']}?download")
    called = "filename=\"photo x.webp\"; filename*=UTF-8''photo%20x.webp"
    assert got.headers["Content-Disposition"] == f"attachment; {called}"


async def test_a_refusal_repeats_nothing_that_cannot_be_seen(ana: Person) -> None:
    refused = await ana.post("/boards", {"title": "x", f"a{HOSTILE}" * 100: 1})
    assert refused.status == 422
    assert "\u202e" not in refused.body.decode()
    assert len(refused.error["field"]) <= 200
