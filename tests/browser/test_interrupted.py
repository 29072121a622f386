"""Work that is discarded because something else takes the pointer, the key or the window."""

import pytest
from playwright.async_api import expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.browser.seeded import after, opened, opened_to_select, press, rectangle

LOSE = """kind => {
    const { pointerId, pointerType } = window.pressed;
    document.querySelector("#surface").dispatchEvent(new PointerEvent(kind, {pointerId, pointerType, bubbles: true}));
}"""
WATCH = "addEventListener('pointerdown', (event) => (window.pressed = event), true)"
AWAY = """() => {
    for (const hidden of [true, false]) {
        Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
        document.dispatchEvent(new Event("visibilitychange"));
    }
    delete document.hidden;
}"""
DEAF = """() => ["pointerup", "lostpointercapture"].forEach((kind) =>
    addEventListener(kind, (event) => event.stopImmediatePropagation(), {capture: true, once: true}))"""


async def lose(page: BoardPage, kind: str) -> None:
    """The browser says to the page that it takes the pointer."""
    await page.page.evaluate(LOSE, kind)


@pytest.mark.parametrize("kind", ["pointercancel", "lostpointercapture"])
async def test_a_pens_stroke_outlives_its_pointer(visit: Visit, ana: Person, shared_board: str, kind: str) -> None:
    context = await visit(ana)
    await context.add_init_script(WATCH)
    page = await BoardPage.open(context, shared_board)
    await press(page, "p")
    await page.pen("mousePressed", 300, 300)
    for x in range(310, 400, 10):
        await page.pen("mouseMoved", x, 320)
    await lose(page, kind)
    await page.has_shapes(1)
    await page.pen("mouseReleased", 400, 320)
    await page.has_shapes(1)


async def test_a_mouses_drag_outlives_its_pointer(visit: Visit, easel: Easel, ana: Person) -> None:
    context = await visit(ana)
    await context.add_init_script(WATCH)
    board = await ana.create_board("Dragged", "link-edit")
    await ana.draw(board, rectangle())
    page = await BoardPage.open(context, f"{easel.url}/boards/{board}")
    await press(page, "v")
    await page.page.mouse.move(360, 290)
    await page.page.mouse.down()
    await page.page.mouse.move(460, 340, steps=5)
    await lose(page, "lostpointercapture")
    await page.page.mouse.up()
    shapes = await after(page, ana, board)
    assert (shapes["a"]["x"], shapes["a"]["y"]) == (420, 300)


async def test_a_fingers_stroke_does_not(visit: Visit, ana: Person, shared_board: str) -> None:
    """It was a palm, or a gesture of the system."""
    page = await BoardPage.open(await visit(ana, has_touch=True), shared_board)
    await page.touch("touchStart", (300, 300))
    await page.touch("touchMove", (360, 340))
    await expect(page.page.locator(".drafts > g")).to_have_count(1)
    await page.touch("touchCancel")
    await expect(page.page.locator(".drafts > g")).to_have_count(0)
    await page.has_shapes(0)


async def test_a_stroke_is_kept_when_the_tab_is_hidden(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await press(page, "p")
    await page.page.mouse.move(300, 300)
    await page.page.mouse.down()
    await page.page.mouse.move(400, 320, steps=6)
    await page.page.evaluate(AWAY)
    await page.has_shapes(1)
    await page.page.mouse.up()
    await page.has_shapes(1)


async def test_a_button_lifted_unheard_ends_the_stroke(visit: Visit, ana: Person, shared_board: str) -> None:
    """During an alert, or in another window: the line must not follow a mouse with no button down."""
    page = await BoardPage.open(await visit(ana), shared_board)
    await press(page, "p")
    await page.page.mouse.move(300, 300)
    await page.page.mouse.down()
    await page.page.mouse.move(400, 320, steps=6)
    await page.page.evaluate(DEAF)
    await page.page.mouse.up()
    await page.page.mouse.move(700, 600, steps=4)
    await page.has_shapes(1)
    await page.saved()
    [stroke] = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert max(stroke["points"][::2]) < 110


async def test_another_tool_by_key_keeps_what_is_drawn(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await press(page, "p")
    await page.page.mouse.move(300, 300)
    await page.page.mouse.down()
    await page.page.mouse.move(400, 320, steps=6)
    await press(page, "v")
    await page.has_shapes(1)
    await page.page.mouse.up()
    await expect(page.page.locator("#tools [data-tool=select]")).to_have_attribute("aria-pressed", "true")


async def test_another_tool_by_key_keeps_what_was_moved(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, rectangle())
    await page.page.mouse.move(360, 290)
    await page.page.mouse.down()
    await page.page.mouse.move(460, 340, steps=5)
    await press(page, "p")
    shapes = await after(page, ana, board)
    assert (shapes["a"]["x"], shapes["a"]["y"]) == (420, 300)


@pytest.mark.parametrize("key", ["l", "a"])
async def test_escape_ends_a_clicked_line_as_one_step(visit: Visit, easel: Easel, ana: Person, key: str) -> None:
    page, board = await opened(visit, easel, ana)
    await press(page, key)
    for place in [(300, 300), (400, 300), (400, 400)]:
        await page.page.mouse.click(*place)
    await press(page, "Escape")
    [line] = (await after(page, ana, board)).values()
    assert line["points"] == [0, 0, 100, 0, 100, 100]
    await press(page, "Control+z")
    await page.has_shapes(0)


async def test_escape_with_one_point_makes_nothing(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana)
    await press(page, "l")
    await page.page.mouse.click(300, 300)
    await press(page, "Escape")
    await page.draw(wave(300, 300))
    await page.has_shapes(1)
