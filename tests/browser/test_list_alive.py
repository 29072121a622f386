"""The list of boards while it stays open, what a search finds besides boards, and a board as a file from its card."""

from playwright.async_api import Page, expect

from harness.people import Person, shape_of_kind
from tests.browser.conftest import Visit
from tests.browser.test_list import PHONE, card, opened
from tests.integration.test_thumbnails import thumbnail


async def looks_again(page: Page) -> None:
    """As after some seconds."""
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


async def test_a_card_shows_what_was_drawn_while_the_list_is_open(visit: Visit, ana: Person) -> None:
    board, other = await ana.create_board("Drawn"), await ana.create_board("Other")
    page = await opened(await visit(ana, color_scheme="light"), ana)
    before, still = [
        await page.locator(f".card[data-board='{id}'] img.light").get_attribute("src") for id in (board, other)
    ]
    await ana.draw(board, shape_of_kind("note", "n", text="Hello"))
    await thumbnail(ana, board)
    await looks_again(page)
    picture = card(page, "Drawn").locator("img.light")
    await expect(picture).to_have_js_property("naturalWidth", 480)
    assert await picture.get_attribute("src") != before
    assert await card(page, "Other").locator("img.light").get_attribute("src") == still
    await expect(card(page, "Drawn").locator("time")).to_have_text("just now")


async def test_a_search_finds_the_templates_of_easel_too(visit: Visit, ana: Person) -> None:
    await ana.create_board("Kanban at work")
    page = await opened(await visit(ana), ana)
    await page.get_by_role("searchbox").fill("kan")
    await expect(page.get_by_role("heading", name="Templates from Easel")).to_be_visible()
    await expect(page.locator("#shipped h3")).to_have_text("Kanban")
    await expect(card(page, "Kanban at work")).to_be_visible()
    await page.get_by_role("searchbox").fill("map mind")
    await expect(page.locator("#shipped h3")).to_have_text("Mind map")
    await expect(page.get_by_text("You have no board")).to_have_count(0)
    await page.get_by_role("searchbox").fill("anban")
    await expect(page.get_by_text("You have no board")).to_be_visible()
    await expect(page.locator("#shipped")).to_have_count(0)


async def test_the_section_of_the_page_is_in_view_on_a_phone(visit: Visit, ana: Person) -> None:
    page = await opened(await visit(ana, **PHONE), ana, "?section=trash")
    await expect(page.get_by_role("link", name="Trash")).to_be_in_viewport(ratio=0.9)


async def test_a_board_is_exported_from_its_card(visit: Visit, ana: Person) -> None:
    await ana.create_board("Kitchen")
    page = await opened(await visit(ana, **PHONE), ana)
    await page.get_by_role("button", name="More for Kitchen").focus()
    await page.keyboard.press("Enter")
    menu = page.locator(".menu:popover-open")
    await menu.get_by_text("Export").press("Enter")
    await expect(menu.get_by_role("link", name="Easel JSON")).to_be_in_viewport(ratio=1)
    names = []
    for format in ("PNG", "SVG", "PDF", "Excalidraw", "Markdown", "Easel JSON"):
        async with page.expect_download() as download:
            await menu.get_by_role("link", name=format, exact=True).press("Enter")
        names.append((await download.value).suggested_filename)
    assert names == [f"Kitchen.{ending}" for ending in ("png", "svg", "pdf", "excalidraw", "md", "easel.json")]
