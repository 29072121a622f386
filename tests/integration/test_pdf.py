"""A board as PDF: its pages, their sizes, and the text on them."""

import pypdfium2 as pdfium
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from harness.people import Answer, Person, shape_of_kind, stroke
from harness.pictures import add, picture

ROOM = 32  # px around the shapes
POINT = 0.75  # pt a px
A4 = (595.28, 841.89)  # pt


@pytest.fixture
async def board(ana: Person) -> str:
    """Two frames, the second of which was drawn first, and a text and a line in each."""
    board = await ana.create_board("Plan & notes")
    frame, text = {"w": 400, "h": 300, "color": "grey"}, {"size": 24, "color": "blue"}
    answer = await ana.draw(
        board,
        shape_of_kind("frame", "second", x=1000, y=0, text="Two", **frame),
        shape_of_kind("frame", "first", x=0, y=0, text="One", **frame),
        shape_of_kind("text", "a", x=50, y=100, text="Buy milk", **text),
        shape_of_kind("text", "b", x=1050, y=100, text="Łódź, Привет, ế, שלום עולם", **text),
        stroke(points=(0, 0, 100, 50), x=50, y=200),
    )
    assert answer.status == 201, answer.body
    return board


def opened(answer: Answer) -> pdfium.PdfDocument:
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf"), answer.body[:200]
    return pdfium.PdfDocument(answer.body)


def text_of(page: pdfium.PdfPage) -> str:
    return str(page.get_textpage().get_text_range())


def sizes(document: pdfium.PdfDocument) -> list[tuple[float, float]]:
    return [document[number].get_size() for number in range(len(document))]


async def test_a_board_is_one_page_as_large_as_the_drawing(ana: Person, board: str) -> None:
    document = opened(await ana.get(f"/boards/{board}.pdf"))
    ((width, height),) = sizes(document)
    assert width == pytest.approx((1400 + 2 * ROOM) * POINT, abs=3)
    assert height == pytest.approx((300 + 2 * ROOM) * POINT, abs=30)  # with the frame's title
    assert document.get_metadata_value("Title") == "Plan & notes"


async def test_text_is_text_in_fonts_that_are_in_the_file(ana: Person, board: str) -> None:
    page = opened(await ana.get(f"/boards/{board}.pdf"))[0]
    for words in ("Buy milk", "Łódź, Привет, ế", "שלום", "One", "Two"):
        assert words in text_of(page)
    fonts = [text.get_font() for text in page.get_objects([FPDF_PAGEOBJ_TEXT])]
    assert any("ShantellSans" in font.get_base_name() for font in fonts)
    assert all(font.is_embedded for font in fonts)


async def test_each_frame_is_a_page_in_reading_order(ana: Person, board: str) -> None:
    document = opened(await ana.get(f"/boards/{board}.pdf?pages=frames"))
    assert sizes(document) == [pytest.approx((402 * POINT, 302 * POINT), abs=0.1)] * 2
    first, second = (text_of(page) for page in document)
    assert ("Buy milk" in first, "Łódź" in first) == (True, False)
    assert ("Buy milk" in second, "Łódź" in second) == (False, True)
    only = opened(await ana.get(f"/boards/{board}.pdf?pages=frames&shapes=b"))
    assert ["Łódź" in text_of(page) for page in only] == [False, True]
    assert not any("milk" in text_of(page) for page in only)


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("letter", (612, 792))])
async def test_a_board_is_cut_into_sheets_of_paper(
    ana: Person, board: str, paper: str, size: tuple[float, ...]
) -> None:
    document = opened(await ana.get(f"/boards/{board}.pdf?pages={paper}"))
    assert sizes(document) == [pytest.approx(size, abs=0.1)] * 2
    left, right = (text_of(page) for page in document)
    assert ("Buy milk" in left, "Łódź" in right) == (True, True)


async def test_a_frame_lies_on_the_sheets_that_are_fewest(ana: Person, board: str) -> None:
    wide = {"x": 0, "y": 2000, "w": 1100, "h": 700}
    await ana.draw(board, shape_of_kind("frame", "wide", **wide))
    document = opened(await ana.get(f"/boards/{board}.pdf?pages=a4&frame=wide"))
    assert sizes(document) == [pytest.approx((A4[1], A4[0]), abs=0.1)]


