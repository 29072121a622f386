"""The field in which people write on a board, and what is stored of it."""

from playwright.async_api import Locator, expect

from harness.people import Person
from tests.browser.board_page import BoardPage

BOX = "e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.right, r.bottom] }"


def field(page: BoardPage) -> Locator:
    return page.page.locator("#writing textarea")


async def written(page: BoardPage, person: Person, count: int = 1) -> list[dict[str, object]]:
    await expect(field(page)).to_have_count(0)
    await page.has_shapes(count)
    return await person.shapes(page.page.url.rsplit("/", 1)[1])


async def write_at(page: BoardPage, x: float, y: float, text: str) -> None:
    await page.page.keyboard.press("t")
    await page.page.mouse.click(x, y)
    await expect(field(page)).to_be_focused()
    await page.page.keyboard.type(text)
