"""Work that the server refuses for good: it stays in the browser, to be copied, added again or discarded."""

import json

import pytest
from playwright.async_api import Page, Route, expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit

REASON = "The board holds 10 shapes, and no more."


async def refuse_changes(page: Page, reason: str = REASON) -> None:
    body = json.dumps({"error": {"code": "board_full", "message": reason, "limit": 10}})

    async def refuse(route: Route) -> None:
        await route.fulfill(status=422, content_type="application/json", body=body)

    await page.route("**/changes", refuse)


@pytest.fixture
async def board(visit: Visit, easel: Easel, ana: Person) -> BoardPage:
    url = f"{easel.url}/boards/{await ana.create_board('Refusals')}"
    return await BoardPage.open(await visit(ana), url)


async def refused(board: BoardPage) -> None:
    await refuse_changes(board.page)
    await board.draw(wave(300, 300))
    await expect(board.page.locator("#kept")).to_have_text("1 shape not saved")
    await board.has_shapes(0)
    await board.page.unroute("**/changes")


async def test_refused_work_is_added_to_the_board_once_there_is_room(board: BoardPage) -> None:
    await refused(board)
    await board.page.locator("#kept").click()
    await expect(board.page.locator("#stash")).to_contain_text(REASON)
    await board.page.get_by_role("button", name="Add to the board").click()
    await board.has_shapes(1)
    await board.saved()
    await expect(board.page.locator("#kept")).to_be_hidden()
    await expect(board.page.locator("#stash")).to_be_hidden()


async def test_refused_work_outlives_the_page_and_is_discarded_after_a_question(board: BoardPage) -> None:
    await refused(board)
    await board.page.reload()
    await board.ready()
    await board.page.locator("#kept").click()
    await board.page.get_by_role("button", name="Discard").click()
    await board.page.get_by_role("button", name="Keep it").click()
    await board.page.get_by_role("button", name="Discard").click()
    await board.page.get_by_role("button", name="Discard it").click()
    await expect(board.page.locator("#kept")).to_be_hidden()
    await board.page.reload()
    await board.ready()
    await expect(board.page.locator("#kept")).to_be_hidden()


async def test_refused_work_is_copied_and_pasted_on_another_board(board: BoardPage, easel: Easel, ana: Person) -> None:
    await refused(board)
    await board.page.locator("#kept").click()
    await board.page.get_by_role("button", name="Copy", exact=True).click()
    await expect(board.page.get_by_role("button", name="Copied")).to_be_visible()
    other = await BoardPage.open(board.page.context, f"{easel.url}/boards/{await ana.create_board('Other')}")
    await other.page.keyboard.press("Control+v")
    await other.has_shapes(1)
    await other.saved()


async def test_the_text_of_refused_work_is_copied_as_text(board: BoardPage) -> None:
    await refuse_changes(board.page)
    await board.pick("note")
    await board.page.mouse.click(500, 400)
    await board.page.keyboard.type("Buy milk")
    await board.page.keyboard.press("Escape")
    await board.page.locator("#kept").click()
    await board.page.get_by_role("button", name="Copy the text").click()
    await expect(board.page.get_by_role("button", name="Copied")).to_be_visible()
    await board.page.get_by_role("button", name="Close").click()
    await board.page.unroute("**/changes")
    await board.pick("text")
    await board.page.mouse.click(700, 300)
    await board.page.keyboard.press("Control+v")
    await expect(board.page.locator("#writing textarea")).to_have_value("Buy milk")


async def test_without_storage_refused_work_stays_as_long_as_the_page(board: BoardPage) -> None:
    full = "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"
    await board.page.evaluate(full)
    await refused(board)
    await board.page.locator("#kept").click()
    await board.page.get_by_role("button", name="Add to the board").click()
    await board.has_shapes(1)
