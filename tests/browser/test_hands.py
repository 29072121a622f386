"""Gestures that go to the browser, or to another command, instead of to the board."""

from typing import Any

import pytest
from playwright.async_api import expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import after, opened, opened_to_select, press, rectangle

MAC = "Object.defineProperty(navigator, 'platform', {get: () => 'MacIntel'})"
WHEEL = """(selector) => {
    const options = {ctrlKey: true, deltaY: -50, clientX: 640, clientY: 400, bubbles: true, cancelable: true};
    return !document.querySelector(selector).dispatchEvent(new WheelEvent("wheel", options));
}"""
DROP = """([selector, kind, text]) => {
    const data = new DataTransfer();
    if (kind === "file") data.items.add(new File([text], "drawing.svg", {type: "image/svg+xml"}));
    else data.setData("text/uri-list", text);
    const options = {dataTransfer: data, clientX: 300, clientY: 20, bubbles: true, cancelable: true};
    const target = document.querySelector(selector);
    return ["dragover", "drop"].map((type) => !target.dispatchEvent(new DragEvent(type, options)));
}"""
PASS = """() => new Promise((done) => {
    const end = performance.now() + 700;
    const look = () => (performance.now() < end ? requestAnimationFrame(look) : done());
    look();
})"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="red"/></svg>'


@pytest.mark.parametrize("selected", [True, False])
async def test_ctrl_k_finds_a_command(visit: Visit, easel: Easel, ana: Person, selected: bool) -> None:
    page, _ = await opened_to_select(visit, easel, ana, rectangle())
    if selected:
        await page.page.mouse.click(360, 290)
        await expect(page.page.locator("#selection .box")).to_have_count(1)
    await press(page, "Control+k")
    await expect(page.page.locator("#palette")).to_be_visible()
    await page.page.keyboard.type("duplicate")
    await press(page, "Enter")
    await page.has_shapes(2 if selected else 1)


async def test_ctrl_and_a_click_on_a_mac_opens_the_menu(visit: Visit, ana: Person, shared_board: str) -> None:
    context = await visit(ana)
    await context.add_init_script(MAC)
    page = await BoardPage.open(context, shared_board)
    await page.pick("pen")
    await page.page.keyboard.down("Control")
    await page.page.mouse.click(500, 400)
    await page.page.keyboard.up("Control")
    await expect(page.page.locator("#context")).to_be_visible()
    await press(page, "Escape")
    await page.has_shapes(0)


async def test_ctrl_and_a_click_elsewhere_draws(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.pick("pen")
    await page.page.keyboard.down("Control")
    await page.page.mouse.click(500, 400)
    await page.page.keyboard.up("Control")
    await page.has_shapes(1)


async def test_ctrl_wheel_over_panels_zooms_the_board(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    level = page.page.locator("#zoom-level")
    for panel in ("#bar .panel", "#tools button", "#zoom", "#style button", "#people", "#menu", "#toasts"):
        before = await level.inner_text()
        assert await page.page.evaluate(WHEEL, panel), f"the browser would zoom the page: {panel}"
        await expect(level, panel).not_to_have_text(before)


async def test_ctrl_wheel_over_dialogs_does_nothing(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    for selector in ("#share-dialog", "#palette", "#help"):
        dialog = page.page.locator(selector)
        await dialog.evaluate("dialog => dialog.showModal()")
        assert await page.page.evaluate(WHEEL, selector), f"the browser would zoom the page: {selector}"
        await expect(page.page.locator("#zoom-level"), selector).to_have_text("100%")
        await dialog.evaluate("dialog => dialog.close()")


async def test_no_pinch_over_panels_zooms_the_page(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    script = """() => [...document.querySelectorAll("body > :not(main, script)")]
        .filter((e) => /auto|manipulation|pinch/.test(getComputedStyle(e).touchAction)).map((e) => e.id)"""
    assert await page.page.evaluate(script) == []


async def test_a_file_dropped_on_a_panel_goes_to_the_board(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    for count, target in enumerate(("#bar .panel", "#tools", "#zoom", "#style", "#surface"), start=1):
        assert await page.page.evaluate(DROP, [target, "file", SVG]) == [True, True], target
        await expect(page.page.locator("#shapes image"), target).to_have_count(count)


async def test_nothing_dropped_is_opened_in_the_pages_place(visit: Visit, ana: Person, ben: Person) -> None:
    board = await ana.create_board("Looked at", "link-view")
    context = await visit(ben)
    page = (await BoardPage.open(context, f"{ana.url}/boards/{board}")).page
    for thing in (
        ["#surface", "file", SVG],
        ["#bar .panel", "file", SVG],
        ["#surface", "link", "https://example.org/"],
    ):
        assert await page.evaluate(DROP, thing) == [True, True], thing
    await page.goto(f"{ana.url}/boards")
    for kind in ("file", "link"):
        assert await page.evaluate(DROP, ["main", kind, SVG]) == [True, True]


async def slow_pinch(page: BoardPage, *moves: tuple[float, float]) -> None:
    """The second finger comes 0.7 s, by the browser's clock, after the first, which has landed at 700, 500."""
    await page.touch("touchStart", (700, 500))
    for move in moves:
        await page.touch("touchMove", move)
    await page.page.evaluate(PASS)
    x, y = moves[-1]
    await page.touch("touchStart", (x, y), (560, 300))
    await page.touch("touchMove", (x + 30, y + 40), (530, 260))
    await page.touch("touchMove", (x + 60, y + 80), (500, 220))
    await page.touch("touchEnd")


