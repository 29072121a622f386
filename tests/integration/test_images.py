"""Pictures: put on a board, kept by it, and got by those who may see it."""

import base64
import hashlib
import io
import re
import uuid
from random import Random
from typing import Any

import aiohttp
import pytest
from PIL import Image

from app.images.worker import ORIENTATION
from harness.people import Person
from harness.pictures import add, form, picture, send
from harness.processes import Easel
from tests.integration.sharing import join


@pytest.fixture
async def board(ana: Person) -> str:
    return await ana.create_board()


async def opened(person: Person, board: str, file: str, query: str = "") -> Image.Image:
    answer = await person.get(f"/boards/{board}/images/{file}{query}")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/webp"), answer.body
    return Image.open(io.BytesIO(answer.body))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
async def test_a_picture_becomes_a_shape_with_its_pixels(ana: Person, board: str, kind: str) -> None:
    shape = await add(ana, board, picture(300, 200, "#336699", kind), x=10, y=-20, alt="A sea")
    assert {name: shape[name] for name in ("kind", "x", "y", "w", "h", "alt", "crop")} == {
        **{"kind": "image", "x": 10, "y": -20, "w": 300, "h": 200},
        **{"alt": "A sea", "crop": None},
    }
    (kept,) = await ana.shapes(board)
    assert kept["file"] == shape["file"]
    image = await opened(ana, board, shape["file"])
    assert image.size == (300, 200)
    assert image.convert("RGB").getpixel((150, 100)) == pytest.approx((0x33, 0x66, 0x99), abs=3)


async def test_a_large_picture_has_smaller_variants_and_a_small_one_only_itself(ana: Person, board: str) -> None:
    large = await add(ana, board, picture(2000, 1000))
    sizes = [(await opened(ana, board, large["file"], query)).size for query in ("", "?size=1024", "?size=256")]
    assert sizes == [(2000, 1000), (1024, 512), (256, 128)]
    assert (large["w"], large["h"]) == (800, 400)
    small = await add(ana, board, picture(100, 50))
    assert (await opened(ana, board, small["file"], "?size=256")).size == (100, 50)
    assert (await ana.get(f"/boards/{board}/images/{small['file']}?size=77")).error["code"] == "invalid"


async def test_one_length_gives_the_other(ana: Person, board: str) -> None:
    wide, high = await add(ana, board, w=200), await add(ana, board, h=30)
    assert (wide["w"], wide["h"]) == (200, 150)
    assert (high["w"], high["h"]) == (40, 30)


async def test_a_picture_is_never_larger_than_4096_px(ana: Person, board: str) -> None:
    shape = await add(ana, board, picture(8000, 100))
    assert (await opened(ana, board, shape["file"])).size == (4096, 51)


async def test_a_picture_stands_upright_and_says_nothing_of_where_it_was_taken(ana: Person, board: str) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x0110] = "Camera of Ana"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 30.0), 3: "E", 4: (16.0, 22.0, 0.0)})
    body = picture(60, 20, kind="JPEG", exif=exif, comment=b"<script>alert(1)</script>")
    assert b"Camera of Ana" in body
    shape = await add(ana, board, body)
    assert (shape["w"], shape["h"]) == (20, 60)
    answer = await ana.get(f"/boards/{board}/images/{shape['file']}")
    image = Image.open(io.BytesIO(answer.body))
    assert (image.size, dict(image.getexif()), image.info.get("xmp")) == ((20, 60), {}, None)
    assert not [word for word in (b"Camera", b"script", b"Exif", b"EXIF") if word in answer.body]


async def test_only_the_pixels_of_a_file_that_is_two_things_are_kept(ana: Person, board: str) -> None:
    shape = await add(ana, board, picture() + b"PK\x03\x04<html><script>alert(1)</script>")
    answer = await ana.get(f"/boards/{board}/images/{shape['file']}")
    assert b"PK" not in answer.body
    assert b"script" not in answer.body


async def test_transparency_stays(ana: Person, board: str) -> None:
    body = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(body, "PNG")
    shape = await add(ana, board, body.getvalue())
    assert (await opened(ana, board, shape["file"])).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


