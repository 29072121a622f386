"""A bare refusal where people could ask: a friend asks the owner of a private board, and it opens by itself."""

from playwright.async_api import expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit

PATIENCE = 60_000  # ms: a page that waits looks every 5 s


async def test_the_owner_is_told_at_once_and_lets_a_friend_in(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Plans")
    url = f"{easel.url}/boards/{board}"
    anas = await BoardPage.open(await visit(ana), url)
    bens = await (await visit(ben)).new_page()
    await bens.goto(url)
    await expect(bens.locator("h1")).to_have_text("A blank sheet")
    await bens.get_by_role("button", name="Ask the owner").click()
    await expect(bens.get_by_role("status").first).to_contain_text("You asked for access as Ben")
    await expect(anas.page.locator("#toasts")).to_contain_text("Ben asks for access.")
    await anas.page.locator("#toasts a").click()
    await anas.page.get_by_role("button", name="Allow editing: Ben").click()
    await expect(anas.page.locator("#asking-heading")).to_have_count(0)
    await expect(anas.page.locator("[aria-label='What Ben may do']")).to_have_value("editor")
    await expect(bens.locator("#title")).to_have_text("Plans", timeout=PATIENCE)
    assert bens.url == url
    await expect(anas.page.locator("#toasts")).not_to_contain_text("asks to be let in")


async def test_an_owner_who_comes_later_is_told_and_may_dismiss(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Plans")
    assert (await ben.post(f"/boards/{board}/asks", {})).status == 202
    anas = await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}")
    await expect(anas.page.locator("#toasts")).to_contain_text("Ben asks for access.")
    await anas.page.locator("#toasts a").click()
    await anas.page.get_by_role("button", name="Dismiss Ben").click()
    await expect(anas.page.locator("#asking-heading")).to_have_count(0)
    assert (await ben.get(f"/boards/{board}.json")).status == 404
