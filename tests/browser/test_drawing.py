"""What one person's hand can do on a board: mouse, finger, pen, wheel and keys."""

import pytest
from playwright.async_api import expect

from harness.people import Person, stroke
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit

PHONE = {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True}


async def test_a_draft_does_not_move_when_the_server_confirms_it(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    box = "e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.right, r.bottom] }"
    gate = page.page.context
    await gate.route("**/changes", lambda route: route.abort())
    await page.draw(wave(333, 277))
    await expect(page.page.locator(".drafts[data-pending]")).to_be_attached()
    draft = await page.page.locator("#shapes > [id]").first.evaluate(box)
    await gate.unroute_all()
    await page.has_shapes(1, timeout=30_000)
    shape = await page.page.locator("#shapes > [id]").first.evaluate(box)
    assert draft == pytest.approx(shape, abs=0.5)


async def test_a_tap_makes_a_dot(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.pick("pen")
    await page.page.mouse.click(640, 400)
    await page.has_shapes(1)


async def test_the_eraser_removes_whole_shapes_on_release(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.draw(wave(300, 300))
    await page.draw(wave(300, 500))
    await page.has_shapes(2)
    await page.pick("eraser")
    await page.drag([(360, 260), (360, 380)])
    await page.has_shapes(1)


async def test_escape_takes_an_erasure_back_before_release(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.draw(wave(300, 300))
    await page.has_shapes(1)
    await page.pick("eraser")
    await page.page.mouse.move(360, 260)
    await page.page.mouse.down()
    await page.page.mouse.move(360, 380, steps=6)
    await page.page.keyboard.press("Escape")
    await page.page.mouse.up()
    await page.draw(wave(300, 500))
    await page.has_shapes(2)


async def test_undo_and_redo_work_on_ones_own_changes_and_survive_a_reload(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.draw(wave(300, 300))
    await page.draw(wave(300, 400))
    await page.has_shapes(2)
    assert (await ben.draw(shared_board.rsplit("/", 1)[1], stroke(points=[500, 500, 600, 600]))).status == 201
    await page.has_shapes(3)
    await page.page.keyboard.press("Control+z")
    await page.has_shapes(2)
    await page.page.reload()
    await page.ready()
    await page.page.locator("#undo").click()
    await page.has_shapes(1)
    await page.page.keyboard.press("Control+Shift+z")
    await page.has_shapes(2)
    await page.page.locator("#redo").click()
    await page.has_shapes(3)


async def test_wheel_pans_and_ctrl_wheel_zooms_at_the_pointer(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.draw(wave(300, 300))
    await page.has_shapes(1)
    box = "e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.width] }"
    shape = page.page.locator("#shapes > [id]").first
    before = await shape.evaluate(box)
    await page.page.mouse.move(before[0], before[1])
    await page.page.mouse.wheel(30, 50)
    await shape_is_at(page, [before[0] - 30, before[1] - 50, before[2]])
    await page.page.mouse.wheel(-30, -50)
    await page.page.keyboard.down("Control")
    await page.page.mouse.wheel(0, -100)
    await page.page.keyboard.up("Control")
    await expect(page.page.locator("#zoom-level")).not_to_have_text("100%")
    zoomed = await shape.evaluate(box)
    assert zoomed[:2] == pytest.approx(before[:2], abs=3)
    assert zoomed[2] > before[2] * 1.05


async def shape_is_at(page: BoardPage, box: list[float]) -> None:
    """Waits until the first shape is at this x, y with this width, within 1 px."""
    await page.page.wait_for_function(
        "box => { const r = document.querySelector('#shapes > [id]').getBoundingClientRect();"
        " return [r.x, r.y, r.width].every((v, i) => Math.abs(v - box[i]) < 1) }",
        arg=box,
    )


async def test_shift_1_fits_the_board_and_space_drags_it(visit: Visit, ana: Person, shared_board: str) -> None:
    board = shared_board.rsplit("/", 1)[1]
    await ana.draw(board, stroke(points=[5000, 5000, 6000, 5500]))
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("Shift+Digit1")
    shape = page.page.locator("#shapes > [id]").first
    await expect(shape).to_be_in_viewport()
    before = await page.camera()
    await page.page.keyboard.down("Space")
    await page.drag([(400, 300), (500, 380)])
    await page.page.keyboard.up("Space")
    assert await page.camera() != before
    await page.has_shapes(1)


async def test_a_finger_draws_and_two_fingers_pan_and_zoom_on_a_phone(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana, **PHONE), shared_board)
    await page.page.locator("#tools [data-tool=pen]").tap()
    await page.touch("touchStart", (100, 300))
    await page.touch("touchMove", (150, 340))
    await page.touch("touchMove", (220, 320))
    await page.touch("touchEnd")
    await page.has_shapes(1)
    before = await page.camera()
    await page.touch("touchStart", (120, 300), (220, 400))
    await page.touch("touchMove", (100, 280), (240, 420))
    await page.touch("touchMove", (60, 240), (280, 460))
    await page.touch("touchEnd")
    assert await page.camera() != before
    await page.has_shapes(1)
    width = await page.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 375


async def test_a_refused_change_is_rolled_back_and_a_toast_says_why(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    refusal = '{"error": {"code": "board_full", "message": "A board can have at most 20000 shapes.", "limit": 20000}}'
    await page.page.route(
        "**/changes", lambda route: route.fulfill(status=422, content_type="application/json", body=refusal)
    )
    await page.draw(wave(300, 300))
    await page.toast("at most 20000 shapes")
    await page.has_shapes(0)
    await page.page.unroute_all()
    await page.draw(wave(300, 400))
    await page.has_shapes(1)


async def test_a_board_reads_without_javascript(visit: Visit, ana: Person, shared_board: str) -> None:
    board = shared_board.rsplit("/", 1)[1]
    await ana.draw(board, stroke("far", points=[3000, 3000, 3300, 3200], color="blue"))
    context = await visit(ana, java_script_enabled=False)
    page = await context.new_page()
    await page.goto(shared_board)
    await expect(page.locator("#shapes [id=far]")).to_be_in_viewport()
    await expect(page.locator("#tools")).to_be_hidden()
    await expect(page.locator("header h1")).to_have_text("Shared")


async def test_a_viewer_can_look_but_nothing_pretends_to_be_editable(
    visit: Visit, ana: Person, ben: Person, easel: Easel
) -> None:
    board = await ana.create_board("Look", "link-view")
    await ana.draw(board, stroke(points=[300, 300, 500, 400]))
    page = await BoardPage.open(await visit(ben), f"{easel.url}/boards/{board}")
    await expect(page.page.locator("#tools [data-tool=pen]")).to_be_hidden()
    before = await page.camera()
    await page.drag([(400, 300), (480, 360)])
    assert await page.camera() != before
    await page.has_shapes(1)


async def test_keys_pick_tools(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    for key, tool in {"e": "eraser", "h": "hand", "p": "pen", "0": "eraser", "7": "pen"}.items():
        await page.page.keyboard.press(key)
        await expect(page.page.locator(f"#tools [data-tool={tool}]")).to_have_attribute("aria-pressed", "true")


async def test_a_shape_may_be_called_like_anything_on_the_page(visit: Visit, ana: Person, shared_board: str) -> None:
    """Ids are whoever's draws: none takes the place of what the page's script looks for, or of what objects have."""
    page = await BoardPage.open(await visit(ana), shared_board)
    names = "[...document.querySelectorAll('[id]')].map(e => e.id).concat(['sign-in', 'resume', 'boards', 'stream'])"
    ids = [*dict.fromkeys(await page.page.evaluate(names)), "__proto__", "constructor", "toString", "hasOwnProperty"]
    shapes = [stroke(id, x=2000 + n * 10, y=2000) for n, id in enumerate(ids)]
    assert (await ana.draw(shared_board.rsplit("/", 1)[1], *shapes)).status == 201
    await page.has_shapes(len(ids))
    await page.page.reload()
    await page.ready()
    await page.draw(wave(333, 277))
    await page.has_shapes(len(ids) + 1)
    await page.page.keyboard.press("Control+z")
    await page.has_shapes(len(ids))
    await page.pick("select")
    await page.page.keyboard.press("Control+a")
    await page.page.keyboard.press("ArrowRight")
    await page.page.keyboard.press("Delete")
    await page.has_shapes(0)
