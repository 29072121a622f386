"""ClerkJS itself and Clerk's own component, from the instance's address, through all that can happen to a session."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright, expect

from harness.chromium import launch
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.clerk_page import ClerkBrowser, draw_slowly, enter, hide, show
from tests.browser.conftest import Visit
from tests.identity.frontend import PACKAGES
from tests.identity.provider import Provider
from tests.identity.resources import PASSWORD

SHORT = 9.0  # s that a token lives; ClerkJS and our writes use it for about 4
ANOTHER = """async ([identifier, password]) => {
  const attempt = await Clerk.client.signIn.create({ identifier, password });
  await Clerk.setActive({ session: attempt.createdSessionId });
}"""


@pytest.fixture(scope="session")
async def browser(running_provider: Provider) -> AsyncIterator[Browser]:
    """One that finds Clerk's front end."""
    assert PACKAGES.exists(), "ClerkJS is missing here: make .clerk/.synced"
    async with async_playwright() as playwright:
        launched = await launch(playwright.chromium, *running_provider.frontend.browser_flags)
        yield launched
        await launched.close()


@pytest.fixture
async def at(visit: Visit, provider: Provider, clerk_js_easel: Easel) -> ClerkBrowser:
    provider.life = SHORT
    return ClerkBrowser.of(await visit(), clerk_js_easel)


async def test_clerks_component_signs_in_under_our_policy(at: ClerkBrowser) -> None:
    page, said = await at.context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    await page.goto(at.easel.url)
    await expect(page).to_have_url(re.compile("/sign-in"))
    await enter(page, "ana", "wrong")
    await expect(page.locator("#sign-in")).to_contain_text("Password is incorrect")
    size: str = await page.locator("#sign-in h1").evaluate("title => getComputedStyle(title).fontSize")
    assert float(size.removesuffix("px")) < 24  # Clerk's; our own titles are larger
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/boards$"))
    await expect(page.locator("button.account")).to_contain_text("Ana")
    assert not [text for text in said if "Content Security Policy" in text]


async def test_drawing_in_two_tabs_through_many_tokens_loses_nothing(at: ClerkBrowser, provider: Provider) -> None:
    seen = await at.start()
    covered = await BoardPage.open(at.context, seen.page.url)
    await hide(covered)
    await draw_slowly(seen, 6)
    await hide(seen)
    await show(covered)
    await covered.has_shapes(6)
    await covered.draw(wave(300, 400))
    await covered.saved()
    await show(seen)
    await seen.has_shapes(7)
    assert len(at.refused) <= 1  # a write that leaves 5 s before a token's end arrives a little later
    assert 2 <= provider.frontend.asked["tokens"] <= 8


async def test_a_browser_whose_clock_is_slow_is_refused_once_for_each_token(at: ClerkBrowser) -> None:
    await at.context.add_init_script("const now = Date.now; Date.now = () => now() - 8_000;")
    board = await at.start()
    sent: list[str] = []
    at.context.on("request", lambda request: sent.append(request.url) if request.url.endswith("/changes") else None)
    await draw_slowly(board, 5)
    await board.has_shapes(5)
    await board.saved()
    refused = [path for path in at.refused if path.endswith("/changes")]
    assert 1 <= len(refused) <= 5  # on a slow machine, each stroke once
    assert len(sent) == 5 + len(refused)


async def test_a_revoked_session_keeps_what_was_drawn_until_the_next(at: ClerkBrowser, provider: Provider) -> None:
    board = await at.start("rita")
    provider.frontend.revoke("user_rita")
    await board.page.evaluate("Clerk.session.getToken({ skipCache: true }).catch(() => null)")
    await draw_slowly(board, 2)
    await board.toast("You are signed out; what you draw waits here")
    other = await at.sign_in("rita")
    await other.close()  # and with it the only ClerkJS that knows the new session
    await draw_slowly(board, 5, row=1)
    await board.has_shapes(7)
    await board.saved()
    assert len(at.refused) <= 6
    assert provider.frontend.asked["client"] <= 10


