"""Who has boards drawn as large or as often as they can: they are told what is allowed, and nobody waits for them."""

import asyncio
import io

import aiohttp
import pytest
from PIL import Image

from harness.people import Person, stroke
from harness.processes import Easel
from tests.hostile.others import others

FAR = 1_000_000.0  # px from the origin, where the board ends


@pytest.fixture
async def board(ana: Person) -> str:
    """A board that is as large as one can be."""
    board = await ana.create_board()
    ends = [stroke(points=(0, 0, 1, 1), x=x, y=y) for x, y in ((-FAR, -FAR + 1), (FAR - 1, FAR - 1))]
    assert (await ana.draw(board, *ends)).status == 201
    return board


async def test_a_huge_board_is_drawn_as_large_as_a_picture_may_be(ana: Person, board: str) -> None:
    answer = await ana.get(f"/boards/{board}.png")
    assert answer.status == 200, answer.body
    width, height = Image.open(io.BytesIO(answer.body)).size
    assert 5_900_000 < width * height < 6_010_000


@pytest.mark.parametrize(("query", "field"), [("scale=1", "scale"), ("scale=4", "scale"), ("width=16384", "width")])
async def test_a_picture_that_would_be_too_large_names_what_is_not(
    ana: Person, board: str, query: str, field: str
) -> None:
    for form in ("png", "svg"):
        answer = await ana.get(f"/boards/{board}.{form}?{query}")
        assert (answer.status, answer.error["field"], answer.error["limit"]) == (422, field, 8192)
        assert "ask for width=8192 or less" in answer.error["message"]


async def test_a_flood_of_pictures_keeps_nobody_waiting(easel: Easel, ana: Person) -> None:
    board = await ana.create_board()
    await ana.draw(board, *[stroke(points=[float(n * 7 % 500) for n in range(120)]) for _ in range(100)])
    async with others(easel):
        asked = [ana.get(f"/boards/{board}.png?width={1000 + n}") for n in range(12)]
        assert {answer.status for answer in await asyncio.gather(*asked)} == {200}


async def test_a_person_gets_so_many_pictures_a_minute_and_repeats_free(
    easel: Easel, http: aiohttp.ClientSession
) -> None:
    ana = await Person.sign_in(http, easel.start_another_web(RATE_PICTURES="2"), "Ana")
    board = await ana.create_board()
    etags = [(await ana.get(f"/boards/{board}.png?width={width}")).headers["ETag"] for width in (10, 20)]
    refused = await ana.get(f"/boards/{board}.png?width=30")
    assert (refused.status, refused.error["code"], refused.error["limit"]) == (429, "too_many_requests", 2)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert "pictures of boards a minute" in refused.error["message"]
    for width, etag in zip((10, 20), etags, strict=True):
        same = await ana.get(f"/boards/{board}.png?width={width}", headers={"If-None-Match": etag})
        assert same.status == 304
    assert (await ana.get(f"/boards/{board}.svg")).status == 200


async def test_a_board_of_many_shapes_is_drawn_from_afar(easel: Easel, http: aiohttp.ClientSession) -> None:
    ana = await Person.sign_in(http, easel.start_another_web(LARGE_BOARD="10"), "Ana")
    board = await ana.create_board()
    await ana.draw(board, *[stroke(points=(0, 0, 2_000, 0), y=100 * n, width=64, color="red") for n in range(20)])
    for path in (f"{board}.png?width=200", f"{board}/thumbnail"):
        answer = await ana.get(f"/boards/{path}")
        drawn = Image.open(io.BytesIO(answer.body)).convert("RGB")
        red = sum(
            number for number, color in drawn.getcolors(2**20) or [] if isinstance(color, tuple) and color[1] < 90
        )
        assert red / (drawn.width * drawn.height) > 0.2, path