@pytest.mark.parametrize("tool", ["pen", "highlighter", "eraser", "rectangle", "note", "select", "arrow", "text"])
async def test_a_slow_pinch_zooms_and_leaves_nothing(visit: Visit, easel: Easel, ana: Person, tool: str) -> None:
    under: dict[str, Any] = rectangle(x=680, y=480)
    page, board = await opened(visit, easel, ana, under, has_touch=True)
    await page.pick(tool)
    await slow_pinch(page, (704, 503))
    await expect(page.page.locator("#zoom-level")).not_to_have_text("100%")
    assert await after(page, ana, board) == {"a": (await ana.shapes(board))[0]}
    await expect(page.page.locator("textarea[aria-label=Text]")).to_have_count(0)
    await expect(page.page.locator("#context")).to_be_hidden()  # the finger's rest has opened it


async def test_a_palm_beside_a_long_stroke_does_not_end_it(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana, has_touch=True), shared_board)
    await page.pick("pen")
    await slow_pinch(page, (690, 500), (650, 510), (600, 520))
    await page.has_shapes(1)
    await expect(page.page.locator("#zoom-level")).to_have_text("100%")


async def pen_stroke(page: BoardPage, *forces: float) -> None:
    await page.pen("mousePressed", 400, 300, forces[0])
    for i, force in enumerate(forces):
        await page.pen("mouseMoved", 400 + 12 * i, 300 + 4 * i, force)
    await page.pen("mouseReleased", 400 + 12 * len(forces), 300, 0)


async def test_a_real_pens_pressure_counts(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana)
    await page.pick("pen")
    await pen_stroke(page, *[0.1 + 0.08 * i for i in range(10)])
    [stroke] = (await after(page, ana, board)).values()
    assert stroke["pressures"][0] < 0.3 < 0.6 < max(stroke["pressures"])
    await page.drag([(400, 500), (500, 520)])
    await page.has_shapes(2)
    plain = [shape for shape in (await after(page, ana, board)).values() if not shape["pressures"]]
    assert len(plain) == 1, "a mouse knows no pressure"


async def test_a_pen_without_pressure_draws_as_a_mouse(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana)
    await page.pick("pen")
    await pen_stroke(page, *[0.5] * 10)
    [stroke] = (await after(page, ana, board)).values()
    assert stroke["pressures"] == []


async def test_pressure_can_be_turned_off(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana)
    await page.pick("pen")
    pressure = page.page.locator("#style [data-field=pressure]")
    await expect(pressure.get_by_label("Pen")).to_have_attribute("aria-pressed", "true")
    await pressure.get_by_label("Off").click()
    await pen_stroke(page, *[0.1 + 0.08 * i for i in range(10)])
    [stroke] = (await after(page, ana, board)).values()
    assert stroke["pressures"] == []
