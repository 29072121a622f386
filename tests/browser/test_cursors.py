"""Other people's cursors, in real browsers."""

import aiohttp
from playwright.async_api import Page, expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.conftest import Visit
from tests.browser.pair import at, cursor_of, two


async def test_a_cursor_shows_with_its_name_and_leaves_with_its_person(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.mouse.move(400, 300)
    cursor = cursor_of(anas.page, "Ben")
    await at(cursor, 400, 300)
    await bens.page.mouse.move(700, 500, steps=5)
    await at(cursor, 700, 500)
    await expect(cursor_of(bens.page, "Ben")).to_have_count(0)
    await expect(cursor.locator("i svg")).to_have_count(1)  # the pen that Ben holds
    face = anas.page.locator("#people .person[title=Ben]")
    hues = [await one.get_attribute("data-hue") for one in (cursor, face)]
    assert hues[0] == hues[1]
    await bens.page.close(run_before_unload=False)
    await expect(cursor).to_have_count(0, timeout=10_000)
    await expect(face).to_have_count(0, timeout=10_000)


async def test_the_cursor_stays_with_its_place_on_the_board(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.mouse.move(400, 300)
    cursor = cursor_of(anas.page, "Ben")
    await at(cursor, 400, 300)
    await anas.page.mouse.move(640, 400)
    await anas.page.mouse.wheel(0, 100)
    await at(cursor, 400, 200)


async def test_a_cursor_that_rests_grows_dim_and_comes_back_when_it_moves(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.mouse.move(400, 300)
    cursor = cursor_of(anas.page, "Ben")
    await expect(cursor).to_have_attribute("data-state", "moving")
    await expect(cursor).to_have_attribute("data-state", "dim", timeout=8_000)
    await bens.page.mouse.move(410, 300)
    await expect(cursor).to_have_attribute("data-state", "moving")


async def test_names_are_text_and_nothing_else(
    visit: Visit, easel: Easel, http: aiohttp.ClientSession, ana: Person, shared_board: str
) -> None:
    eve = await Person.sign_in(http, easel.url, "<img src=x onerror=alert(1)>")
    anas, eves = await two(visit, ana, eve, shared_board)
    await eves.page.mouse.move(400, 300)
    await expect(cursor_of(anas.page, "<img src=x")).to_have_count(1)
    await expect(anas.page.locator("#cursors img")).to_have_count(0)


async def test_hiding_others_hides_cursors_and_hiding_oneself_sends_none(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.mouse.move(400, 300)
    await expect(cursor_of(anas.page, "Ben")).to_be_visible()
    await choose(anas.page, "others")
    await expect(cursor_of(anas.page, "Ben")).to_be_hidden()
    await anas.page.reload()
    await anas.ready()
    await bens.page.mouse.move(420, 300)
    await expect(cursor_of(anas.page, "Ben")).to_have_count(1)
    await expect(cursor_of(anas.page, "Ben")).to_be_hidden()
    await choose(anas.page, "others")
    await expect(cursor_of(anas.page, "Ben")).to_be_visible()
    await choose(bens.page, "shown")
    await expect(cursor_of(anas.page, "Ben")).to_have_count(0)


async def choose(page: Page, setting: str) -> None:
    """Turns a setting of the menu round."""
    await page.locator("#menu-open").click()
    await page.locator("#menu details:not([open]) > summary").click()
    await page.locator(f"#menu [data-command={setting}]").click()
    await page.keyboard.press("Escape")