async def test_signing_out_in_another_tab_darkens_the_board(at: ClerkBrowser) -> None:
    board = await at.start()
    other = await at.context.new_page()
    await other.goto(f"{at.easel.url}/boards")
    await other.locator("button.account").click()
    await other.get_by_text("Sign out").click()
    await expect(other).to_have_url(re.compile("/sign-in"))
    await board.toast("Your session has ended")
    await board.draw(wave(300, 300))
    await board.toast("You are signed out; what you draw waits here")
    await enter(other, "ana")
    await board.has_shapes(1)
    await board.saved()
    assert len(at.refused) <= 5


async def test_strokes_wait_calmly_while_clerk_is_down(at: ClerkBrowser, provider: Provider) -> None:
    board = await at.start()
    provider.frontend.down = True
    await draw_slowly(board, 6)
    assert provider.frontend.asked["tokens"] <= 12
    provider.frontend.down = False
    await board.has_shapes(6, 30_000)
    await board.saved()
    assert len(at.refused) <= 3


async def test_being_offline_past_a_tokens_end_loses_nothing(at: ClerkBrowser, provider: Provider) -> None:
    board = await at.start()
    await at.context.set_offline(True)
    await draw_slowly(board, 5)
    await at.context.set_offline(False)
    await board.has_shapes(5)
    await board.saved()
    assert len(at.refused) <= 1
    assert provider.frontend.asked["tokens"] <= 3


async def test_two_sessions_of_one_browser_draw_as_themselves(at: ClerkBrowser) -> None:
    anas = await at.start()
    page = await at.context.new_page()
    await page.goto(f"{at.easel.url}/boards")
    await page.wait_for_function("() => window.Clerk?.session")
    await hide(anas)
    await page.evaluate(ANOTHER, ["ben@example.com", PASSWORD])
    await page.reload()
    await expect(page.locator("button.account")).to_contain_text("Ben")
    bens = await at.new_board(page)
    await draw_slowly(bens, 2)
    await hide(bens)
    await show(anas)
    await draw_slowly(anas, 2)
    await hide(anas)
    await show(bens)
    await draw_slowly(bens, 2, row=1)
    await bens.has_shapes(4)
    await bens.saved()
    await show(anas)
    await anas.has_shapes(2)
    await anas.saved(60_000)
    assert len(at.refused) <= 1


async def test_an_expired_cookie_opens_the_page_without_a_new_sign_in(at: ClerkBrowser, provider: Provider) -> None:
    page = await at.sign_in()
    await page.goto("about:blank")
    old = provider.minted(provider.frontend.sessions("user_ana")[-1], at.easel.url, exp=1)
    for cookie in await at.context.cookies(at.easel.url):
        if cookie["name"].startswith("__session"):
            kept = {"name": cookie["name"], "value": old, "url": at.easel.url}
            await at.context.add_cookies([kept])  # type: ignore[list-item]
    await page.goto(f"{at.easel.url}/boards")
    await expect(page.locator("form[action='/boards'] button").first).to_be_visible()


async def test_a_session_that_easel_never_accepts_ends_in_a_sentence(at: ClerkBrowser, provider: Provider) -> None:
    page = await at.sign_in()
    provider.life = -60  # as if this machine's clock were wrong
    await page.wait_for_function("() => window.Clerk?.session")
    await page.evaluate("Clerk.session.getToken({ skipCache: true })")
    await page.goto(f"{at.easel.url}/boards")
    await expect(page.locator("#trouble")).to_contain_text("Its clock may be wrong")


async def test_a_session_with_a_task_left_stays_at_the_sign_in(at: ClerkBrowser, provider: Provider) -> None:
    provider.frontend.pending = True
    page = await at.context.new_page()
    await page.goto(f"{at.easel.url}/sign-in")
    await enter(page, "ana")
    await expect(page.locator("#sign-in")).to_contain_text("Signed in as ana@example.com")
    await page.goto(f"{at.easel.url}/boards")
    await expect(page).to_have_url(re.compile("/sign-in"))