async def test_of_an_animation_the_first_frame_is_kept(ana: Person, board: str) -> None:
    frames = [Image.new("RGB", (200, 200), (frame % 256, 0, 0)) for frame in range(300)]
    body = io.BytesIO()
    frames[0].save(body, "GIF", save_all=True, append_images=frames[1:])
    image = await opened(ana, board, (await add(ana, board, body.getvalue()))["file"])
    assert not getattr(image, "is_animated", False)
    assert image.convert("RGB").getpixel((0, 0)) == (0, 0, 0)


async def test_the_same_picture_is_stored_once_a_board(ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-edit")
    first, second = await add(ana, board), await add(ben, board)
    assert first["file"] == second["file"]
    assert first["id"] != second["id"]
    elsewhere = await add(ana, await ana.create_board())
    assert elsewhere["file"] != first["file"]


async def test_a_repeated_operation_adds_nothing(ana: Person, board: str) -> None:
    key = {"Idempotency-Key": "once"}
    answers = [
        await ana.request("POST", f"/boards/{board}/images", data=form(picture(), x=1), headers=key) for _ in range(2)
    ]
    assert [answer.status for answer in answers] == [201, 200]
    assert answers[0].json == answers[1].json
    assert len(await ana.shapes(board)) == 1
    other = await ana.request("POST", f"/boards/{board}/images", data=form(picture(), x=2), headers=key)
    assert (other.status, other.error["code"]) == (409, "conflict")


async def test_undo_takes_the_picture_off_and_redo_brings_it_back(ana: Person, board: str) -> None:
    shape = await add(ana, board)
    await ana.post(f"/boards/{board}/undo", {"changeId": "u"})
    assert await ana.shapes(board) == []
    await ana.post(f"/boards/{board}/redo", {"changeId": "r"})
    assert [one["file"] for one in await ana.shapes(board)] == [shape["file"]]


async def test_an_image_may_show_another_picture(ana: Person, board: str) -> None:
    shape = await add(ana, board, w=80, alt="Before")
    answer = await send(ana, board, picture(100, 200, "red"), replaces=shape["id"])
    assert answer.status == 201
    (now,) = await ana.shapes(board)
    assert (now["id"], now["w"], now["h"], now["alt"]) == (shape["id"], 80, 160, "Before")
    assert now["file"] == answer.json["file"] != shape["file"]
    missing = await send(ana, board, picture(), replaces="nothing")
    assert (missing.status, missing.error["field"]) == (404, "replaces")


async def test_a_file_of_another_board_is_no_picture_here(ana: Person, ben: Person, board: str) -> None:
    shape = await add(ana, board)
    other = await ben.create_board()
    stolen = {"id": "a", "kind": "image", "w": 10, "h": 10, "file": shape["file"]}
    answer = await ben.post(f"/boards/{other}/changes", {"changeId": "c", "put": [stolen]})
    assert (answer.status, answer.error["field"]) == (422, "put.file")
    mine = await add(ben, other)
    patch = {"changeId": "d", "patch": {mine["id"]: {"file": shape["file"]}}}
    assert (await ben.post(f"/boards/{other}/changes", patch)).status == 422
    assert (await ben.get(f"/boards/{other}/images/{shape['file']}")).status == 404
    again = {**stolen, "id": "b"}
    assert (await ana.post(f"/boards/{board}/changes", {"changeId": "e", "put": [again]})).status == 201


async def test_who_was_removed_gets_no_picture_any_more(ana: Person, ben: Person, board: str) -> None:
    shape = await add(ana, board)
    path = f"/boards/{board}/images/{shape['file']}"
    await join(ana, board, ben, "viewer")
    seen = await ben.get(path)
    assert seen.status == 200
    await ana.request("DELETE", f"/boards/{board}/members/{ben.id}")
    for headers in ({}, {"If-None-Match": seen.headers["ETag"]}):
        assert (await ben.get(path, headers=headers)).status == 404


async def test_a_link_shows_the_pictures_too(http: aiohttp.ClientSession, ana: Person) -> None:
    board = await ana.create_board(visibility="link-view")
    shape = await add(ana, board)
    async with http.get(f"{ana.url}/boards/{board}/images/{shape['file']}") as answer:
        assert answer.status == 200


async def test_a_picture_comes_with_headers_that_let_it_be_nothing_else(ana: Person, board: str) -> None:
    shape = await add(ana, board, picture(), name='"><script>/../e\u202evil; x.svg')
    path = f"/boards/{board}/images/{shape['file']}"
    answer = await ana.get(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "private, max-age=3600, immutable"
    assert answer.headers["Content-Disposition"].startswith('inline; filename="')
    assert "<" not in answer.headers["Content-Disposition"]
    assert answer.headers["ETag"].strip('"') == hashlib.sha256(answer.body).hexdigest()[:32]
    again = await ana.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    assert (await ana.get(f"{path}?download")).headers["Content-Disposition"].startswith("attachment; ")


async def test_a_form_without_script_comes_back_to_the_board(ana: Person, board: str) -> None:
    answer = await ana.request("POST", f"/boards/{board}/images", data=form(picture()), headers={"Accept": "text/html"})
    assert (answer.status, answer.headers["Location"]) == (303, f"/boards/{board}")


async def test_pictures_survive_a_restart_of_everything(own_easel: Easel, http: aiohttp.ClientSession) -> None:
    ana = await Person.sign_in(http, own_easel.url, "Ana")
    board = await ana.create_board()
    shape = await add(ana, board)
    before = (await ana.get(f"/boards/{board}/images/{shape['file']}")).body
    own_easel.program.kill()
    own_easel.start()
    assert (await ana.get(f"/boards/{board}/images/{shape['file']}")).body == before


async def test_what_is_wrong_with_the_place_is_said_by_its_field(ana: Person, board: str) -> None:
    wrong: dict[str, Any] = {"x": "1e999", "y": "left", "w": -1, "h": 0, "alt": "a" * 1001, "id": "a b", "color": "red"}
    for field, value in wrong.items():
        answer = await send(ana, board, picture(), **{field: value})
        assert (answer.status, answer.error["field"]) == (422, field)
    for alt in ("\x01", "a\u2028b", "\ufffe"):
        answer = await send(ana, board, picture(), alt=alt)
        assert (answer.status, answer.error["field"]) == (422, "alt")
    assert await ana.shapes(board) == []
    assert (await ana.get(f"/boards/{board}/files")).json["files"] == []
    assert (await add(ana, board, id=str(uuid.uuid4())))["kind"] == "image"


async def test_the_picture_of_a_board_has_its_pictures_in_it(ana: Person, board: str) -> None:
    shape = await add(ana, board, picture(1500, 1000, "#336699"), alt="A sea")
    answer = await ana.get(f"/boards/{board}.svg")
    drawing = answer.body.decode()
    assert "img-src data:" in answer.headers["Content-Security-Policy"]
    assert "/images/" not in drawing
    assert "<title>A sea</title>" in drawing
    (data,) = re.findall(r'href="data:image/webp;base64,([^"]+)"', drawing)
    image = Image.open(io.BytesIO(base64.b64decode(data, validate=True)))
    assert image.size == (1024, 683)
    await ana.post(f"/boards/{board}/changes", {"changeId": "p", "patch": {shape["id"]: {"w": 90, "h": 60}}})
    (data,) = re.findall(r"base64,([^\"]+)", (await ana.get(f"/boards/{board}.svg")).body.decode())
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (256, 171)


async def test_a_boards_picture_has_a_limit_and_leaves_missing_images_out(ana: Person, board: str) -> None:
    shapes = []
    for seed in range(3):
        body = io.BytesIO()
        Image.frombytes("RGB", (1000, 1000), Random(seed).randbytes(3_000_000)).save(body, "PNG")
        shapes.append(await add(ana, board, body.getvalue(), w=1000))
    drawing = (await ana.get(f"/boards/{board}.svg")).body
    assert drawing.count(b"data:image/webp") == 3
    assert len(drawing) < 12 * 2**20
    # One that was deleted, and came back by undo.
    gone = {"changeId": "r", "remove": [shapes[0]["id"]]}
    assert (await ana.post(f"/boards/{board}/changes", gone)).status == 201
    assert (await ana.request("DELETE", f"/boards/{board}/files/{shapes[0]['file']}")).status == 204
    await ana.post(f"/boards/{board}/undo", {"changeId": "u"})
    drawing = (await ana.get(f"/boards/{board}.svg")).body
    assert drawing.count(b"<image ") == 3
    assert drawing.count(b"data:image/webp") == 2
