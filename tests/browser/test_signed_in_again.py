"""Answers taken as final although they are not about the change: a page that was refused comes back by itself."""

import pytest
from playwright.async_api import Page, Route, expect

from harness.people import Person, stroke
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit

SIGN_OUT = "fetch('/session', { method: 'DELETE' })"


@pytest.fixture
async def private(easel: Easel, ana: Person) -> str:
    return f"{easel.url}/boards/{await ana.create_board('Private')}"


async def signed_out(board: BoardPage, easel: Easel) -> Page:
    """By another tab, which is returned."""
    other = await board.page.context.new_page()
    await other.goto(easel.url)
    await other.evaluate(SIGN_OUT)
    await expect(board.page.locator("#status")).to_have_text("Closed")
    await board.toast("Your session has ended")
    return other


async def sign_in(page: Page, person: Person) -> None:
    await page.context.add_cookies([{"name": "session", "value": person.token, "url": person.url}])
    await page.goto(f"{person.url}/boards")


async def test_a_page_goes_on_once_its_reader_signs_in_in_another_tab(
    visit: Visit, easel: Easel, ana: Person, private: str
) -> None:
    back = await ana.elsewhere()
    board = await BoardPage.open(await visit(ana), private)
    other = await signed_out(board, easel)
    await sign_in(other, back)
    await board.saved()
    await expect(board.page.locator("#toasts")).not_to_contain_text("Your session has ended")
    assert (await back.draw(private.rsplit("/", 1)[1], stroke("after"))).status == 201
    await board.has_shapes(1)
    await board.draw(wave(300, 300))
    await board.has_shapes(2)
    await board.saved()


async def test_what_waited_goes_out_with_it(visit: Visit, easel: Easel, ana: Person, private: str) -> None:
    back = await ana.elsewhere()
    board = await BoardPage.open(await visit(ana), private)
    other = await signed_out(board, easel)
    await board.draw(wave(300, 300))
    await expect(board.page.locator("#status")).to_have_text("Signed out, 1 change waiting")
    await sign_in(other, back)
    await board.saved()
    assert len(await back.shapes(private.rsplit("/", 1)[1])) == 1
    await expect(board.page.locator("#toasts > .toast")).to_have_count(0)


async def test_somebody_else_who_signs_in_brings_nothing_back(
    visit: Visit, easel: Easel, ana: Person, guest: Person, private: str
) -> None:
    back = await ana.elsewhere()
    board = await BoardPage.open(await visit(ana), private)
    other = await signed_out(board, easel)
    await sign_in(other, guest)
    await board.toast("You are signed in as somebody else now")
    await expect(board.page.locator("#status")).to_have_text("Closed")
    await back.draw(private.rsplit("/", 1)[1], stroke("hidden"))
    await sign_in(other, back)
    await board.has_shapes(1)


async def test_a_change_too_large_for_a_proxy_can_be_set_aside(visit: Visit, ana: Person, private: str) -> None:
    board = await BoardPage.open(await visit(ana), private)
    refused: list[str] = []

    async def answer(route: Route) -> None:
        body = route.request.post_data or ""
        if not refused:
            refused.append(body)
        if body in refused:  # the same request, again and again
            await route.fulfill(status=413, content_type="text/html", body="<html>413 Request Entity Too Large</html>")
        else:
            await route.continue_()

    await board.page.route("**/changes", answer)
    await board.draw(wave(300, 300))
    await board.toast("refuses a change that large")
    await board.draw(wave(300, 450))
    await expect(board.page.locator("#status")).to_have_text("Too large, 2 changes waiting")
    await board.page.locator("#kept").click()
    await board.page.get_by_role("button", name="Set aside the first").click()
    await expect(board.page.locator("#stash")).to_contain_text("too large for a server")
    await expect(board.page.locator("#stash .stash")).to_have_count(1)
    await expect(board.page.locator("#stash").get_by_role("button", name="Copy", exact=True)).to_be_visible()
    await board.page.locator("#stash").get_by_role("button", name="Close").click()
    await board.saved()
    await board.has_shapes(1)
    assert len(await ana.shapes(private.rsplit("/", 1)[1])) == 1
    await expect(board.page.locator("#kept")).to_have_text("1 shape not saved")
