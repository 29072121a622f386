"""Signing in in a real browser, by the test provider as Clerk and as Auth0, and tokens that expire while one draws."""

import json
import re

import pytest
from playwright.async_api import BrowserContext, Page, Response, expect

from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.identity.provider import Provider

SHORT = 9.0  # s that a token lives; a page works with it for about 4


async def signed_in_page(context: BrowserContext, easel: Easel, button: str) -> Page:
    page = await context.new_page()
    await page.goto(easel.url)
    await expect(page).to_have_url(re.compile("/sign-in"))
    await page.locator("main .button, main button").filter(has_text=button).click()
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


async def test_drawing_while_clerk_tokens_expire_loses_nothing(
    visit: Visit, provider: Provider, clerk_easel: Easel
) -> None:
    provider.life = SHORT
    context = await visit()
    refused: list[str] = []
    context.on("response", lambda answer: refused.extend([answer.url] if answer.status == 401 else []))
    board = await new_board(await signed_in_page(context, clerk_easel, "Continue"))
    await draw_through(board, 14)
    assert len(refused) <= 3, refused
    assert provider.asked["/v1/client/tokens"] <= 25


async def test_a_stroke_with_an_expired_token_is_resent_once_with_a_fresh_one(
    visit: Visit, provider: Provider, clerk_easel: Easel
) -> None:
    context = await visit()
    board = await new_board(await signed_in_page(context, clerk_easel, "Continue"))
    asked: list[tuple[int, str]] = []

    async def note(answer: Response) -> None:
        if answer.url.endswith("/changes"):
            asked.append((answer.status, json.loads(answer.request.post_data or "{}")["changeId"]))

    context.on("response", note)
    old = provider.session_token(session="sess_old", exp=1, azp=clerk_easel.url)
    await spoil(board.page, old)
    await board.draw(wave(333, 277))
    await board.has_shapes(1)
    await board.saved()
    assert [status for status, _ in asked] == [401, 201]
    assert len({change for _, change in asked}) == 1


async def test_strokes_wait_calmly_while_clerk_gives_no_tokens(
    visit: Visit, provider: Provider, clerk_easel: Easel
) -> None:
    context = await visit()
    refused: list[str] = []
    context.on("response", lambda answer: refused.extend([answer.url] if answer.status == 401 else []))
    board = await new_board(await signed_in_page(context, clerk_easel, "Continue"))
    provider.down = True
    await spoil(board.page, provider.session_token(exp=1))
    for n in range(4):
        await board.draw(wave(300 + 60 * n, 300))
    await board.toast("You are signed out")
    await board.page.wait_for_timeout(5_000)  # a storm would have begun
    assert len(refused) <= 4, refused
    provider.down = False
    await board.page.evaluate("Clerk.session.getToken({ skipCache: true })")
    await board.page.evaluate("dispatchEvent(new Event('focus'))")
    await board.has_shapes(4)
    await board.saved()


async def spoil(page: Page, token: str) -> None:
    """Puts this token in the place of the session's."""
    await page.evaluate(
        "async token => { while (!window.Clerk?.session) await new Promise(requestAnimationFrame);"
        " for (const c of document.cookie.split('; ').filter(c => c.startsWith('__session')))"
        " document.cookie = `${c.split('=')[0]}=${token}; path=/` }",
        token,
    )


async def test_an_expired_cookie_opens_the_page_without_a_new_sign_in(
    visit: Visit, provider: Provider, clerk_easel: Easel
) -> None:
    context = await visit()
    page = await signed_in_page(context, clerk_easel, "Continue")
    await spoil(page, provider.session_token(exp=1))
    await page.goto(f"{clerk_easel.url}/boards")
    await expect(page.locator("form[action='/boards'] button").first).to_be_visible()


async def test_a_session_that_easel_never_accepts_ends_in_a_sentence(
    visit: Visit, provider: Provider, clerk_easel: Easel
) -> None:
    context = await visit()
    page = await signed_in_page(context, clerk_easel, "Continue")
    provider.life = -60  # as if this machine's clock were wrong
    await page.evaluate(
        "async () => { while (!Clerk.session) await new Promise(requestAnimationFrame);"
        " await Clerk.session.getToken({ skipCache: true }) }"
    )
    await page.goto(f"{clerk_easel.url}/boards")
    await expect(page.locator("#trouble")).to_contain_text("Its clock may be wrong")


@pytest.mark.usefixtures("provider")
async def test_signing_out_with_clerk_opens_the_start_and_darkens_boards(visit: Visit, clerk_easel: Easel) -> None:
    context = await visit()
    page = await signed_in_page(context, clerk_easel, "Continue")
    board = await new_board(page)
    second = await context.new_page()
    await second.goto(f"{clerk_easel.url}/boards")
    await second.locator("button.account").click()
    await second.get_by_text("Sign out").click()
    await expect(second).to_have_url(re.compile("/sign-in"))
    await expect(board.page.locator("#toasts")).to_contain_text("Your session has ended")


async def test_signing_in_by_oidc_and_drawing_while_tokens_expire_loses_nothing(
    visit: Visit, provider: Provider, oidc_easel: Easel
) -> None:
    provider.life = SHORT + 5
    context = await visit()
    refused: list[str] = []
    context.on("response", lambda answer: refused.extend([answer.url] if answer.status == 401 else []))
    board = await new_board(await signed_in_page(context, oidc_easel, "Sign in"))
    await draw_through(board, 16)
    assert refused == []
    assert provider.spent == []
    assert provider.asked["/oauth/token"] >= 2


async def test_signing_out_by_oidc_ends_both_sessions(visit: Visit, provider: Provider, oidc_easel: Easel) -> None:
    context = await visit()
    page = await signed_in_page(context, oidc_easel, "Sign in")
    await page.locator("button.account").click()
    await page.get_by_text("Sign out").click()
    await expect(page).to_have_url(re.compile("/sign-in"))
    assert provider.asked["/oidc/logout"] == 1
