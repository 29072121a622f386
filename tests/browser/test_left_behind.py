"""Local work filed under an identity that cannot return: whoever comes next in this browser is offered it."""

import re

import pytest
from playwright.async_api import Page, Route, expect

from harness.people import Person
from harness.pictures import picture
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit


@pytest.fixture
async def left(visit: Visit, guest: Person, shared_board: str) -> BoardPage:
    """Gus has drawn two strokes that could not be saved; then the cookie went, and Ben has come."""
    board = await BoardPage.open(await visit(guest), shared_board)
    await board.page.context.clear_cookies()
    for n in range(2):
        await board.draw(wave(300 + 200 * n, 300))
    await expect(board.page.locator("#status")).to_have_text("Signed out, 2 changes waiting")
    ben = await Person.sign_in(guest.http, guest.url, "Ben")
    await board.page.context.add_cookies([{"name": "session", "value": ben.token, "url": ben.url}])
    await board.page.reload()
    await board.ready()
    return board


async def test_work_that_another_person_left_is_offered_and_not_applied(left: BoardPage) -> None:
    await expect(left.page.locator("#kept")).to_have_text("2 changes by Gus wait in this browser")
    await left.has_shapes(0)
    await left.page.locator("#kept").click()
    await left.page.get_by_role("button", name="Add to the board").click()
    await left.has_shapes(2)
    await left.saved()
    await expect(left.page.locator("#kept")).to_be_hidden()
    assert await left.outbox() == 0
    await left.page.reload()
    await left.has_shapes(2)


async def test_work_that_another_person_left_is_discarded_after_a_question(left: BoardPage) -> None:
    await left.page.locator("#kept").click()
    await left.page.get_by_role("button", name="Discard").click()
    await left.page.get_by_role("button", name="Discard it").click()
    await expect(left.page.locator("#kept")).to_be_hidden()
    assert await left.outbox() == 0
    await left.has_shapes(0)


async def test_another_board_of_the_browser_offers_none_of_it(left: BoardPage, easel: Easel, ana: Person) -> None:
    url = f"{easel.url}/boards/{await ana.create_board('Other', 'link-edit')}"
    other = await BoardPage.open(left.page.context, url)
    await expect(other.page.locator("#kept")).to_be_hidden()


async def test_what_had_arrived_after_all_is_not_put_twice(visit: Visit, guest: Person, shared_board: str) -> None:
    """The answer to Gus was lost, not the change: under Ben it is the same change."""
    board = await BoardPage.open(await visit(guest), shared_board)
    await keep_answers_back(board.page)
    await board.draw(wave(300, 300))
    await board.status("offline")
    await expect(board.page.locator("#shapes > [id]")).to_have_count(1)
    ben = await Person.sign_in(guest.http, guest.url, "Ben")
    await board.page.context.add_cookies([{"name": "session", "value": ben.token, "url": ben.url}])
    await board.page.unroute_all(behavior="wait")
    await board.page.reload()
    await board.ready()
    await board.has_shapes(1)
    await board.page.locator("#kept").click()
    await board.page.get_by_role("button", name="Add to the board").click()
    await board.saved()
    await board.has_shapes(1)
    await expect(board.page.locator("#kept")).to_be_hidden()


async def keep_answers_back(page: Page) -> None:
    async def lose(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await page.route("**/changes", lose)


async def test_a_picture_that_another_person_left_is_offered_too(
    visit: Visit, guest: Person, shared_board: str
) -> None:
    board = await BoardPage.open(await visit(guest), shared_board)
    await board.page.route("**/images", lambda route: route.abort())
    async with board.page.expect_file_chooser() as chooser:
        await board.pick("image")
    await (await chooser.value).set_files({"name": "cat.png", "mimeType": "image/png", "buffer": picture()})
    await expect(board.page.locator("#shapes image")).to_have_count(1)
    await board.status("saving")
    ben = await Person.sign_in(guest.http, guest.url, "Ben")
    await board.page.context.add_cookies([{"name": "session", "value": ben.token, "url": ben.url}])
    await board.page.unroute("**/images")
    await board.page.reload()
    await board.ready()
    await expect(board.page.locator("#kept")).to_have_text("1 picture by Gus waits in this browser")
    await board.page.locator("#kept").click()
    await board.page.get_by_role("button", name="Add to the board").click()
    await board.has_shapes(1)
    await board.saved()
    await expect(board.page.locator("#kept")).to_be_hidden()


async def test_refused_work_says_whose_it_is(visit: Visit, guest: Person, shared_board: str) -> None:
    board = await BoardPage.open(await visit(guest), shared_board)
    body = '{"error":{"code":"board_full","message":"The board is full."}}'
    await board.page.route("**/changes", lambda route: route.fulfill(status=422, body=body))
    await board.draw(wave(300, 300))
    await expect(board.page.locator("#kept")).to_have_text("1 shape not saved")
    ben = await Person.sign_in(guest.http, guest.url, "Ben")
    await board.page.context.add_cookies([{"name": "session", "value": ben.token, "url": ben.url}])
    await board.page.reload()
    await expect(board.page.locator("#kept")).to_have_text(re.compile("1 shape by Gus not saved"))
