"""Tab while writing is the text's: it moves lines in and out, and never leaves letters to the tools."""

from playwright.async_api import Locator, expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit


def field(page: BoardPage) -> Locator:
    return page.page.locator("#writing textarea")


async def writing(visit: Visit, ana: Person, board: str, key: str, text: str) -> BoardPage:
    page = await BoardPage.open(await visit(ana), board)
    await page.page.keyboard.press(key)
    await page.page.mouse.click(640, 400)
    await expect(field(page)).to_be_focused()
    await page.page.keyboard.type(text)
    return page


async def test_tab_moves_the_line_in_and_shift_tab_out(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await writing(visit, ana, shared_board, "t", "List\none\ntwo")
    await page.page.keyboard.press("Tab")
    await page.page.keyboard.type("re")  # letters that would be tools
    await expect(field(page)).to_have_value("List\none\n    twore")
    await page.page.keyboard.press("Shift+ArrowUp")
    await page.page.keyboard.press("Tab")
    await expect(field(page)).to_have_value("List\n    one\n        twore")
    await page.page.keyboard.press("Shift+Tab")
    await page.page.keyboard.press("Shift+Tab")
    await page.page.keyboard.press("Shift+Tab")
    await expect(field(page)).to_have_value("List\none\ntwore")
    await page.page.keyboard.press("Escape")
    await page.has_shapes(1)
    await expect(page.page.locator("#shapes tspan")).to_have_text(["List", "one", "twore"])


async def test_an_indent_is_taken_back_by_the_field(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await writing(visit, ana, shared_board, "n", "note")
    await page.page.keyboard.press("Tab")
    await expect(field(page)).to_have_value("    note")
    await page.page.keyboard.press("Control+z")
    await expect(field(page)).to_have_value("note")
    await expect(field(page)).to_be_focused()


async def test_the_title_of_a_frame_has_one_line(visit: Visit, ana: Person, shared_board: str) -> None:
    board = shared_board.rsplit("/", 1)[1]
    assert (await ana.draw(board, {"id": "f", "kind": "frame", "x": 400, "y": 200, "w": 300, "h": 200})).status == 201
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("v")
    await page.page.mouse.click(400, 300)
    await page.page.keyboard.press("Enter")
    await page.page.keyboard.type("Plan")
    await page.page.keyboard.press("Tab")
    await page.page.keyboard.type("re")
    await page.page.keyboard.press("Enter")
    await page.saved()
    [frame] = await ana.shapes(board)
    assert frame["text"] == "Planre"


async def test_the_sheet_of_keys_says_how_to_leave(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await writing(visit, ana, shared_board, "t", "word")
    await page.page.keyboard.press("Escape")
    await page.page.keyboard.press("?")
    await expect(page.page.locator("#help")).to_contain_text("Finish the text")
