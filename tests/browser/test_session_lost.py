"""Answers taken as final although they are not about the change: the session ends, and what is drawn waits."""

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit


@pytest.fixture
async def private(easel: Easel, ana: Person) -> str:
    return f"{easel.url}/boards/{await ana.create_board('Private')}"


async def come_back(context: BrowserContext, person: Person) -> None:
    await context.add_cookies([{"name": "session", "value": person.token, "url": person.url}])


async def sign_out_elsewhere(context: BrowserContext, url: str) -> Page:
    other = await context.new_page()
    await other.goto(url)
    await other.evaluate("fetch('/session', { method: 'DELETE' })")
    return other


async def test_signing_out_in_another_tab_while_offline_keeps_each_stroke(
    visit: Visit, easel: Easel, ana: Person, private: str
) -> None:
    back = await ana.elsewhere()
    board = await BoardPage.open(await visit(ana), private)
    await board.page.route("**/boards/*/*", lambda route: route.abort())
    for n in range(3):
        await board.draw(wave(300 + 60 * n, 300))
    await board.status("offline")
    await sign_out_elsewhere(board.page.context, easel.url)
    await board.page.unroute("**/boards/*/*")
    await board.page.evaluate("dispatchEvent(new Event('online'))")
    await expect(board.page.locator("#status")).to_have_text("Signed out, 3 changes waiting")
    assert await board.outbox() == 3
    await come_back(board.page.context, back)
    await board.page.evaluate("dispatchEvent(new Event('focus'))")
    await board.page.wait_for_function("() => Object.keys(localStorage).every(key => !key.startsWith('easel:outbox:'))")
    assert len(await back.shapes(private.rsplit("/", 1)[1])) == 3


async def test_signing_out_in_another_tab_while_online_keeps_each_stroke(
    visit: Visit, easel: Easel, ana: Person, private: str
) -> None:
    back = await ana.elsewhere()
    board = await BoardPage.open(await visit(ana), private)
    await sign_out_elsewhere(board.page.context, easel.url)
    for n in range(3):
        await board.draw(wave(300 + 60 * n, 300))
    await expect(board.page.locator("#status")).to_have_text("Signed out, 3 changes waiting")
    await come_back(board.page.context, back)
    await board.page.reload()
    await board.ready()
    await board.has_shapes(3)
    await board.saved()


@pytest.mark.parametrize(("visibility", "cookie"), [("private", ""), ("private", "rubbish"), ("link-edit", "")])
async def test_without_its_session_a_page_gets_401_and_keeps_the_work(
    visit: Visit, easel: Easel, ana: Person, visibility: str, cookie: str
) -> None:
    url = f"{easel.url}/boards/{await ana.create_board('Expiry', visibility)}"
    board = await BoardPage.open(await visit(ana), url)
    await board.page.context.clear_cookies()
    if cookie:
        await board.page.context.add_cookies([{"name": "session", "value": cookie, "url": ana.url}])
    await board.draw(wave(300, 300))
    await board.toast("You are signed out")
    await expect(board.page.locator("#status")).to_have_text("Signed out, 1 change waiting")
    assert await board.outbox() == 1


async def test_a_proxy_that_answers_for_easel_takes_nothing(visit: Visit, ana: Person, private: str) -> None:
    board = await BoardPage.open(await visit(ana), private)
    answers = [(404, "<html>Not found"), (403, "<html>Blocked"), (200, "<html>Our hotel"), (502, "<html>Bad gateway")]

    async def answer(route: Route) -> None:
        if answers:
            status, body = answers.pop(0)
            await route.fulfill(status=status, content_type="text/html", body=body)
        else:
            await route.continue_()

    await board.page.route("**/changes", answer)
    await board.draw(wave(300, 300))
    await board.has_shapes(1, timeout=30_000)
    await board.saved()
    assert not answers


async def test_presenting_makes_what_was_drawn_offline_wait_and_not_go(
    visit: Visit, ana: Person, guest: Person, shared_board: str
) -> None:
    board = await BoardPage.open(await visit(guest), shared_board)
    await board.page.route("**/boards/*/changes", lambda route: route.abort())
    await board.draw(wave(300, 300))
    await board.status("offline")
    await present(ana, shared_board, True)
    await board.page.unroute("**/boards/*/changes")
    await board.page.evaluate("dispatchEvent(new Event('online'))")
    await expect(board.page.locator("#status")).to_have_text("View only, 1 change waiting")
    await expect(board.page.locator("#kept")).to_have_text("1 change not saved yet")
    await board.page.locator("#kept").click()
    await expect(board.page.locator("#stash").get_by_role("button", name="Copy", exact=True)).to_be_visible()
    await board.page.get_by_role("button", name="Close").click()
    await present(ana, shared_board, False)
    await board.has_shapes(1)
    await board.saved()
    await expect(board.page.locator("#kept")).to_be_hidden()


async def present(owner: Person, url: str, on: bool) -> None:
    answer = await owner.request("PATCH", url.removeprefix(owner.url), json={"presenting": on})
    assert answer.status == 200


async def test_work_for_a_deleted_board_stays_to_be_copied(
    visit: Visit, ana: Person, guest: Person, shared_board: str
) -> None:
    board = await BoardPage.open(await visit(guest), shared_board)
    await board.page.route("**/boards/*/changes", lambda route: route.abort())
    await board.draw(wave(300, 300))
    await board.status("offline")
    assert (await ana.request("DELETE", shared_board.removeprefix(ana.url))).status == 204
    await board.page.unroute("**/boards/*/changes")
    await board.page.evaluate("dispatchEvent(new Event('online'))")
    await expect(board.page.locator("#status")).to_have_text("Board gone, 1 change waiting")
    await board.page.locator("#kept").click()
    await board.page.get_by_role("button", name="Copy", exact=True).click()
    await expect(board.page.get_by_role("button", name="Copied")).to_be_visible()
    await board.page.get_by_role("button", name="Discard").click()
    await board.page.get_by_role("button", name="Discard it").click()
    assert await board.outbox() == 0
