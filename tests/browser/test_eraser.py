"""The eraser: what it dims, cuts and takes, and how Alt gives it back."""

from typing import Any

import pytest
from playwright.async_api import expect

from harness.people import Person
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.browser.ink import BOX, style, wobble


async def test_alt_takes_back_what_the_eraser_has_passed(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.draw(wave(340, 300))
    await page.draw(wave(340, 420))
    await page.has_shapes(2)
    await page.page.keyboard.press("e")
    await page.page.mouse.move(400, 280)
    await page.page.mouse.down()
    await page.page.mouse.move(400, 480, steps=10)
    await page.page.keyboard.down("Alt")
    await page.page.mouse.move(400, 400, steps=6)
    await page.page.keyboard.up("Alt")
    await page.page.mouse.up()
    await page.has_shapes(1)
    [left] = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert left["y"] == pytest.approx(420, abs=2)


async def test_the_eraser_dims_and_takes_shapes_of_every_kind_but_locked_ones(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    board = shared_board.rsplit("/", 1)[1]
    things: list[dict[str, Any]] = [
        {"kind": "rectangle", "w": 80, "h": 80},
        {"kind": "ellipse", "w": 80, "h": 80, "fill": "tint"},
        {"kind": "text", "text": "A word"},
        {"kind": "note", "w": 80, "h": 80},
        {"kind": "arrow", "points": [0, 0, 60, 80]},
        {"kind": "frame", "w": 80, "h": 80},
        {"kind": "diamond", "w": 80, "h": 80, "locked": True},
    ]
    await ana.draw(board, *[{"id": f"s{n}", "x": 320 + 100 * n, "y": 300, **thing} for n, thing in enumerate(things)])
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("e")
    await page.page.mouse.move(300, 320)
    await page.page.mouse.down()
    await page.page.mouse.move(1050, 320, steps=12)
    for n in range(len(things)):
        await expect(page.page.locator(f"#s{n}")).to_have_css("opacity", "0.32" if n < 6 else "1")
    await page.page.mouse.up()
    await page.has_shapes(1)
    [left] = await ana.shapes(board)
    assert left["kind"] == "diamond"


async def test_the_eraser_cuts_a_stroke_and_what_is_left_does_not_move(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await style(page, erase="part", color="red", width=8)
    await page.draw(wobble(330, 300))
    await page.has_shapes(1)
    [whole] = await ana.shapes(shared_board.rsplit("/", 1)[1])
    before = await page.page.locator("#shapes [id]").evaluate(BOX)
    await page.page.keyboard.press("e")
    await page.page.mouse.move(480, 200)
    await page.page.mouse.down()
    await page.page.mouse.move(480, 440, steps=6)
    await expect(page.page.locator(".drafts [id]")).to_have_count(2)
    await page.page.mouse.up()
    await page.has_shapes(2)
    boxes = await page.page.locator("#shapes [id]").evaluate_all(f"found => found.map({BOX})")
    left, right = sorted(boxes)
    assert [left[0], right[2]] == pytest.approx([before[0], before[2]], abs=0.5)
    # The eraser's 16 px, and half a line's width for the round end on either side.
    assert right[0] - left[2] == pytest.approx(24, abs=1)
    for piece in await ana.shapes(shared_board.rsplit("/", 1)[1]):
        own = ("id", "points", "z", "ts")
        assert {name: piece[name] for name in whole if name not in own} == {
            name: whole[name] for name in whole if name not in own
        }
    await page.page.keyboard.press("Control+z")
    await page.has_shapes(1)
