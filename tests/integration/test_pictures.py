"""Pictures of boards: `/boards/{id}.png`, and the same parameters for `.svg`."""

import io
import math
from xml.etree import ElementTree

import pytest
from PIL import Image

from harness.people import Answer, Person, shape_of_kind, stroke
from harness.pictures import add, picture

CANVAS = {"light": (0xFD, 0xFB, 0xF6, 255), "dark": (0x1E, 0x1D, 0x1A, 255)}
CLEAR = (0, 0, 0, 0)
RED = {"light": (0xD0, 0x34, 0x2C, 255), "dark": (0xFF, 0x6B, 0x60, 255)}
ROOM = 32  # px around the shapes
HALF = 2  # px of a line's width


@pytest.fixture
async def board(ana: Person) -> str:
    """A red square from 100,100 to 200,200, and a frame with a blue one in it."""
    board = await ana.create_board("Square & frame")
    square = {"x": 100, "y": 100, "w": 100, "h": 100, "fill": "solid"}
    answer = await ana.draw(
        board,
        shape_of_kind("rectangle", "red", color="red", **square),
        shape_of_kind("frame", "frame", x=300, y=100, w=200, h=150, color="grey"),
        shape_of_kind("rectangle", "blue", color="blue", **(square | {"x": 320, "y": 120})),
    )
    assert answer.status == 201, answer.body
    return board


def image(answer: Answer) -> Image.Image:
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png"), answer.body[:200]
    return Image.open(io.BytesIO(answer.body)).convert("RGBA")


def test_room_is_what_the_page_has() -> None:
    from app.hub.view import PADDING

    assert PADDING == ROOM


async def test_a_board_is_drawn_px_for_px(ana: Person, board: str) -> None:
    drawn = image(await ana.get(f"/boards/{board}.png"))
    assert drawn.size == (math.ceil(401 + HALF + 2 * ROOM - 0.25), math.ceil(153 - 0.25 + 2 * ROOM))
    corner = ROOM + HALF  # of the square, from the picture's
    assert drawn.getpixel((2, 2)) == CANVAS["light"]
    assert drawn.getpixel((corner + 50, corner + 50)) == RED["light"]
    assert drawn.getpixel((corner + 110, corner + 50)) == CANVAS["light"]


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_theme_colours_paper_and_ink(ana: Person, board: str, theme: str) -> None:
    drawn = image(await ana.get(f"/boards/{board}.png?theme={theme}&scale=2"))
    assert drawn.getpixel((2, 2)) == CANVAS[theme]
    assert drawn.getpixel((2 * (ROOM + HALF + 50), 2 * (ROOM + HALF + 50))) == RED[theme]


async def test_without_a_background_the_paper_is_clear(ana: Person, board: str) -> None:
    drawn = image(await ana.get(f"/boards/{board}.png?background=none&shapes=red"))
    assert drawn.size == (168, 168)
    assert drawn.getpixel((2, 2)) == CLEAR
    assert drawn.getpixel((84, 84)) == RED["light"]


async def test_a_frame_shows_what_is_in_it_and_nothing_around(ana: Person, board: str) -> None:
    drawn = image(await ana.get(f"/boards/{board}.png?frame=frame"))
    assert drawn.size == (202, 152)
    assert drawn.getpixel((70, 70)) == (0x2F, 0x6B, 0xD0, 255)
    only = image(await ana.get(f"/boards/{board}.png?frame=frame&shapes=red&background=none"))
    assert only.size == (202, 152)
    assert only.getbbox() is None


async def test_scale_and_width_say_how_large(ana: Person, board: str) -> None:
    assert image(await ana.get(f"/boards/{board}.png?shapes=red&scale=4")).size == (672, 672)
    assert image(await ana.get(f"/boards/{board}.png?shapes=red&width=50")).size == (50, 50)


async def test_an_empty_board_is_an_empty_sheet(ana: Person) -> None:
    drawn = image(await ana.get(f"/boards/{await ana.create_board()}.png"))
    assert (drawn.size, drawn.getcolors()) == ((1280, 800), [(1280 * 800, CANVAS["light"])])


