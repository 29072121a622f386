"""The tools, and how they fit windows of every size."""

from playwright.async_api import Page, expect

from harness.people import Person, stroke
from harness.processes import Easel
from tests.browser.conftest import Visit
from tests.browser.seeded import PHONE, opened, rectangle


async def uncovered(page: Page, left: int, top: int, right: int, bottom: int) -> bool:
    """Whether a pointer anywhere in this part of the window meets the board."""
    script = """([left, top, right, bottom]) => {
        for (let x = left; x <= right; x += 20) for (let y = top; y <= bottom; y += 20) {
            if (!document.elementFromPoint(x, y)?.closest("#canvas")) return false;
        }
        return true;
    }"""
    return bool(await page.evaluate(script, [left, top, right, bottom]))


async def test_every_tool_has_a_button_with_its_number_and_its_key_takes_it(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana)
    keys = {"1": "select", "2": "rectangle", "3": "diamond", "4": "ellipse", "5": "arrow", "6": "line", "7": "pen"}
    keys |= {"8": "text", "0": "eraser", "h": "hand", "n": "note", "f": "frame", "k": "laser", "Shift+P": "highlighter"}
    for key, tool in keys.items():
        await page.page.keyboard.press(key)
        button = page.page.locator(f"#tools [data-tool={tool}]")
        await expect(button).to_have_attribute("aria-pressed", "true")
        if key.isdigit():
            await expect(button).to_have_attribute("data-cap", key)


async def test_a_tool_from_the_last_button_is_seen_there_while_it_is_in_hand(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana)
    await page.pick("frame")
    await expect(page.page.locator("#more")).to_be_hidden()
    opener = page.page.get_by_role("button", name="More tools: Frame")
    await expect(opener).to_have_attribute("data-chosen", "")
    await page.page.keyboard.press("p")
    await expect(page.page.get_by_role("button", name="More tools", exact=True)).to_be_visible()


async def test_no_panel_covers_the_middle_of_the_board(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, rectangle(), rectangle("b", y=400), stroke("c"))
    for key in ("p", "5", "n", "e", "v", "Control+a"):
        await page.page.keyboard.press(key)
        await page.page.evaluate("new Promise(requestAnimationFrame)")
        assert await uncovered(page.page, 280, 200, 1080, 600), key


async def test_what_a_finger_presses_is_large_and_nothing_is_wider_than_a_phone(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana, rectangle(x=100, y=250), **PHONE)
    small = """() => [...document.querySelectorAll("button, a, select, input:not([type=range])")]
        .filter((e) => e.checkVisibility() && !e.classList.contains("skip"))
        .map((e) => [e.id || e.getAttribute("aria-label") || e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, { width, height }]) => Math.min(width, height) < 44)
        .map(([name, { width, height }]) => `${name}: ${width} x ${height}`)"""
    wide = "document.documentElement.scrollWidth"
    await page.page.locator("#tools [data-tool=select]").tap()
    await page.page.touchscreen.tap(120, 270)
    for opener in ("#more-open", "#style-open", "#menu-open"):
        await page.page.locator(opener).tap()
        assert await page.page.evaluate(small) == [], opener
        assert await page.page.evaluate(wide) <= 375, opener
        await page.page.keyboard.press("Escape")


async def test_the_tools_of_a_phone_are_all_there_under_one_thumb(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, **PHONE)
    box = await page.page.locator("#tools").bounding_box()
    assert box
    assert box["y"] > 600
    await page.page.locator("#more-open").tap()
    await page.page.locator("#tools [data-tool=diamond]").tap()
    await page.touch("touchStart", (100, 300))
    await page.touch("touchMove", (150, 340))
    await page.touch("touchMove", (220, 380))
    await page.touch("touchEnd")
    await page.has_shapes(1)
    # Clicks: for some 400 ms after a swipe Chromium takes a tap for what stops its fling.
    await page.page.locator("#trash").click()
    await page.has_shapes(0)
    await page.page.locator("#undo").click()
    await page.has_shapes(1)
    assert [shape["kind"] for shape in await ana.shapes(board)] == ["diamond"]


async def test_a_page_turned_small_and_large_again_keeps_its_tools_in_order(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana)
    order = "() => [...document.querySelectorAll('#reach [data-tool]')].map((e) => e.dataset.tool).join(' ')"
    before = await page.page.evaluate(order)
    await page.page.set_viewport_size({"width": 375, "height": 700})
    await expect(page.page.locator("#more [data-tool=diamond]")).to_be_attached()
    await page.page.set_viewport_size({"width": 1280, "height": 800})
    await expect(page.page.locator("#reach [data-tool=diamond]")).to_be_visible()
    assert await page.page.evaluate(order) == before


async def test_a_finger_leaves_no_button_as_if_a_mouse_were_over_it(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, **PHONE)
    button = page.page.locator("#tools [data-tool=rectangle]")
    await button.tap()
    await page.page.keyboard.press("v")
    await expect(button).to_have_css("background-color", "rgba(0, 0, 0, 0)")
