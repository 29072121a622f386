"""Local work filed under an identity that cannot return: a guest whose cookie is gone comes back as the same guest."""

import re

from playwright.async_api import Page, expect

from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit

HAS_KEY = "() => JSON.parse(localStorage['easel:guests'] ?? '[]').length > 0"


async def a_guest_with_a_board(visit: Visit, easel: Easel) -> BoardPage:
    """Gus has signed in by name, and has a private board."""
    page = await (await visit()).new_page()
    await page.goto(easel.url)
    await page.get_by_label("Your name").fill("Gus")
    await page.get_by_role("button", name="Start drawing").click()
    await expect(page).to_have_url(re.compile("/boards$"))
    await page.locator("form[action='/boards'] button").first.click()
    board = BoardPage(page)
    await board.ready()
    await page.wait_for_function(HAS_KEY)
    return board


async def lose_the_cookie(board: BoardPage) -> None:
    await board.page.context.clear_cookies()
    await board.draw(wave(300, 300))
    await expect(board.page.locator("#status")).to_have_text("Signed out, 1 change waiting")
    await board.page.locator("#toasts").get_by_role("link", name="Sign in").first.click()
    await expect(board.page).to_have_url(re.compile("next="))


async def is_saved(board: BoardPage) -> None:
    await board.ready()
    await board.has_shapes(1)
    await board.saved()
    await expect(board.page.locator("body")).to_have_attribute("data-role", "owner")


async def test_signing_in_again_under_the_same_name_saves_what_waits(visit: Visit, easel: Easel) -> None:
    board = await a_guest_with_a_board(visit, easel)
    await lose_the_cookie(board)
    await board.page.get_by_label("Your name").fill("gus")
    await board.page.get_by_role("button", name="Start drawing").click()
    await is_saved(board)


async def test_continuing_by_one_press_saves_what_waits(visit: Visit, easel: Easel) -> None:
    board = await a_guest_with_a_board(visit, easel)
    await lose_the_cookie(board)
    await board.page.get_by_role("button", name="Continue as Gus").click()
    await is_saved(board)


async def test_a_recovery_link_signs_another_browser_in(visit: Visit, easel: Easel) -> None:
    board = await a_guest_with_a_board(visit, easel)
    await open_who(board.page)
    await board.page.get_by_role("button", name="Make a recovery link").click()
    await expect(board.page.get_by_label("Recovery link")).to_have_value(re.compile("/return#gk_"))
    link = await board.page.get_by_label("Recovery link").input_value()
    url = board.page.url
    elsewhere = await (await visit()).new_page()
    asked: list[str] = []
    elsewhere.on("request", lambda request: asked.append(request.url))
    await elsewhere.goto(link)
    assert "gk_" not in elsewhere.url
    await elsewhere.get_by_role("button", name="Continue as that guest").click()
    await expect(elsewhere).to_have_url(re.compile("/boards$"))
    await elsewhere.goto(url)
    other = BoardPage(elsewhere)
    await other.ready()
    await expect(elsewhere.locator("body")).to_have_attribute("data-name", "Gus")
    await expect(elsewhere.locator("body")).to_have_attribute("data-role", "owner")
    assert not [address for address in asked[1:] if "gk_" in address]


async def test_after_signing_out_the_browser_knows_nobody(visit: Visit, easel: Easel) -> None:
    board = await a_guest_with_a_board(visit, easel)
    url = board.page.url
    await open_who(board.page)
    await board.page.get_by_role("button", name="Sign out").click()
    await expect(board.page.get_by_role("button", name="Start drawing")).to_be_visible()
    await expect(board.page.get_by_role("button", name="Continue as Gus")).to_have_count(0)
    await board.page.get_by_label("Your name").fill("Gus")
    await board.page.get_by_role("button", name="Start drawing").click()
    await expect(board.page).to_have_url(re.compile("/boards$"))
    answer = await board.page.goto(url)
    assert answer
    assert answer.status == 404


async def open_who(page: Page) -> None:
    await page.locator("#menu-open").click()
    await page.get_by_role("menuitem", name="You are Gus").click()
