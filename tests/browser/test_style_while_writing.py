"""Panel buttons do not steal the focus from the text being written: they apply to it, and the caret stays."""

import pytest
from playwright.async_api import Locator, expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit

PHONE = {"viewport": {"width": 375, "height": 700}, "has_touch": True, "is_mobile": True}


def field(page: BoardPage) -> Locator:
    return page.page.locator("#writing textarea")


def swatch(page: BoardPage, color: str = "green") -> Locator:
    return page.page.locator(f"#style [data-field=color] [data-value={color}]")


async def kept(page: BoardPage, person: Person) -> dict[str, object]:
    await page.page.keyboard.press("Escape")
    await expect(field(page)).to_have_count(0)
    await page.saved()
    await page.has_shapes(1)
    [shape] = await person.shapes(page.page.url.rsplit("/", 1)[1])
    return shape


async def press(page: BoardPage, by: str, button: Locator) -> None:
    box = await button.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if by == "mouse":
        await page.page.mouse.click(x, y)
    elif by == "finger":
        await page.page.touchscreen.tap(x, y)
    else:
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            await page.pen(kind, x, y)


@pytest.mark.parametrize("by", ["mouse", "finger", "pen"])
@pytest.mark.parametrize("tool", ["n", "t"])
async def test_a_new_text_takes_the_colour_and_is_written_on(
    visit: Visit, ana: Person, shared_board: str, tool: str, by: str
) -> None:
    page = await BoardPage.open(await visit(ana, has_touch=True), shared_board)
    await page.page.keyboard.press(tool)
    await page.page.mouse.click(640, 400)
    await page.page.keyboard.type("Note")
    await press(page, by, swatch(page))
    await expect(swatch(page)).to_have_attribute("aria-pressed", "true")
    await expect(field(page)).to_be_focused()
    await page.page.keyboard.type(" more")
    await press(page, by, page.page.locator("#style [data-field=align] [data-value=right]"))
    await press(page, by, page.page.locator("#style [data-field=size] [data-value='40']"))
    await page.page.keyboard.type("!")
    shape = await kept(page, ana)
    assert (shape["text"], shape["color"], shape["align"], shape["size"]) == ("Note more!", "green", "right", 40)


@pytest.mark.parametrize("kind", ["note", "ellipse", "text"])
async def test_the_text_of_a_shape_takes_it_and_is_written_on(
    visit: Visit, ana: Person, shared_board: str, kind: str
) -> None:
    size = {} if kind == "text" else {"w": 200, "h": 120}
    shape = {"id": "a", "kind": kind, "x": 500, "y": 250, "text": "Begun", **size}
    assert (await ana.draw(shared_board.rsplit("/", 1)[1], shape)).status == 201
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("v")
    await page.page.mouse.dblclick(*((520, 262) if kind == "text" else (600, 310)))
    await page.page.keyboard.press("Home")
    await page.page.keyboard.type("Well ")
    await swatch(page).click()
    await page.page.keyboard.type("well ")
    await expect(field(page)).to_have_value("Well well Begun")
    await page.page.locator("#style [data-field=size] [data-value='28']").click()
    await expect(field(page)).to_be_focused()
    found = await kept(page, ana)
    assert (found["text"], found["color"], found["size"]) == ("Well well Begun", "green", 28)


async def test_a_slider_and_a_colour_give_the_focus_back(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("t")
    await page.page.mouse.click(640, 400)
    await page.page.keyboard.type("see")
    slider = await page.page.locator("#opacity").bounding_box()
    assert slider
    await page.page.mouse.click(slider["x"] + slider["width"] / 2, slider["y"] + slider["height"] / 2)
    await expect(field(page)).to_be_focused()
    await page.page.keyboard.type("-through")
    await page.page.locator("#custom-color").evaluate(
        "input => { input.focus(); input.value = '#123456';"
        " input.dispatchEvent(new Event('change', { bubbles: true })) }"
    )
    await expect(field(page)).to_be_focused()
    # A colour that was not chosen in the end leaves the focus there: what is typed is the text's all the same.
    await page.page.locator("#custom-color").focus()
    await page.page.keyboard.type("!")
    await expect(field(page)).to_have_value("see-through!")
    shape = await kept(page, ana)
    assert (shape["text"], shape["color"]) == ("see-through!", "#123456")
    assert 0.3 < float(str(shape["opacity"])) < 0.8


async def test_a_press_on_the_board_ends_the_writing_wherever_the_focus_is(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("t")
    await page.page.mouse.click(640, 400)
    await page.page.keyboard.type("done")
    await page.page.locator("#custom-color").focus()
    await page.page.mouse.click(900, 600)
    await page.has_shapes(1)
    await expect(field(page)).to_have_count(0)


async def test_the_panel_shows_how_the_text_being_written_looks(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("n")
    await page.page.mouse.click(640, 400)
    await expect(swatch(page, "yellow")).to_have_attribute("aria-pressed", "true")
    await page.page.keyboard.type("x")
    await page.page.locator("#zoom [data-zoom=in]").click()
    await expect(page.page.locator("#zoom-level")).not_to_have_text("100%")
    await expect(field(page)).to_be_focused()


async def test_on_a_phone_the_panel_opens_over_the_text(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana, **PHONE), shared_board)
    await page.pick("text")
    await page.page.touchscreen.tap(120, 300)
    await expect(field(page)).to_be_focused()
    await page.page.keyboard.type("red")
    await page.page.locator("#style-open").tap()
    await expect(swatch(page)).to_be_visible()
    await swatch(page).tap()
    await expect(field(page)).to_be_focused()
    await page.page.keyboard.type(" or not")
    await page.page.evaluate("document.querySelector('#style').hidePopover()")
    shape = await kept(page, ana)
    assert (shape["text"], shape["color"]) == ("red or not", "green")


async def test_what_is_about_the_whole_shape_ends_the_writing(visit: Visit, ana: Person, shared_board: str) -> None:
    board = shared_board.rsplit("/", 1)[1]
    assert (await ana.draw(board, {"id": "a", "kind": "note", "x": 500, "y": 250})).status == 201
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("v")
    await page.page.mouse.dblclick(600, 350)
    await page.page.keyboard.type("twice")
    await page.page.locator("#style [data-command=duplicate]").click()
    await page.has_shapes(2)
    await expect(field(page)).to_have_count(0)
    assert [shape["text"] for shape in await ana.shapes(board)] == ["twice", "twice"]
