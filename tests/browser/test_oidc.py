"""Signing in in a real browser, by the test provider as Auth0, and tokens that expire while one draws."""

import re

from playwright.async_api import BrowserContext, Page, expect

from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.identity.provider import Provider

SHORT = 14.0  # s that a token lives


async def signed_in_page(context: BrowserContext, easel: Easel) -> Page:
    page = await context.new_page()
    await page.goto(easel.url)
    await expect(page).to_have_url(re.compile("/sign-in"))
    await page.locator("main .button, main button").filter(has_text="Sign in").click()
    await expect(page).to_have_url(re.compile("/boards$"))
    return page


async def new_board(page: Page) -> BoardPage:
    await page.locator("form[action='/boards'] button").first.click()
    await expect(page).to_have_url(re.compile("/boards/.+"))
    board = BoardPage(page)
    await board.ready()
    return board


async def draw_through(board: BoardPage, strokes: int) -> None:
    """Strokes with pauses in between, for longer than a token lives."""
    for n in range(strokes):
        await board.draw(wave(300 + 40 * (n % 10), 250 + 40 * (n // 10)))
        await board.page.wait_for_timeout(1_000)  # people draw that slowly; what is tested is time passing
    await board.saved()
    await board.has_shapes(strokes)


async def test_signing_in_by_oidc_and_drawing_while_tokens_expire_loses_nothing(
    visit: Visit, provider: Provider, oidc_easel: Easel
) -> None:
    provider.life = SHORT
    context = await visit()
    refused: list[str] = []
    context.on("response", lambda answer: refused.extend([answer.url] if answer.status == 401 else []))
    board = await new_board(await signed_in_page(context, oidc_easel))
    await draw_through(board, 16)
    assert refused == []
    assert provider.spent == []
    assert provider.asked["/oauth/token"] >= 2


async def test_signing_out_by_oidc_ends_both_sessions(visit: Visit, provider: Provider, oidc_easel: Easel) -> None:
    context = await visit()
    page = await signed_in_page(context, oidc_easel)
    await page.locator("button.account").click()
    await page.get_by_text("Sign out").click()
    await expect(page).to_have_url(re.compile("/sign-in"))
    assert provider.asked["/oidc/logout"] == 1