async def test_a_theme_and_no_background_are_as_in_a_picture(ana: Person, board: str) -> None:
    async def corner(query: str) -> object:
        page = opened(await ana.get(f"/boards/{board}.pdf?{query}"))[0]
        return page.render(scale=0.2).to_pil().convert("RGB").getpixel((3, 3))

    assert await corner("theme=light") == (0xFD, 0xFB, 0xF6)
    assert await corner("theme=dark") == (0x1E, 0x1D, 0x1A)
    assert await corner("background=none") == (255, 255, 255)


async def test_dots_and_pictures_are_on_the_page(ana: Person, board: str) -> None:
    shape = await add(ana, board, picture(300, 200, "#336699"), x=1000, y=1000)
    await ana.draw(board, stroke(points=(5, 5), x=3000, y=3000, width=20, id="dot"))
    page = opened(await ana.get(f"/boards/{board}.pdf?shapes={shape['id']}"))[0].render().to_pil().convert("RGB")
    found = page.getpixel((page.width // 2, page.height // 2))
    assert found == pytest.approx((0x33, 0x66, 0x99), abs=3)
    dot = opened(await ana.get(f"/boards/{board}.pdf?shapes=dot"))[0].render().to_pil().convert("L")
    middle = dot.getpixel((dot.width // 2, dot.height // 2))
    assert isinstance(middle, int)
    assert middle < 80


async def test_an_empty_board_is_an_empty_page(ana: Person) -> None:
    board = await ana.create_board()
    assert sizes(opened(await ana.get(f"/boards/{board}.pdf"))) == [(1280 * POINT, 800 * POINT)]
    refused = await ana.get(f"/boards/{board}.pdf?pages=frames")
    assert (refused.status, refused.error["field"]) == (422, "pages")
    assert "there is no frame on this board" in refused.error["message"]


async def test_the_same_pdf_is_not_sent_twice(ana: Person, board: str) -> None:
    path = f"/boards/{board}.pdf"
    first = await ana.get(path)
    assert 'filename="Plan _ notes.pdf"' in first.headers["Content-Disposition"]
    etag = first.headers["ETag"]
    again = await ana.get(path, headers={"If-None-Match": etag})
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag)
    assert (await ana.get(f"{path}?pages=a4", headers={"If-None-Match": etag})).status == 200
    await ana.draw(board, stroke())
    assert (await ana.get(path, headers={"If-None-Match": etag})).status == 200


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("pages=a5", "pages", "must be board, frames, a4 or letter"),
        ("theme=pink", "theme", "must be light or dark"),
        ("frame=gone", "frame", "there is no frame gone on this board"),
        ("shapes=gone", "shapes", "there is no shape gone on this board"),
        ("pages=frames&shapes=gone", "shapes", "there is no shape gone on this board"),
        ("scale=2", "scale", "not permitted"),
        ("pages=frames&frame=first", "pages", "cannot be frames with frame"),
    ],
)
async def test_a_bad_parameter_is_named(ana: Person, board: str, query: str, field: str | None, words: str) -> None:
    answer = await ana.get(f"/boards/{board}.pdf?{query}")
    assert (answer.status, answer.error.get("field")) == (422, field)
    assert words in answer.error["message"]


async def test_more_than_a_hundred_pages_are_refused(ana: Person, board: str) -> None:
    await ana.draw(board, stroke(x=20_000, y=20_000))
    refused = await ana.get(f"/boards/{board}.pdf?pages=a4")
    assert (refused.status, refused.error["field"], refused.error["limit"]) == (422, "pages", 100)
    assert "sheets of A4. A PDF has at most 100 pages" in refused.error["message"]
    await ana.draw(board, *[shape_of_kind("frame", f"f{n}", x=10 * n, w=5, h=5) for n in range(99)])
    refused = await ana.get(f"/boards/{board}.pdf?pages=frames")
    assert (refused.status, refused.error["field"], refused.error["limit"]) == (422, "pages", 100)
    assert "has 101 frames" in refused.error["message"]
