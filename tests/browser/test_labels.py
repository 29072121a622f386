"""Labels that do not see the shape they are in: broken words, figures that grow into neighbours, hidden arrows."""

from typing import Any

import pytest

from harness.people import Person, shape_of_kind
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import after, opened_to_select, press


async def lines(page: BoardPage, id: str = "a") -> list[str]:
    found: list[str] = await page.page.locator(f"#shapes > [id='{id}'] tspan").all_text_contents()
    return found


@pytest.mark.parametrize(("kind", "word"), [("ellipse", "Postgres"), ("diamond", "Valid?")])
async def test_a_word_that_fits_is_whole_and_the_figure_does_not_grow(
    visit: Visit, easel: Easel, ana: Person, kind: str, word: str
) -> None:
    box = shape_of_kind(kind, "a", x=400, y=300, w=130, h=90)
    below = shape_of_kind("rectangle", "below", x=400, y=400, w=130, h=60)
    page, board = await opened_to_select(visit, easel, ana, box, below)
    await page.page.mouse.dblclick(465, 345)
    await page.page.keyboard.type(word)
    await press(page, "Escape")
    shapes = await after(page, ana, board)
    assert (shapes["a"]["text"], shapes["a"]["h"]) == (word, 90)
    assert await lines(page) == [word]


async def test_a_stored_figure_keeps_its_size_and_its_picture_the_lines(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    box = shape_of_kind("diamond", "a", x=400, y=300, w=100, h=60, text="a long label that needs more room")
    page, board = await opened_to_select(visit, easel, ana, box)
    assert (await after(page, ana, board))["a"]["h"] == 60
    svg = (await ana.get(f"/boards/{board}.svg")).body.decode()
    assert all(f">{line}<" in svg for line in await lines(page))


async def test_a_flag_and_a_decomposed_syllable_stay_in_one_piece(visit: Visit, easel: Easel, ana: Person) -> None:
    pieces = ["🇩🇪", "\u1112\u1161\u11ab", "👩\u200d🚀", "e\u0301"]
    boxes = [
        shape_of_kind("rectangle", f"r{n}", x=300 + 120 * n, y=300, w=46, h=90, text=piece * 3)
        for n, piece in enumerate(pieces)
    ]
    page, _ = await opened_to_select(visit, easel, ana, *boxes)
    for n, piece in enumerate(pieces):
        for line in await lines(page, f"r{n}"):
            assert line
            assert line.replace(piece, "") == ""


async def test_a_short_arrow_is_seen_beside_its_label(visit: Visit, easel: Easel, ana: Person) -> None:
    bound: dict[str, Any] = {"from": {"id": "a", "at": [0.5, 0.5]}, "to": {"id": "b", "at": [0.5, 0.5]}}
    one = shape_of_kind("rectangle", "a", x=300, y=300, w=100, h=80, fill="tint")
    other = shape_of_kind("rectangle", "b", x=470, y=300, w=100, h=80, fill="tint")
    arrow = shape_of_kind("arrow", "way", x=350, y=340, points=[0, 0, 1, 1], text="depends on", **bound)
    page, _ = await opened_to_select(visit, easel, ana, one, other, arrow)
    whole = await page.page.locator("#shapes > #way path").get_attribute("d")
    assert whole
    assert whole.count("M") == 2  # the line in one piece, and its head
    text = await page.page.locator("#shapes > #way text").evaluate(
        "e => ({ bottom: e.getBoundingClientRect().bottom, halo: getComputedStyle(e).stroke })"
    )
    assert text["bottom"] < 340
    assert text["halo"] == "none"
