"""Templates as a person makes and uses them."""

import re

from playwright.async_api import expect

from harness.people import Person, stroke
from tests.browser.conftest import Visit
from tests.browser.test_list import card, opened, shows


async def test_a_board_becomes_a_template_and_new_boards_are_made_of_it(visit: Visit, ana: Person) -> None:
    board = await ana.create_board("Stand-up")
    await ana.draw(board, stroke("line"))
    page = await opened(await visit(ana), ana)
    await page.get_by_role("button", name="More for Stand-up").click()
    await page.get_by_role("button", name="Make a template").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Templates")
    await shows(page, "Stand-up")
    await page.get_by_role("button", name="Use this template: Stand-up").press("Enter")
    await page.wait_for_url(re.compile(rf"/boards/(?!{board})\w+$"))
    await expect(page.locator("#shapes path")).to_have_count(1)
    await page.goto(f"{ana.url}/boards?section=templates")
    await page.get_by_role("button", name="More for Stand-up").click()
    await page.get_by_role("button", name="No template any more").click()
    await expect(card(page, "Stand-up")).to_have_count(0)


async def test_a_new_board_begins_as_a_template_of_easel(visit: Visit, ana: Person) -> None:
    for title in ("Weekly", "Monthly"):  # side by side
        await ana.request("PATCH", f"/boards/{await ana.create_board(title)}", json={"template": True})
    page = await opened(await visit(ana, viewport={"width": 375, "height": 700}), ana)
    await page.get_by_role("link", name="From a template").click()
    picture = page.locator("#shipped .thumbnail.light").first
    await expect(picture).to_have_js_property("complete", True)
    assert await picture.evaluate("image => image.naturalWidth") == 480
    assert await page.evaluate("document.documentElement.scrollWidth") == 375
    await page.get_by_role("button", name="Use this template: Kanban").click()
    await page.wait_for_url(re.compile(r"/boards/\w+$"))
    await expect(page.locator("#shapes [id]").first).to_be_visible()


async def test_a_viewer_makes_a_board_of_their_own_of_a_shared_one(visit: Visit, ana: Person, ben: Person) -> None:
    board = await ana.create_board("Plan", "link-view")
    await ana.draw(board, stroke("line"))
    page = await (await visit(ana)).new_page()
    await page.goto(f"{ana.url}/boards/{board}")
    await page.get_by_role("button", name="Share").click()
    switch = page.get_by_role("switch", name="Allow copies")
    await switch.click()
    await expect(switch).to_be_checked()
    theirs = await (await visit(ben)).new_page()
    await theirs.goto(f"{ana.url}/boards/{board}")
    await theirs.get_by_role("button", name="Menu").click()
    await theirs.get_by_role("menuitem", name="Make a copy of your own").click()
    await theirs.wait_for_url(re.compile(rf"/boards/(?!{board})\w+$"))
    await expect(theirs.locator("#shapes path")).to_have_count(1)
    await theirs.goto(f"{ana.url}/boards?section=mine")
    await card(theirs, "Copy of Plan").get_by_role("link", name="Plan", exact=True).click()
    await theirs.wait_for_url(f"{ana.url}/boards/{board}")
