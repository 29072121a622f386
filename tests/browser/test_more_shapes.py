"""The closed figures under "More shapes": found, drawn, remembered."""

import pytest
from playwright.async_api import expect

from app.shapes.declared import MORE_FIGURES
from harness.people import Person, shape_of_kind
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import PHONE, after, opened


async def choose(page: BoardPage, title: str) -> None:
    await page.page.locator("#figures-open").click()
    await page.page.locator("#figures").get_by_role("button", name=title, exact=True).click()
    await expect(page.page.locator("#figures")).to_be_hidden()


async def test_every_figure_can_be_chosen_and_dragged_out(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana)
    for n, title in enumerate(MORE_FIGURES.values()):
        await choose(page, title)
        x, y = 300 + 150 * (n % 4), 220 + 120 * (n // 4)
        await page.drag([(x, y), (x + 100, y + 80)])
    shapes = await after(page, ana, board)
    assert [shape["kind"] for shape in shapes.values()] == list(MORE_FIGURES)
    assert {(shape["w"], shape["h"]) for shape in shapes.values()} == {(100, 80)}


async def test_the_last_one_is_remembered_and_one_press_away(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana)
    await choose(page, "Heart")
    last = page.page.locator("#figure-last")
    await expect(last).to_have_attribute("aria-pressed", "true")
    await page.page.keyboard.press("v")
    await expect(last).to_have_attribute("aria-pressed", "false")
    await page.page.reload()
    await expect(last).to_have_accessible_name("Heart")
    await last.click()
    await expect(page.page.locator("#surface")).to_have_attribute("data-tool", "heart")


async def test_a_figure_is_found_by_its_name_with_the_keyboard_alone(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana)
    await page.page.locator("#figures-open").focus()
    await page.page.keyboard.press("Enter")
    await expect(page.page.get_by_role("searchbox", name="Find a shape")).to_be_focused()
    await page.page.keyboard.type("nothing")
    await expect(page.page.get_by_text("No shape is called that.")).to_be_visible()
    await page.page.keyboard.press("Control+a")
    await page.page.keyboard.type("gon")
    shown = page.page.locator("#figures .grid button:visible")
    await expect(shown).to_have_count(3)
    await page.page.keyboard.press("ArrowDown")
    await page.page.keyboard.press("ArrowRight")
    await page.page.keyboard.press("Enter")
    await expect(page.page.locator("#surface")).to_have_attribute("data-tool", "hexagon")
    await expect(page.page.locator("#canvas")).to_be_focused()


async def test_escape_and_a_press_elsewhere_close_it(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana)
    for escape in (True, False):
        await page.page.locator("#figures-open").click()
        await expect(page.page.get_by_role("searchbox", name="Find a shape")).to_be_focused()
        await (page.page.keyboard.press("Escape") if escape else page.page.mouse.click(300, 300))
        await expect(page.page.locator("#figures")).to_be_hidden()
    assert await after(page, ana, board) == {}


async def test_a_phone_has_them_under_more_tools(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, **PHONE)
    await page.page.locator("#more-open").tap()
    await page.page.locator("#figures-open").tap()
    await expect(page.page.locator("#figures")).to_be_visible()
    box = await page.page.locator("#figures").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375
    await page.page.locator("#figures").get_by_role("button", name="Cloud").tap()
    await page.touch("touchStart", (100, 200))
    await page.touch("touchMove", (150, 240))
    await page.touch("touchMove", (220, 300))
    await page.touch("touchEnd")
    (shape,) = (await after(page, ana, board)).values()
    assert shape["kind"] == "cloud"


@pytest.mark.parametrize("kind", ["star", "speech-bubble", "cylinder"])
async def test_a_figure_is_written_in_filled_and_grows_with_its_words(
    visit: Visit, easel: Easel, ana: Person, kind: str
) -> None:
    figure = shape_of_kind(kind, "a", x=400, y=250, w=160, h=120, fill="solid")
    page, board = await opened(visit, easel, ana, figure)
    await page.page.keyboard.press("v")
    await page.page.mouse.dblclick(480, 320)
    await page.page.keyboard.type("As many words as do not find room in a figure of this size")
    await page.page.keyboard.press("Escape")
    shape = (await after(page, ana, board))["a"]
    assert shape["text"].startswith("As many words")
    assert shape["h"] > 120


async def test_the_tool_of_a_figure_is_found_in_the_command_palette(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana)
    await page.page.keyboard.press("Control+k")
    await page.page.keyboard.type("speech")
    await page.page.keyboard.press("Enter")
    await expect(page.page.locator("#figure-last")).to_have_accessible_name("Speech bubble")
    await expect(page.page.locator("#figure-last")).to_have_attribute("aria-pressed", "true")
