"""After a pen touched once, fingers move the board; a tool that is only tapped still answers to them."""

import pytest
from playwright.async_api import expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit


async def with_pen(visit: Visit, ana: Person, board: str) -> BoardPage:
    """A page on which a pen has drawn a stroke, and its hand is long gone."""
    page = await BoardPage.open(await visit(ana, has_touch=True), board)
    await page.pen("mousePressed", 300, 500)
    await page.pen("mouseMoved", 380, 520)
    await page.pen("mouseReleased", 380, 520)
    await expect(page.page.locator("#pen-mode")).to_be_visible()
    await page.has_shapes(1)
    # Until then a touch would be the hand that holds the pen.
    since = await page.page.evaluate("performance.now()")
    await page.page.wait_for_function("since => performance.now() - since > 500", arg=since)
    return page


@pytest.mark.parametrize("tool", ["text", "note"])
async def test_a_finger_writes_where_it_taps(visit: Visit, ana: Person, shared_board: str, tool: str) -> None:
    page = await with_pen(visit, ana, shared_board)
    await page.pick(tool)
    await page.page.touchscreen.tap(600, 300)
    await expect(page.page.locator("#writing textarea")).to_be_focused()
    await page.page.keyboard.type("by finger")
    await page.page.keyboard.press("Escape")
    await page.has_shapes(2)
    shapes = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert [(shape["kind"], shape["text"]) for shape in shapes[1:]] == [(tool, "by finger")]


async def test_a_finger_still_moves_the_board_with_the_pen_in_hand(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await with_pen(visit, ana, shared_board)
    before = await page.camera()
    await page.touch("touchStart", (600, 300))
    await page.touch("touchMove", (660, 340))
    await page.touch("touchEnd")
    assert await page.camera() != before
    await page.has_shapes(1)
