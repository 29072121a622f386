"""For whoever uses a keyboard or a screen reader: names, order, focus, and what axe-core finds on every page."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.browser.seeded import PHONE, one_of_each, opened

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


@pytest.mark.parametrize("theme", THEMES)
async def test_axe_finds_nothing_serious_on_the_pages(visit: Visit, easel: Easel, ana: Person, theme: str) -> None:
    board = await ana.create_board("Listed")
    await ana.draw(board, *one_of_each())
    home = await (await visit(color_scheme=theme, **STILL)).new_page()
    await home.goto(easel.url)
    assert await findings(home) == []
    page = await (await visit(ana, color_scheme=theme, **STILL)).new_page()
    own = [f"/boards/{board}/{part}" for part in ("outline", "members", "embed")]
    trashed = await ana.create_board("Deleted")
    await ana.request("DELETE", f"/boards/{trashed}")
    sections = [f"/boards?section={section}" for section in ("trash", "starred", "templates")]
    lists = ("/boards", "/boards?view=rows", *sections)
    for path in (*lists, *own, "/boards/none"):
        await page.goto(easel.url + path)
        assert await findings(page) == [], path
    await page.goto(f"{easel.url}/boards?view=grid")
    await page.get_by_label("Select Listed").check()
    await page.get_by_role("button", name="More for Listed").click()
    assert await findings(page) == [], "a selection and a menu"


@pytest.mark.parametrize("theme", THEMES)
async def test_axe_finds_nothing_serious_on_a_board(visit: Visit, easel: Easel, ana: Person, theme: str) -> None:
    page, _ = await opened(visit, easel, ana, *one_of_each(), color_scheme=theme, **STILL)
    assert await findings(page.page) == []
    keyboard = page.page.keyboard
    await keyboard.press("v")
    await keyboard.press("Control+a")
    await expect(page.page.locator("#style")).to_be_visible()
    assert await findings(page.page) == [], "with a selection"
    for keys, panel in {
        "Control+/": "#palette",
        "?": "#help",
        "Alt+l": "#outline [data-shape-id]",
        "Control+f": "#find",
        "Alt+y": "#past .entry",
        "Alt+r": "#replay .marks",
        "Alt+Shift+a": "#authors .legend li",
        "Control+Shift+e": "#export img",
        "Shift+F10": "#context",
    }.items():
        await keyboard.press(keys)
        await expect(page.page.locator(panel).first).to_be_visible()
        assert await findings(page.page) == [], panel
        await keyboard.press("Escape")
        await expect(page.page.locator(panel).first).to_be_hidden()
        await expect(page.page.locator("dialog[open], #context:popover-open")).to_have_count(0)
        await page.page.locator("#canvas").focus()
    for button, panel in {"#menu-open": "#menu", "#share": "#share-dialog .row", "#more-open": "#more"}.items():
        await page.page.locator(button).click()
        await expect(page.page.locator(panel).first).to_be_visible()
        assert await findings(page.page) == [], panel
        await keyboard.press("Escape")


async def test_axe_finds_nothing_serious_on_a_phone(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, *one_of_each(), **PHONE, **STILL)
    await page.page.keyboard.press("v")
    await page.page.keyboard.press("Control+a")
    await page.page.locator("#style-open").tap()
    await expect(page.page.locator("#style")).to_be_visible()
    assert await findings(page.page) == []


async def test_every_control_of_a_board_shows_where_the_focus_is(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, *one_of_each())
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
    await one.page.get_by_role("menuitem", name="Preferences").click()
    await one.page.get_by_role("menuitemcheckbox", name="Announce").click()
    await one.page.keyboard.press("Escape")
    await two.draw(wave(400, 400))
    await expect(one.page.locator("#announcer")).to_have_text("Somebody added black stroke.")
    await one.draw(wave(400, 500))
    await one.has_shapes(3)
    await expect(one.page.locator("#announcer")).to_have_text("Somebody added black stroke.")
