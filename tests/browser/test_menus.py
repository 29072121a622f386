"""The menu of a shape and of the board, by mouse, by keyboard and by finger."""

import pytest
from playwright.async_api import expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import PHONE, opened, rectangle, shape_is


async def test_the_menu_of_a_shape_is_used_by_mouse_and_by_arrows(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, rectangle(), rectangle("b", y=400))
    await page.page.keyboard.press("v")
    await page.page.mouse.click(340, 270, button="right")
    menu = page.page.get_by_role("menu", name="Menu of the board")
    await expect(menu.get_by_role("menuitem", name="Cut")).to_be_focused()
    await page.page.keyboard.press("ArrowDown")
    await expect(menu.get_by_role("menuitem", name="Copy", exact=True)).to_be_focused()
    await page.page.keyboard.press("End")
    await expect(menu.get_by_role("menuitem", name="Delete")).to_be_focused()
    await page.page.keyboard.press("Home")
    await page.page.keyboard.press("l")
    await expect(menu.get_by_role("menuitem", name="Lock")).to_be_focused()
    await page.page.keyboard.press("Enter")
    await expect(menu).to_be_hidden()
    await expect(page.page.locator("#canvas")).to_be_focused()
    await shape_is(ana, page, board, locked="owner")
    await page.page.mouse.click(340, 420, button="right")
    await menu.get_by_role("menuitem", name="Delete").click()
    await page.has_shapes(1)


async def test_a_right_drag_pans_and_opens_no_menu(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, rectangle())
    before = await page.camera()
    await page.page.mouse.move(700, 400)
    await page.page.mouse.down(button="right")
    await page.page.mouse.move(760, 440, steps=4)
    await page.page.mouse.up(button="right")
    assert await page.camera() != before
    await expect(page.page.locator("#context")).to_be_hidden()


async def test_the_menu_key_opens_a_menu_at_the_selection_and_escape_closes_it(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana, rectangle())
    await page.page.keyboard.press("v")
    await page.page.keyboard.press("Control+a")
    await page.page.keyboard.press("Shift+F10")
    menu = page.page.locator("#context")
    await expect(menu).to_be_visible()
    await page.page.keyboard.press("Escape")
    await expect(menu).to_be_hidden()
    await expect(page.page.locator("#style [data-acts]").first).to_be_visible()  # the selection is still there


async def test_a_long_press_opens_the_menu_on_a_phone(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, rectangle(x=100, y=250), **PHONE)
    await page.page.locator("#tools [data-tool=select]").tap()
    await page.touch("touchStart", (120, 270))
    menu = page.page.locator("#context")
    await expect(menu).to_be_visible()
    await page.touch("touchEnd")
    await expect(menu).to_be_visible()
    await menu.get_by_role("menuitem", name="Duplicate").tap()
    await page.has_shapes(2)
    assert len(await ana.shapes(board)) == 2


async def test_a_finger_copies_and_pastes_by_the_menu(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, rectangle(x=100, y=250, text="Here"), **PHONE)
    await page.page.locator("#tools [data-tool=select]").tap()
    menu = page.page.locator("#context")
    for place, item in (((120, 270), "Copy"), ((300, 500), "Paste")):
        await page.touch("touchStart", place)
        await expect(menu).to_be_visible()
        await page.touch("touchEnd")
        await menu.get_by_role("menuitem", name=item, exact=True).tap()
        await expect(menu).to_be_hidden()
    await page.has_shapes(2)
    assert [shape["text"] for shape in await ana.shapes(board)] == ["Here", "Here"]


async def test_the_menu_tells_the_keys_to_who_does_not_see_them(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, rectangle())
    await page.page.keyboard.press("v")
    await page.page.mouse.click(380, 290, button="right")
    item = page.page.get_by_role("menuitem", name="Duplicate")
    await expect(item).to_have_attribute("aria-keyshortcuts", "Control+D")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (375, 667)])
async def test_every_entry_of_the_menu_is_reached_by_keyboard(
    visit: Visit, ana: Person, shared_board: str, width: int, height: int
) -> None:
    one = await BoardPage.open(await visit(ana, viewport={"width": width, "height": height}), shared_board)
    page = one.page
    await page.locator("#menu-open").focus()
    await page.keyboard.press("Enter")
    preferences = page.get_by_role("menuitem", name="Preferences")
    if width > height:  # all of it is in view
        await expect(page.get_by_role("menuitem", name="Delete the board")).to_be_in_viewport(ratio=1)
    await page.keyboard.press("p")
    while not await preferences.evaluate("item => item === document.activeElement"):
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitemcheckbox", name="Dots on the paper")).to_be_focused()
    await page.keyboard.press("End")
    last = page.get_by_role("menuitem", name="Delete the board")
    await expect(last).to_be_focused()
    await expect(last).to_be_in_viewport(ratio=1)
    await page.keyboard.press("Escape")
    await expect(page.locator("#menu-open")).to_be_focused()
