"""The style panel: how the next shape looks, and the selected ones."""

from typing import Any

from playwright.async_api import expect

from harness.people import Person, shape_of_kind
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import opened, press, rectangle, shape_is


def field(page: BoardPage, name: str, value: str = "") -> Any:
    choice = f" [data-value='{value}']" if value else ""
    return page.page.locator(f"#style [data-field={name}]{choice}")


async def test_the_style_of_the_next_shape_is_chosen_in_the_panel(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana)
    await page.page.keyboard.press("r")
    await field(page, "color", "green").click()
    await field(page, "fill", "solid").click()
    await field(page, "dash", "dashed").click()
    await page.drag([(400, 300), (500, 380)])
    await page.saved()
    shape = (await ana.shapes(board))[0]
    assert (shape["color"], shape["fill"], shape["dash"]) == ("green", "solid", "dashed")


async def test_the_style_of_the_selection_is_changed_as_one_step_of_undo(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, board = await opened(visit, easel, ana, rectangle(color="blue"), rectangle("b", y=400, color="red"))
    await page.page.keyboard.press("v")
    await page.page.keyboard.press("Control+a")
    await expect(field(page, "color")).to_have_attribute("data-mixed", "")
    await expect(field(page, "color").locator("[aria-pressed=true]")).to_have_count(0)
    await expect(field(page, "fill", "tint")).to_have_attribute("aria-pressed", "true")
    await field(page, "color", "violet").click()
    await expect(field(page, "color", "violet")).to_have_attribute("aria-pressed", "true")
    await page.saved()
    assert [shape["color"] for shape in await ana.shapes(board)] == ["violet", "violet"]
    await page.page.keyboard.press("Control+z")
    await page.saved()
    assert [shape["color"] for shape in await ana.shapes(board)] == ["blue", "red"]


async def test_opacity_and_a_colour_of_ones_own(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, rectangle())
    await page.page.keyboard.press("v")
    await page.page.keyboard.press("Control+a")
    slider = page.page.locator("#opacity")
    await expect(slider).to_be_visible()
    await slider.focus()
    for _ in range(5):
        await page.page.keyboard.press("ArrowLeft")
    await shape_is(ana, page, board, opacity=0.5, x=320)
    await page.page.locator("#custom-color").fill("#8a2be2")
    await shape_is(ana, page, board, color="#8a2be2")


async def test_the_panel_shows_only_what_applies(visit: Visit, easel: Easel, ana: Person) -> None:
    arrow = shape_of_kind("arrow", "a", x=400, y=300, points=[0, 0, 100, 0])
    page, board = await opened(visit, easel, ana, arrow)
    await page.page.keyboard.press("h")
    await expect(page.page.locator("#style")).to_be_hidden()
    await page.page.keyboard.press("p")
    await expect(field(page, "smoothing")).to_be_visible()
    await expect(field(page, "fill")).to_be_hidden()
    await page.page.keyboard.press("v")
    await page.page.mouse.click(450, 300)
    await expect(field(page, "end")).to_be_visible()
    await expect(field(page, "smoothing")).to_be_hidden()
    await field(page, "end", "dot").click()
    await field(page, "start", "bar").click()
    await field(page, "curved", "true").click()
    await shape_is(ana, page, board, end="dot", start="bar", curved=True)


async def test_keys_are_the_boards_after_the_slider_was_moved(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, rectangle())
    await press(page, "v", "Control+a")
    await page.page.locator("#opacity").click()
    await shape_is(ana, page, board, opacity=0.5, x=320)
    await press(page, "Control+z")
    await shape_is(ana, page, board, opacity=1, x=320)
    await press(page, "Delete")
    await page.has_shapes(0)
