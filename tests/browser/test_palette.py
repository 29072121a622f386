"""Finding a command by its name, and the sheet of keys."""

from playwright.async_api import expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.conftest import Visit
from tests.browser.seeded import PHONE, opened, rectangle, shape_is


async def test_a_command_is_found_by_some_letters_and_run(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, rectangle(), rectangle("b", x=600, y=400))
    await page.page.keyboard.press("v")
    await page.page.keyboard.press("Control+k")
    palette = page.page.locator("#palette")
    await expect(palette).to_be_visible()
    await page.page.keyboard.type("select al")
    await page.page.keyboard.press("Enter")
    await expect(palette).to_be_hidden()
    for keys in ("Control+/", "Control+Shift+p"):
        await page.page.keyboard.press(keys)
        await page.page.keyboard.type("alr")
        await expect(palette.get_by_role("option", selected=True)).to_contain_text("Align right")
        await page.page.keyboard.press("Escape")
        await expect(palette).to_be_hidden()
    await page.page.keyboard.press("Control+/")
    await page.page.keyboard.type("align l")
    await page.page.keyboard.press("ArrowDown")
    await page.page.keyboard.press("ArrowUp")
    await page.page.keyboard.press("Enter")
    await shape_is(ana, page, board, x=320, y=250)
    assert {shape["x"] for shape in await ana.shapes(board)} == {320}


async def test_the_finder_is_used_by_touch(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, rectangle(x=100, y=250), **PHONE)
    await page.page.locator("#menu-open").tap()
    await page.page.get_by_role("menuitem", name="Find a command").tap()
    await page.page.locator("#palette-find").fill("ellipse")
    await page.page.get_by_role("option", name="Ellipse").tap()
    await expect(page.page.locator("#tools [data-tool=ellipse]")).to_have_attribute("aria-pressed", "true")


async def test_the_sheet_of_keys_lists_every_command_that_has_some(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana)
    for keys in ("?", "Control+Alt+/"):
        await page.page.keyboard.press(keys)
        sheet = page.page.get_by_role("dialog", name="Keys and gestures")
        for title in ("Highlighter", "Bring to front", "Distribute across", "Copy as PNG", "Zoom to 100 %"):
            await expect(sheet.get_by_text(title, exact=True)).to_be_attached()
        await page.page.keyboard.press("Escape")
        await expect(sheet).to_be_hidden()
