"""Side effects of a press that only closes something: a dot on the board, another tool, another page."""

import re

import pytest
from playwright.async_api import Page, expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.browser.seeded import opened, opened_to_select, press, rectangle

TABLET = {"viewport": {"width": 900, "height": 700}, "has_touch": True, "is_mobile": True}
PLACE = (450, 200)


async def tap(board: BoardPage, pointer: str, x: float = PLACE[0], y: float = PLACE[1]) -> None:
    if pointer == "finger":
        await board.touch("touchStart", (x, y))
        await board.touch("touchEnd")
    elif pointer == "pen":
        await board.pen("mousePressed", x, y)
        await board.pen("mouseReleased", x, y, 0)
    else:
        await board.page.mouse.click(x, y)


async def draws_nothing_then_draws(board: BoardPage, pointer: str) -> None:
    await board.has_shapes(0)
    await tap(board, pointer)
    await board.has_shapes(1)


@pytest.mark.parametrize("pointer", ["mouse", "finger", "pen"])
@pytest.mark.parametrize("name", ["menu", "style", "more"])
async def test_a_press_on_the_board_only_closes_what_is_open(
    visit: Visit, ana: Person, shared_board: str, pointer: str, name: str
) -> None:
    board = await BoardPage.open(await visit(ana, **TABLET), shared_board)
    await board.pick("pen")
    await board.page.locator(f"#{name}-open").click()
    await expect(board.page.locator(f"#{name}")).to_be_visible()
    await tap(board, pointer)
    await expect(board.page.locator(f"#{name}")).to_be_hidden()
    await draws_nothing_then_draws(board, pointer)


async def test_a_stroke_that_begins_by_closing_draws_nothing(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await BoardPage.open(await visit(ana), shared_board)
    await board.pick("pen")
    await board.page.locator("#menu-open").click()
    await board.drag(wave(300, 400))
    await expect(board.page.locator("#menu")).to_be_hidden()
    await draws_nothing_then_draws(board, "mouse")


async def test_a_press_on_a_bar_only_closes_what_is_open(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await BoardPage.open(await visit(ana), shared_board)
    menu = board.page.locator("#menu")
    for target in [
        "#tools [data-tool=ellipse]",
        ".home",
        "#share",
        "#style [data-field=color] [data-value=red]",
        "#title",
    ]:
        await board.page.locator("#menu-open").click()
        await expect(menu).to_be_visible()
        await board.page.locator(target).click(force=True)
        await expect(menu).to_be_hidden()
    assert board.page.url == shared_board
    await expect(board.page.locator("#tools [data-tool=pen]")).to_have_attribute("aria-pressed", "true")
    await expect(board.page.locator("#share-dialog")).to_be_hidden()
    await expect(board.page.locator("#style [data-field=color] [data-value=red]")).to_have_attribute(
        "aria-pressed", "false"
    )
    await expect(board.page.locator("#rename")).to_be_hidden()
    await board.page.locator("#tools [data-tool=ellipse]").click()
    await expect(board.page.locator("#tools [data-tool=ellipse]")).to_have_attribute("aria-pressed", "true")


async def test_a_buttons_own_menu_closes_by_it(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await BoardPage.open(await visit(ana), shared_board)
    for _ in range(2):
        await board.page.locator("#menu-open").click()
        await expect(board.page.locator("#menu")).to_be_visible()
        await board.page.locator("#menu-open").click()
        await expect(board.page.locator("#menu")).to_be_hidden()


async def test_a_press_beside_the_context_menu_only_closes_it(visit: Visit, easel: Easel, ana: Person) -> None:
    board, _ = await opened_to_select(visit, easel, ana, rectangle())
    await board.page.mouse.click(360, 290)
    await board.page.mouse.click(360, 290, button="right")
    await expect(board.page.locator("#context")).to_be_visible()
    await board.page.mouse.click(700, 600)
    await expect(board.page.locator("#context")).to_be_hidden()
    await expect(board.page.locator("#selection .box")).to_have_count(1)
    await board.page.mouse.click(700, 600)
    await expect(board.page.locator("#selection .box")).to_have_count(0)


async def test_a_right_press_elsewhere_moves_the_context_menu(visit: Visit, easel: Easel, ana: Person) -> None:
    board, _ = await opened_to_select(visit, easel, ana)
    await board.page.mouse.click(400, 200, button="right")
    await expect(board.page.locator("#context")).to_be_visible()
    await board.page.mouse.click(900, 300, button="right")
    await expect(board.page.locator("#context")).to_have_css("left", "900px")


async def test_a_press_beside_a_text_being_written_only_ends_it(visit: Visit, easel: Easel, ana: Person) -> None:
    board, _ = await opened(visit, easel, ana)
    await press(board, "Alt+Shift+D", "q", "t")
    await board.page.mouse.click(400, 300)
    await board.page.keyboard.type("Words")
    await board.page.mouse.click(700, 500)
    await expect(board.page.locator("textarea[aria-label=Text]")).to_have_count(0)
    await board.has_shapes(1)
    await board.page.mouse.click(700, 500)
    await expect(board.page.locator("textarea[aria-label=Text]")).to_have_count(1)


async def test_a_press_beside_the_colour_picker_only_closes_it(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await BoardPage.open(await visit(ana), shared_board)
    await board.pick("pen")
    await board.page.locator("#custom-color").click()
    await board.page.wait_for_function("() => document.querySelector('#custom-color').matches(':open')")
    await board.page.evaluate("() => new Promise(requestAnimationFrame)")
    await tap(board, "mouse")
    await board.page.wait_for_function("() => !document.querySelector('#custom-color').matches(':open')")
    await draws_nothing_then_draws(board, "mouse")


async def test_a_press_beside_the_boards_name_only_ends_it(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await BoardPage.open(await visit(ana), shared_board)
    await board.page.locator("#rename-open").click()
    await board.page.keyboard.type("Another name")
    await tap(board, "mouse")
    await expect(board.page.locator("#title")).to_have_text("Another name")
    await draws_nothing_then_draws(board, "mouse")


async def test_a_press_beside_a_dialog_only_closes_it(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await BoardPage.open(await visit(ana), shared_board)
    await board.page.locator("#share").click()
    dialog = board.page.locator("#share-dialog")
    await expect(dialog).to_be_visible()
    box = await dialog.bounding_box()
    assert box
    await board.drag([(box["x"] + 40, box["y"] + 20), (20, 500)])  # a selection of text that ends beside it
    await expect(dialog).to_be_visible()
    await board.page.mouse.click(20, 500)
    await expect(dialog).to_be_hidden()
    await draws_nothing_then_draws(board, "mouse")


async def test_a_press_beside_a_card_s_menu_only_closes_it(visit: Visit, ana: Person) -> None:
    """On the list of boards too."""
    await ana.create_board("One")
    await ana.create_board("Two")
    page: Page = await (await visit(ana)).new_page()
    await page.goto(f"{ana.url}/boards")
    opener = page.locator("[popovertarget]").first
    await opener.click()
    menu = page.locator(".menu:popover-open")
    await expect(menu).to_have_count(1)
    await page.locator(".card .sheet").last.click(force=True)
    await expect(menu).to_have_count(0)
    await expect(page).to_have_url(re.compile(r"/boards$"))
