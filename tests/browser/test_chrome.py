"""What is around the board: tools, style, menus, the finder of commands, in a large window and on a phone."""

from typing import Any

from playwright.async_api import Page, expect

from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.people import Person, shape_of_kind, stroke
from tests.processes import Easel

PHONE = {"viewport": {"width": 375, "height": 700}, "has_touch": True, "is_mobile": True}


async def opened(
    visit: Visit, easel: Easel, ana: Person, *shapes: dict[str, Any], **options: Any
) -> tuple[BoardPage, str]:
    board = await ana.create_board("Around")
    if shapes:
        assert (await ana.draw(board, *shapes)).status == 201
    return await BoardPage.open(await visit(ana, **options), f"{easel.url}/boards/{board}"), board


def rectangle(name: str = "a", **fields: Any) -> dict[str, Any]:
    return shape_of_kind("rectangle", name, **{"x": 320, "y": 250, "w": 120, "h": 80, "fill": "tint", **fields})


async def shape_is(ana: Person, page: BoardPage, board: str, **fields: Any) -> None:
    """Once all is saved, the server's shape `a` has these fields."""
    await page.saved()
    await expect(page.page.locator("#status")).to_have_text("Saved")
    shape = next(shape for shape in await ana.shapes(board) if shape["id"] == "a")
    assert {name: shape[name] for name in fields} == fields


def field(page: BoardPage, name: str, value: str = "") -> Any:
    choice = f" [data-value='{value}']" if value else ""
    return page.page.locator(f"#style [data-field={name}]{choice}")


# Tools


async def test_every_tool_has_a_button_with_its_number_and_its_key_takes_it(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana)
    keys = {"1": "select", "2": "rectangle", "3": "diamond", "4": "ellipse", "5": "arrow", "6": "line", "7": "pen"}
    keys |= {"8": "text", "0": "eraser", "h": "hand", "n": "note", "f": "frame", "k": "laser", "Shift+P": "highlighter"}
    for key, tool in keys.items():
        await page.page.keyboard.press(key)
        button = page.page.locator(f"#tools [data-tool={tool}]")
        await expect(button).to_have_attribute("aria-pressed", "true")
        if key.isdigit():
            await expect(button).to_have_attribute("data-cap", key)


async def test_a_tool_from_the_last_button_is_seen_there_while_it_is_in_hand(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana)
    await page.pick("frame")
    await expect(page.page.locator("#more")).to_be_hidden()
    opener = page.page.get_by_role("button", name="More tools: Frame")
    await expect(opener).to_have_attribute("data-chosen", "")
    await page.page.keyboard.press("p")
    await expect(page.page.get_by_role("button", name="More tools", exact=True)).to_be_visible()


async def uncovered(page: Page, left: int, top: int, right: int, bottom: int) -> bool:
    """Whether a pointer anywhere in this part of the window meets the board."""
    script = """([left, top, right, bottom]) => {
        for (let x = left; x <= right; x += 20) for (let y = top; y <= bottom; y += 20) {
            if (!document.elementFromPoint(x, y)?.closest("#canvas")) return false;
        }
        return true;
    }"""
    return bool(await page.evaluate(script, [left, top, right, bottom]))


async def test_no_panel_covers_the_middle_of_the_board(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, rectangle(), rectangle("b", y=400), stroke("c"))
    for key in ("p", "5", "n", "e", "v", "Control+a"):
        await page.page.keyboard.press(key)
        await page.page.evaluate("new Promise(requestAnimationFrame)")
        assert await uncovered(page.page, 280, 200, 1080, 600), key


# Style


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
    await page.page.locator("#opacity").focus()
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


# Menus


async def test_the_menu_of_a_shape_is_used_by_mouse_and_by_arrows(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, rectangle(), rectangle("b", y=400))
    await page.page.keyboard.press("v")
    await page.page.mouse.click(340, 270, button="right")
    menu = page.page.get_by_role("menu", name="Menu of the board")
    await expect(menu.get_by_role("menuitem", name="Cut")).to_be_focused()
    await page.page.keyboard.press("ArrowDown")
    await expect(menu.get_by_role("menuitem", name="Copy", exact=True)).to_be_focused()
    await page.page.keyboard.press("End")
    await expect(menu.get_by_role("menuitem", name="Delete")).to_be_focused()
    await page.page.keyboard.press("Home")
    await page.page.keyboard.press("l")
    await expect(menu.get_by_role("menuitem", name="Lock")).to_be_focused()
    await page.page.keyboard.press("Enter")
    await expect(menu).to_be_hidden()
    await expect(page.page.locator("#canvas")).to_be_focused()
    await shape_is(ana, page, board, locked=True)
    await page.page.mouse.click(340, 420, button="right")
    await menu.get_by_role("menuitem", name="Delete").click()
    await page.has_shapes(1)


