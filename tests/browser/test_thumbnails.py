"""Cards show the drawing, in the theme of the page."""

from playwright.async_api import Locator, expect

from harness.people import Person, shape_of_kind
from tests.browser.conftest import Visit
from tests.integration.test_thumbnails import thumbnail


async def test_a_card_shows_the_drawing_in_the_theme_of_the_page(visit: Visit, ana: Person) -> None:
    empty, board = await ana.create_board("Empty"), await ana.create_board("Drawn")
    await ana.draw(board, shape_of_kind("note", "n", text="Hello"))
    await thumbnail(ana, board)
    page = await (await visit(ana, color_scheme="light")).new_page()
    await page.goto(f"{ana.url}/boards")

    def picture(board: str, theme: str) -> Locator:
        return page.locator(f".card[data-board='{board}'] img.{theme}")

    async def is_wide(board: str, theme: str, width: int) -> None:
        await expect(picture(board, theme)).to_have_js_property("naturalWidth", width)

    await is_wide(board, "light", 480)
    await is_wide(empty, "light", 1)  # clear, so the doodle is seen
    await is_wide(board, "dark", 0)  # not even loaded
    boxes = [await page.locator(f".card[data-board='{id}'] .sheet").bounding_box() for id in (board, empty)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["height"] == boxes[1]["height"]

    await page.emulate_media(color_scheme="dark")
    await is_wide(board, "dark", 480)
    await expect(picture(board, "dark")).to_be_visible()
    await expect(picture(board, "light")).to_be_hidden()
    await page.evaluate("document.documentElement.dataset.theme = 'light'")
    await expect(picture(board, "dark")).to_be_hidden()
    await expect(picture(board, "light")).to_be_visible()
