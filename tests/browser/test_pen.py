"""The pen and the hand that holds it: pen mode, palms, and the end that erases."""

import pytest
from playwright.async_api import expect

from harness.people import Person
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit


async def test_a_pen_turns_on_pen_mode_in_which_fingers_pan(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana, has_touch=True), shared_board)
    await page.page.keyboard.press("p")
    mode = page.page.locator("#pen-mode")
    await expect(mode).to_be_hidden()
    await pen_stroke(page, 400, 300)
    await page.has_shapes(1)
    await expect(mode).to_have_attribute("aria-pressed", "true")
    before = await page.camera()
    while await page.camera() == before:  # for half a second after ink a touch is a palm, and does nothing at all
        await finger_stroke(page)
    await page.has_shapes(1)
    await mode.click()
    await expect(mode).to_have_attribute("aria-pressed", "false")
    await finger_stroke(page)
    await page.has_shapes(2)
    await pen_stroke(page, 400, 500)
    await page.has_shapes(3)
    await expect(mode).to_have_attribute("aria-pressed", "false")


async def pen_stroke(page: BoardPage, x: float, y: float) -> None:
    await page.pen("mousePressed", x, y, 0.3)
    for i in range(1, 9):
        await page.pen("mouseMoved", x + 12 * i, y + 4 * i, 0.3 + i / 20)
    await page.pen("mouseReleased", x + 96, y + 32, 0)


async def finger_stroke(page: BoardPage) -> None:
    await page.touch("touchStart", (500, 300))
    for i in range(1, 6):
        await page.touch("touchMove", (500 + 15 * i, 300 + 10 * i))
    await page.touch("touchEnd")


async def test_a_palm_neither_draws_nor_moves_the_board(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana, has_touch=True), shared_board)
    await page.page.keyboard.press("p")
    before = await page.camera()
    await page.pen("mousePressed", 400, 300, 0.3)
    await page.pen("mouseMoved", 440, 310, 0.4)
    await page.touch("touchStart", (600, 500))
    await page.touch("touchMove", (640, 540))
    await page.pen("mouseMoved", 520, 330, 0.4)
    await page.touch("touchEnd")
    await page.pen("mouseReleased", 520, 330, 0)
    await page.has_shapes(1)
    assert await page.camera() == before


async def test_a_pen_takes_over_from_the_hand_that_lies_on_the_glass(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana, has_touch=True), shared_board)
    await page.page.keyboard.press("p")
    await page.touch("touchStart", (600, 500))
    await pen_stroke(page, 400, 300)
    await page.touch("touchEnd")
    await page.has_shapes(1)
    [line] = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert line["x"] == pytest.approx(400, abs=1)


async def test_the_barrel_button_and_the_other_end_of_a_pen_erase(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.draw(wave(340, 300))
    await page.draw(wave(340, 420))
    await page.has_shapes(2)
    await page.page.keyboard.press("p")
    await page.pen("mousePressed", 400, 280, 0.3, "right")
    await page.pen("mouseMoved", 400, 340, 0.3, "right")
    await page.pen("mouseReleased", 400, 340, 0, "right")
    await page.has_shapes(1)
    # The devtools protocol has no eraser end: the same events, by script.
    await page.page.mouse.move(300, 300)
    await page.page.evaluate(
        """() => { const surface = document.querySelector('#surface');
        const send = (kind, y, more) => surface.dispatchEvent(new PointerEvent(kind,
            { pointerId: 1, pointerType: 'pen', clientX: 400, clientY: y, bubbles: true, cancelable: true, ...more }));
        send('pointerdown', 400, { button: 5, buttons: 32 });
        send('pointermove', 460, { button: -1, buttons: 32 });
        send('pointerup', 460, { button: 5 }); }"""
    )
    await page.has_shapes(0)