async def test_a_right_drag_pans_and_opens_no_menu(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, rectangle())
    before = await page.camera()
    await page.page.mouse.move(700, 400)
    await page.page.mouse.down(button="right")
    await page.page.mouse.move(760, 440, steps=4)
    await page.page.mouse.up(button="right")
    assert await page.camera() != before
    await expect(page.page.locator("#context")).to_be_hidden()


async def test_the_menu_key_opens_the_menu_at_the_selection_and_escape_closes_it(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana, rectangle())
    await page.page.keyboard.press("v")
    await page.page.keyboard.press("Control+a")
    await page.page.keyboard.press("Shift+F10")
    menu = page.page.locator("#context")
    await expect(menu).to_be_visible()
    await page.page.keyboard.press("Escape")
    await expect(menu).to_be_hidden()
    await expect(page.page.locator("#style [data-acts]").first).to_be_visible()  # the selection is still there


async def test_a_long_press_opens_the_menu_on_a_phone(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, rectangle(x=100, y=250), **PHONE)
    await page.page.locator("#tools [data-tool=select]").tap()
    await page.touch("touchStart", (120, 270))
    menu = page.page.locator("#context")
    await expect(menu).to_be_visible()
    await page.touch("touchEnd")
    await expect(menu).to_be_visible()
    await menu.get_by_role("menuitem", name="Duplicate").tap()
    await page.has_shapes(2)
    assert len(await ana.shapes(board)) == 2


async def test_a_finger_copies_and_pastes_by_the_menu(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, rectangle(x=100, y=250, text="Here"), **PHONE)
    await page.page.locator("#tools [data-tool=select]").tap()
    menu = page.page.locator("#context")
    for place, item in (((120, 270), "Copy"), ((300, 500), "Paste")):
        await page.touch("touchStart", place)
        await expect(menu).to_be_visible()
        await page.touch("touchEnd")
        await menu.get_by_role("menuitem", name=item, exact=True).tap()
        await expect(menu).to_be_hidden()
    await page.has_shapes(2)
    assert [shape["text"] for shape in await ana.shapes(board)] == ["Here", "Here"]


# Finding a command


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


# Small windows


async def test_what_a_finger_presses_is_large_and_nothing_is_wider_than_a_phone(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana, rectangle(x=100, y=250), **PHONE)
    small = """() => [...document.querySelectorAll("button, a, select, input:not([type=range])")]
        .filter((e) => e.checkVisibility() && !e.classList.contains("skip"))
        .map((e) => [e.id || e.getAttribute("aria-label") || e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, { width, height }]) => Math.min(width, height) < 44)
        .map(([name, { width, height }]) => `${name}: ${width} x ${height}`)"""
    wide = "document.documentElement.scrollWidth"
    await page.page.locator("#tools [data-tool=select]").tap()
    await page.page.touchscreen.tap(120, 270)
    for opener in ("#more-open", "#style-open", "#menu-open"):
        await page.page.locator(opener).tap()
        assert await page.page.evaluate(small) == [], opener
        assert await page.page.evaluate(wide) <= 375, opener
        await page.page.keyboard.press("Escape")


async def test_the_tools_of_a_phone_are_all_there_under_one_thumb(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, **PHONE)
    box = await page.page.locator("#tools").bounding_box()
    assert box
    assert box["y"] > 600
    await page.page.locator("#more-open").tap()
    await page.page.locator("#tools [data-tool=diamond]").tap()
    await page.touch("touchStart", (100, 300))
    await page.touch("touchMove", (150, 340))
    await page.touch("touchMove", (220, 380))
    await page.touch("touchEnd")
    await page.has_shapes(1)
    await page.page.locator("#trash").click()  # Chromium takes no tap while the last stroke is still "flung"
    await page.has_shapes(0)
    await page.page.locator("#undo").tap()
    await page.has_shapes(1)
    assert [shape["kind"] for shape in await ana.shapes(board)] == ["diamond"]


async def test_a_page_turned_small_and_large_again_keeps_its_tools_in_order(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana)
    order = "() => [...document.querySelectorAll('#reach [data-tool]')].map((e) => e.dataset.tool).join(' ')"
    before = await page.page.evaluate(order)
    await page.page.set_viewport_size({"width": 375, "height": 700})
    await expect(page.page.locator("#more [data-tool=diamond]")).to_be_attached()
    await page.page.set_viewport_size({"width": 1280, "height": 800})
    await expect(page.page.locator("#reach [data-tool=diamond]")).to_be_visible()
    assert await page.page.evaluate(order) == before
