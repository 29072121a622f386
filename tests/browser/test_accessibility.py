"""For whoever uses a keyboard or a screen reader: names, order, focus, and what axe-core finds on every page."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.people import Person, shape_of_kind, stroke
from tests.processes import Easel

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text()
THEMES = ("light", "dark")
# What stands at rest: axe measures colours, and a dialog that fades in has none of its own yet.
STILL = {"reduced_motion": "reduce"}


async def findings(page: Page) -> list[str]:
    """What axe finds that is serious or critical, each in a line."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE)
    found: list[dict[str, Any]] = await page.evaluate("axe.run(document).then(results => results.violations)")
    return [
        f"{one['impact']} {one['id']}: {[node['html'][:120] for node in one['nodes'][:4]]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def one_of_each() -> list[dict[str, Any]]:
    return [
        shape_of_kind("note", "milk", x=300, y=200, color="blue", text="Buy milk"),
        shape_of_kind("rectangle", "plan", x=600, y=210, w=160, h=80, color="red", fill="tint", text="Plan"),
        shape_of_kind("arrow", "way", x=500, y=250, points=[0, 0, 100, 0]),
        shape_of_kind("text", "line", x=320, y=480, text="Hello"),
        stroke("ink", points=[0, 0, 40, 20], x=600, y=480, color="green"),
    ]


async def board_with_shapes(visit: Visit, easel: Easel, ana: Person, **options: Any) -> BoardPage:
    board = await ana.create_board("Garden", "link-edit")
    assert (await ana.draw(board, *one_of_each())).status == 201
    return await BoardPage.open(await visit(ana, **options), f"{easel.url}/boards/{board}")


@pytest.mark.parametrize("theme", THEMES)
async def test_axe_finds_nothing_serious_on_the_pages(visit: Visit, easel: Easel, ana: Person, theme: str) -> None:
    board = await ana.create_board("Listed")
    await ana.draw(board, *one_of_each())
    home = await (await visit(color_scheme=theme, **STILL)).new_page()
    await home.goto(easel.url)
    assert await findings(home) == []
    page = await (await visit(ana, color_scheme=theme, **STILL)).new_page()
    for path in ("/boards", f"/boards/{board}/outline", f"/boards/{board}/members", "/boards/none"):
        await page.goto(easel.url + path)
        assert await findings(page) == [], path


@pytest.mark.parametrize("theme", THEMES)
async def test_axe_finds_nothing_serious_on_a_board(visit: Visit, easel: Easel, ana: Person, theme: str) -> None:
    page = await board_with_shapes(visit, easel, ana, color_scheme=theme, **STILL)
    assert await findings(page.page) == []
    keyboard = page.page.keyboard
    await keyboard.press("v")
    await keyboard.press("Control+a")
    await expect(page.page.locator("#style")).to_be_visible()
    assert await findings(page.page) == [], "with a selection"
    for keys, opened in {
        "Control+/": "#palette",
        "?": "#help",
        "Alt+l": "#outline [data-shape-id]",
        "Shift+F10": "#context",
    }.items():
        await keyboard.press(keys)
        await expect(page.page.locator(opened).first).to_be_visible()
        assert await findings(page.page) == [], opened
        await keyboard.press("Escape")
        await expect(page.page.locator(opened).first).to_be_hidden()
    for button, opened in {"#menu-open": "#menu", "#share": "#share-dialog .row", "#more-open": "#more"}.items():
        await page.page.locator(button).click()
        await expect(page.page.locator(opened).first).to_be_visible()
        assert await findings(page.page) == [], opened
        await keyboard.press("Escape")


async def test_axe_finds_nothing_serious_on_a_phone(visit: Visit, easel: Easel, ana: Person) -> None:
    phone = {"viewport": {"width": 375, "height": 700}, "has_touch": True, "is_mobile": True}
    page = await board_with_shapes(visit, easel, ana, **phone, **STILL)
    await page.page.keyboard.press("v")
    await page.page.keyboard.press("Control+a")
    await page.page.locator("#style-open").tap()
    await expect(page.page.locator("#style")).to_be_visible()
    assert await findings(page.page) == []


async def test_tab_walks_the_shapes_in_reading_order_and_says_their_names(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page = await board_with_shapes(visit, easel, ana)
    await page.page.locator("#canvas").focus()
    announcer = page.page.locator("#announcer")
    for name in (
        "blue note: Buy milk, 1 of 5",
        "black arrow, 2 of 5",
        "red rectangle: Plan, 3 of 5",
        "black text: Hello, 4 of 5",
        "green stroke, 5 of 5",
    ):
        await page.page.keyboard.press("Tab")
        await expect(announcer).to_have_text(name)
    await page.page.keyboard.press("Shift+Tab")
    await expect(announcer).to_have_text("black text: Hello, 4 of 5")
    await page.page.keyboard.press("Delete")
    await page.has_shapes(4)
    assert "line" not in await page.shape_ids()


async def test_the_board_is_no_trap_for_who_comes_by_tab(visit: Visit, easel: Easel, ana: Person) -> None:
    page = await board_with_shapes(visit, easel, ana)
    canvas = page.page.locator("#canvas")
    await canvas.focus()
    for _ in range(5):
        await page.page.keyboard.press("Tab")
        await expect(canvas).to_be_focused()
    await page.page.keyboard.press("Tab")
    await expect(canvas).not_to_be_focused()
    await canvas.focus()
    await page.page.keyboard.press("Tab")
    await page.page.keyboard.press("Escape")
    await page.page.keyboard.press("Escape")
    await page.page.keyboard.press("Shift+Tab")
    await expect(canvas).not_to_be_focused()


async def test_a_shape_out_of_sight_comes_into_view_when_it_is_walked_to(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    board = await ana.create_board("Far")
    await ana.draw(board, *[shape_of_kind("note", name, x=x, y=0) for name, x in (("near", 300), ("far", 9000))])
    page = await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}")
    await page.page.keyboard.press("Control+0")
    await page.page.locator("#canvas").focus()
    await page.page.keyboard.press("Tab")
    await page.page.keyboard.press("Tab")
    await expect(page.page.locator("#shapes [id=far]")).to_be_in_viewport()
    await page.page.keyboard.press("Tab")
    await page.page.goto(f"{easel.url}/boards/{board}/outline")
    await page.page.locator("main li a").first.click()
    await page.ready()
    await expect(page.page.locator("#shapes [id=near]")).to_be_in_viewport()


async def test_the_outline_lists_the_board_and_takes_its_reader_to_a_shape(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page = await board_with_shapes(visit, easel, ana)
    await page.page.keyboard.press("Alt+l")
    items = page.page.locator("#listing li")
    names = ["blue note: Buy milk", "black arrow", "red rectangle: Plan", "black text: Hello"]
    await expect(items).to_have_text(names)
    await expect(page.page.locator("#listing")).to_contain_text("1 stroke by hand")
    await items.nth(2).get_by_role("link").click()
    await expect(page.page.locator("#outline")).to_be_hidden()
    await expect(page.page.locator("#style [data-field=fill] [aria-pressed=true]")).to_have_attribute(
        "data-value", "tint"
    )
    await expect(page.page.locator("#canvas")).to_be_focused()


async def test_the_open_outline_follows_what_others_do(visit: Visit, easel: Easel, ana: Person, ben: Person) -> None:
    page = await board_with_shapes(visit, easel, ana)
    await page.page.keyboard.press("Alt+l")
    await expect(page.page.locator("#listing li")).to_have_count(4)
    board = page.page.url.rsplit("/", 1)[1]
    await ben.draw(board, shape_of_kind("note", "new", x=900, y=600, color="pink", text="From Ben"))
    await expect(page.page.locator("#listing li").last).to_have_text("pink note: From Ben", timeout=10_000)


async def test_the_outline_is_a_page_without_javascript(visit: Visit, easel: Easel, ana: Person) -> None:
    board = await ana.create_board("Plain")
    await ana.draw(board, *one_of_each())
    page = await (await visit(ana, java_script_enabled=False)).new_page()
    await page.goto(f"{easel.url}/boards/{board}")
    await page.keyboard.press("Tab")
    await page.get_by_role("link", name="as a list").press("Enter")
    await expect(page.locator("main li").first).to_have_text("blue note: Buy milk")


async def test_every_control_of_a_board_shows_where_the_focus_is(visit: Visit, easel: Easel, ana: Person) -> None:
    page = await board_with_shapes(visit, easel, ana)
    script = """() => {
        const at = document.activeElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(at);
        const name = at.id || at.getAttribute("aria-label") || at.textContent.trim();
        return [name, outlineStyle, parseFloat(outlineWidth)];
    }"""
    seen = set()
    for _ in range(60):
        await page.page.keyboard.press("Tab")
        name, style, width = await page.page.evaluate(script)
        if name == "canvas":
            break
        seen.add(name)
        assert style != "none", name
        assert width >= 1, name
    assert {"To the board", "undo", "share", "Pen"} <= seen


async def test_what_others_do_is_announced_only_to_who_asked_for_it(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    one = await BoardPage.open(await visit(ana), shared_board)
    two = await BoardPage.open(await visit(ben), shared_board)
    await two.draw(wave(400, 300))
    await one.has_shapes(1)
    await expect(one.page.locator("#announcer")).to_be_empty()
    await one.page.locator("#menu-open").click()
    await one.page.get_by_role("menuitemcheckbox", name="Announce").click()
    await one.page.keyboard.press("Escape")
    await two.draw(wave(400, 400))
    await expect(one.page.locator("#announcer")).to_have_text("Somebody added black stroke.")
    await one.draw(wave(400, 500))
    await one.has_shapes(3)
    await expect(one.page.locator("#announcer")).to_have_text("Somebody added black stroke.")