async def test_pictures_on_the_board_are_in_its_picture(ana: Person, board: str) -> None:
    shape = await add(ana, board, picture(300, 200, "#336699"), x=1000, y=1000)
    for theme in ("light", "dark"):
        drawn = image(await ana.get(f"/boards/{board}.png?shapes={shape['id']}&theme={theme}"))
        found = drawn.getpixel((drawn.width // 2, drawn.height // 2))
        assert found == pytest.approx((0x33, 0x66, 0x99, 255), abs=3)


@pytest.mark.parametrize("text", ["Hello", "Привет", "Łódź", "Tiếng Việt"])
async def test_text_is_drawn_in_the_boards_font(ana: Person, text: str) -> None:
    """It fills the room that the layout has measured for it, and another font would not."""
    board = await ana.create_board()
    await ana.draw(board, shape_of_kind("text", "t", text=text, size=40))
    drawn = image(await ana.get(f"/boards/{board}.png?background=none&scale=2"))
    left, top, right, bottom = drawn.getbbox() or (0, 0, 0, 0)
    assert left == pytest.approx(2 * ROOM, abs=10)
    assert right == pytest.approx(drawn.width - 2 * ROOM, abs=10)
    assert bottom - top > 40


async def test_the_same_picture_is_not_sent_twice(ana: Person, board: str) -> None:
    path = f"/boards/{board}.png"
    first = await ana.get(path)
    etag = first.headers["ETag"]
    assert etag.startswith('"')
    again = await ana.get(path, headers={"If-None-Match": etag})
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag)
    assert (await ana.get(f"{path}?theme=dark", headers={"If-None-Match": etag})).status == 200
    await ana.draw(board, stroke())
    assert (await ana.get(path, headers={"If-None-Match": etag})).status == 200


async def test_head_says_what_get_would(ana: Person, board: str) -> None:
    got = await ana.get(f"/boards/{board}.png")
    head = await ana.request("HEAD", f"/boards/{board}.png")
    assert (head.status, head.body) == (200, b"")
    same = ("Content-Type", "Content-Length", "ETag", "Content-Disposition", "Cache-Control")
    assert [head.headers[name] for name in same] == [got.headers[name] for name in same]
    assert 'filename="Square _ frame.png"' in got.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("scale=0", "scale", "must be a number from 1 to 4"),
        ("scale=9", "scale", "must be a number from 1 to 4"),
        ("width=99999", "width", "must be a whole number from 1 to 16384"),
        ("theme=pink", "theme", "must be light or dark"),
        ("background=red", "background", "must be none"),
        ("frame=red", "frame", "there is no frame red on this board"),
        ("frame=gone", "frame", "there is no frame gone on this board"),
        ("shapes=red,gone", "shapes", "there is no shape gone on this board"),
        ("shapes=", "shapes", "1 to 500 ids"),
        ("size=3", "size", "not permitted"),
        ("scale=1&width=5", "width", "cannot be given with scale"),
    ],
)
@pytest.mark.parametrize("form", ["png", "svg"])
async def test_a_bad_parameter_is_named(
    ana: Person, board: str, form: str, query: str, field: str | None, words: str
) -> None:
    answer = await ana.get(f"/boards/{board}.{form}?{query}")
    assert (answer.status, answer.error.get("field")) == (422, field)
    assert words in answer.error["message"]


async def test_an_svg_takes_the_same_parameters(ana: Person, board: str) -> None:
    async def svg(query: str) -> ElementTree.Element:
        answer = await ana.get(f"/boards/{board}.svg?{query}")
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/svg+xml")
        return ElementTree.fromstring(answer.body)

    dark = await svg("theme=dark&shapes=red&width=336")
    assert (dark.get("width"), dark.get("height")) == ("336", "336")
    name = "{http://www.w3.org/2000/svg}"
    paper, red, *others = dark.iter(f"{name}rect")
    assert (paper.get("fill"), red.get("stroke"), others) == ("#1e1d1a", "currentColor", [])
    assert (await svg("frame=frame")).get("viewBox") == "299 99 202 152"
    assert [rect.get("x") for rect in (await svg("shapes=red&theme=light&background=none")).iter(f"{name}rect")] == [
        "2000"
    ]


async def test_an_svg_that_somebody_has_is_not_sent_again(ana: Person, board: str) -> None:
    etag = (await ana.get(f"/boards/{board}.svg")).headers["ETag"]
    assert (await ana.get(f"/boards/{board}.svg", headers={"If-None-Match": etag})).status == 304
    assert (await ana.request("PATCH", f"/boards/{board}", json={"title": "Other"})).status == 200
    assert (await ana.get(f"/boards/{board}.svg", headers={"If-None-Match": etag})).status == 200
