"""Small pictures of boards, for lists."""

import asyncio
import io
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from harness.people import Answer, Person, shape_of_kind
from harness.processes import Easel, until

CANVAS = {"light": (0xFD, 0xFB, 0xF6), "dark": (0x1E, 0x1D, 0x1A)}
RED = {"light": (0xD0, 0x34, 0x2C), "dark": (0xFF, 0x6B, 0x60)}


async def thumbnail(person: Person, board: str, query: str = "", **headers: str) -> Answer:
    """Each request waits some seconds for it."""
    while "ETag" not in (answer := await person.get(f"/boards/{board}/thumbnail{query}", headers=headers)).headers:
        await asyncio.sleep(0.05)
    return answer


@pytest.fixture
async def board(ana: Person) -> str:
    board = await ana.create_board()
    square = shape_of_kind("rectangle", "s", x=5_000, y=-300, w=400, h=400, color="red", fill="solid")
    assert (await ana.draw(board, square)).status == 201
    return board


async def test_a_thumbnail_has_the_drawing_in_its_middle(ana: Person, board: str) -> None:
    for theme in ("light", "dark"):
        answer = await thumbnail(ana, board, f"?theme={theme}")
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")
        drawn = Image.open(io.BytesIO(answer.body)).convert("RGB")
        assert drawn.size == (480, 300)
        assert [drawn.getpixel(at) for at in ((3, 3), (240, 150))] == [CANVAS[theme], RED[theme]]


async def test_a_thumbnail_is_kept_as_long_as_the_board_stays(ana: Person, board: str) -> None:
    first = await thumbnail(ana, board)
    etag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (await thumbnail(ana, board, "?at=1")).headers["Cache-Control"] == "private, max-age=3600"
    again = await thumbnail(ana, board, **{"If-None-Match": etag})
    assert (again.status, again.body) == (304, b"")
    assert (await thumbnail(ana, board, "?theme=dark", **{"If-None-Match": etag})).status == 200
    assert (await ana.draw(board, shape_of_kind("note", "n"))).status == 201
    late = await thumbnail(ana, board, "?at=2")  # a moment later it is still the old one
    assert (late.headers["ETag"], late.headers["Cache-Control"]) == (etag, "private, no-cache")


async def test_people_without_the_history_get_no_picture_of_what_is_gone(ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-view")
    square = shape_of_kind("rectangle", "s", w=800, h=500, color="red", fill="solid")
    assert (await ana.draw(board, square)).status == 201
    first = await thumbnail(ben, board)
    assert (await ana.draw(board, shape_of_kind("note", "n", x=900))).status == 201
    assert (await thumbnail(ben, board)).headers["ETag"] == first.headers["ETag"]  # all of it is still there
    assert (await ana.post(f"/boards/{board}/changes", {"changeId": "gone", "remove": ["s"]})).status == 201
    assert (await thumbnail(ana, board)).headers["ETag"] == first.headers["ETag"]
    assert (await thumbnail(ben, board)).headers["ETag"] != first.headers["ETag"]


async def test_a_board_that_nobody_has_changed_shows_what_is_behind(ana: Person) -> None:
    answer = await ana.get(f"/boards/{await ana.create_board()}/thumbnail?at=1")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "private, no-cache")
    clear = Image.open(io.BytesIO(answer.body)).convert("RGBA")
    assert (clear.size, clear.getpixel((0, 0))) == ((1, 1), (0, 0, 0, 0))


async def test_a_cleared_board_is_an_empty_sheet(ana: Person) -> None:
    board = await ana.create_board()
    await ana.draw(board, shape_of_kind("note", "n"))
    assert (await ana.post(f"/boards/{board}/changes", {"changeId": "gone", "remove": ["n"]})).status == 201
    drawn = Image.open(io.BytesIO((await thumbnail(ana, board)).body)).convert("RGB")
    assert drawn.getcolors() == [(480 * 300, CANVAS["light"])]


async def test_an_unknown_theme_is_named(ana: Person, board: str) -> None:
    answer = await ana.get(f"/boards/{board}/thumbnail?theme=pink")
    assert (answer.status, answer.error["field"]) == (422, "theme")


async def test_a_board_at_rest_is_drawn_before_anybody_looks(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    with Easel(tmp_path, THUMBNAILS_AHEAD="true") as easel:
        eve = await Person.sign_in(http, easel.url, "Eve")
        await eve.draw(await eve.create_board(), shape_of_kind("note", "n"))
        stored = tmp_path / "data/convex/files"

        def drawn() -> bool:
            return sum(file.read_bytes().startswith(b"\x89PNG") for file in stored.iterdir() if file.is_file()) == 2

        await until(drawn, "both thumbnails are kept")
