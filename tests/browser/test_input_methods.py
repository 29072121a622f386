"""Key handlers leave the keys of an input method alone: Enter picks a conversion then, and Escape drops one."""

import pytest
from playwright.async_api import Locator, expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit

# As Chromium and Firefox say it, and as Safari does of the key that ends a composition.
PRESSES = [{"isComposing": True}, {"keyCode": 229}]
SEND = """(element, [key, press]) => element.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...press }))"""


async def composed(target: Locator, key: str) -> None:
    """A key of an input method, told in both ways: nothing takes it."""
    for press in PRESSES:
        assert await target.evaluate(SEND, [key, press]), f"{key} was taken"


async def test_a_board_is_renamed_in_japanese(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.locator("#rename-open").click()
    name = page.page.locator("#rename input")
    await expect(name).to_be_focused()
    ime = await page.page.context.new_cdp_session(page.page)
    await ime.send("Input.imeSetComposition", {"text": "にほん", "selectionStart": 3, "selectionEnd": 3})
    for key in ("Enter", "Escape"):
        await composed(name, key)
    await expect(name).to_be_focused()
    await ime.send("Input.insertText", {"text": "日本"})
    async with page.page.expect_response("**/boards/*"):
        await page.page.keyboard.press("Enter")
    await expect(page.page.locator("#title")).to_have_text("日本")


@pytest.mark.usefixtures("shared_board")
async def test_a_board_is_renamed_on_its_card(visit: Visit, ana: Person) -> None:
    context = await visit(ana)
    page = await context.new_page()
    await page.goto(f"{ana.url}/boards")
    card = page.locator("[data-renaming]").first
    await card.locator("[data-rename]").first.evaluate("button => button.click()")
    name = card.locator("input").first
    await expect(name).to_be_focused()
    for key in ("Enter", "Escape"):
        await composed(name, key)
    await expect(name).to_be_focused()


async def test_the_finder_runs_no_command_before_the_word_is_whole(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("Control+k")
    field = page.page.locator("#palette input")
    await expect(field).to_be_focused()
    for key in ("Enter", "ArrowDown"):
        await composed(field, key)
    await expect(field).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "Escape", "Tab"])
async def test_a_text_is_not_left_by_a_key_of_an_input_method(
    visit: Visit, ana: Person, shared_board: str, key: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("t")
    await page.page.mouse.click(500, 300)
    field = page.page.locator("#writing textarea")
    await page.page.keyboard.type("word")
    await composed(field, key)
    await expect(field).to_have_value("word")


async def test_letters_of_an_input_method_select_no_tool(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    for key in ("r", "Delete", "Tab", " ", "Escape"):
        await composed(page.page.locator("#canvas"), key)
    await expect(page.page.locator("#surface")).to_have_attribute("data-tool", "pen")
