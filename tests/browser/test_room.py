"""Input that does not fit is refused with its reason, as a whole: nothing is cut silently."""

import pytest
from playwright.async_api import Locator, expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit


async def paste(page: BoardPage, target: Locator, text: str) -> None:
    """By the keyboard, with what the clipboard has."""
    await page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    await target.focus()
    await page.page.keyboard.press("Control+v")


async def test_a_paste_that_is_too_long_for_a_text_says_so(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("t")
    await page.page.mouse.click(400, 300)
    field = page.page.locator("#writing textarea")
    await page.page.keyboard.type("Before")
    await paste(page, field, "word " * 1_600)
    await page.toast("at most 5,000 characters; with that it would have 8,006, 3,006 too many. Nothing was added.")
    await expect(field).to_have_value("Before")
    await expect(field).to_be_focused()
    await paste(page, field, " and 10 mor")
    await page.page.keyboard.press("Escape")
    await page.has_shapes(1)
    [text] = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert text["text"] == "Before and 10 mor"


async def test_exactly_as_much_as_fits_is_taken(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("t")
    await page.page.mouse.click(400, 300)
    field = page.page.locator("#writing textarea")
    await paste(page, field, "line\r\n" * 1_000)
    await expect(field).to_have_value("line\n" * 1_000)
    await page.page.keyboard.type("x")
    await page.toast("This holds at most 5,000 characters.")
    await expect(field).to_have_value("line\n" * 1_000)


@pytest.mark.parametrize("what", ["frame", "board"])
async def test_a_title_that_is_too_long_says_so(visit: Visit, ana: Person, shared_board: str, what: str) -> None:
    board = shared_board.rsplit("/", 1)[1]
    assert (await ana.draw(board, {"id": "f", "kind": "frame", "x": 400, "y": 200, "w": 300, "h": 200})).status == 201
    page = await BoardPage.open(await visit(ana), shared_board)
    if what == "board":
        await page.page.locator("#rename-open").click()
        field = page.page.locator("#rename input")
    else:
        await page.page.keyboard.press("v")
        await page.page.mouse.click(400, 300)
        await page.page.keyboard.press("Enter")
        field = page.page.locator("#writing textarea")
    await expect(field).to_be_focused()
    await page.page.keyboard.press("Control+a")
    await paste(page, field, "t" * 260)
    await page.toast("at most 200 characters; with that it would have 260, 60 too many")
    await expect(field).to_have_value("Shared" if what == "board" else "")


async def test_a_longer_text_pasted_on_the_board_becomes_several(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await paste(page, page.page.locator("#canvas"), "word " * 1_600)
    await page.has_shapes(2)
    texts = [str(shape["text"]) for shape in await ana.shapes(shared_board.rsplit("/", 1)[1])]
    assert sum(text.count("word") for text in texts) == 1_600
