"""The kind of fault: the style panel shows what will not be used, or offers what changes nothing."""

from typing import Any

import pytest
from playwright.async_api import expect

from harness.people import Person, shape_of_kind
from harness.pictures import add
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import opened, opened_to_select, press, rectangle

PRESSED = """fields => Object.fromEntries(fields.filter(field => field.checkVisibility()).map(field =>
  [field.dataset.field, field.querySelector("[aria-pressed=true]")?.dataset.value ??
   field.querySelector("input")?.value]))"""
TOOLS = {
    "r": "rectangle",
    "d": "diamond",
    "o": "ellipse",
    "n": "note",
    "t": "text",
    "l": "line",
    "a": "arrow",
    "f": "frame",
}


async def shown(page: BoardPage) -> dict[str, str]:
    """Each field of the panel with the value that it shows."""
    found: dict[str, str] = await page.page.locator("#style [data-field]").evaluate_all(PRESSED)
    return found


def said(shape: dict[str, Any], name: str) -> str:
    value = shape[name]
    if name == "opacity":
        return str(round(100 * value))
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float | int) else value


@pytest.mark.parametrize("key", TOOLS)
async def test_the_panel_shows_what_the_next_shape_gets(visit: Visit, easel: Easel, ana: Person, key: str) -> None:
    page, board = await opened(visit, easel, ana)
    await press(page, key)
    await expect(page.page.locator(f"#tools [data-tool={TOOLS[key]}]")).to_have_attribute("aria-pressed", "true")
    await expect(page.page.locator("#style [data-field=smoothing]")).to_be_hidden()
    before = await shown(page)
    await page.drag([(500, 300), (700, 420)])
    if key in "tn":
        await page.page.keyboard.type("Words")
        await press(page, "Escape")
    await page.has_shapes(1)
    await page.saved()
    [shape] = await ana.shapes(board)
    assert {name: said(shape, name) for name in before if name in shape} == {
        name: value for name, value in before.items() if name in shape
    }


async def test_a_tool_with_a_colour_of_its_own_leaves_the_others_theirs(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana)
    chosen = page.page.locator("#style [data-field=color] [aria-pressed=true]")
    await press(page, "n")
    await expect(chosen).to_have_attribute("data-value", "yellow")
    await page.page.locator("#style [data-field=color] [data-value=pink]").click()
    await press(page, "p")
    await expect(chosen).to_have_attribute("data-value", "black")
    await page.page.reload()
    await page.ready()
    await press(page, "n")
    await expect(chosen).to_have_attribute("data-value", "pink")


async def test_pictures_are_offered_no_colour(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    await add(ana, board)
    await page.has_shapes(1)
    await press(page, "Control+a")
    await expect(page.page.locator("#style [data-field=opacity]")).to_be_visible()
    await expect(page.page.locator("#style [data-field=color]")).to_be_hidden()


async def test_mixed_values_are_shown_as_mixed(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened_to_select(
        visit,
        easel,
        ana,
        rectangle("r"),
        shape_of_kind("note", "n", x=600, y=300, opacity=0.5, align="left", color="red"),
    )
    await press(page, "Control+a")
    for name in ("color", "align", "opacity"):
        await expect(page.page.locator(f"#style [data-field={name}]")).to_have_attribute("data-mixed", "")
    await expect(page.page.locator("#style output")).to_have_text("mixed")
