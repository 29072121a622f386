"""Work outside the outbox until it is finished: what a hand makes outlives the page, and a role that is lost."""

import asyncio

import pytest
from playwright.async_api import CDPSession, Page, expect

from harness.people import Person
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit

ON_DISK = (
    "part => Object.keys(localStorage).some(k => k.startsWith('easel:unfinished:') && localStorage[k].includes(part))"
)
NOTHING_ON_DISK = "() => Object.keys(localStorage).every(k => !k.startsWith('easel:unfinished:'))"


async def killed(board: BoardPage) -> None:
    """As a phone does it: the page hears nothing of it."""
    crash: CDPSession = await board.page.context.new_cdp_session(board.page)
    async with board.page.expect_event("crash"):
        asked = asyncio.ensure_future(crash.send("Page.crash"))
    await board.page.close()
    await asyncio.gather(asked, return_exceptions=True)  # nobody is left to answer


async def write_note(board: BoardPage, text: str) -> None:
    await board.pick("note")
    await board.page.mouse.click(500, 400)
    await board.page.keyboard.type(text)


async def on_disk(page: Page, part: str) -> None:
    await page.wait_for_function(ON_DISK, arg=part)


@pytest.fixture
async def board(visit: Visit, guest: Person, shared_board: str) -> BoardPage:
    return await BoardPage.open(await visit(guest), shared_board)


async def present(ana: Person, url: str, on: bool) -> None:
    answer = await ana.request("PATCH", url.removeprefix(ana.url), json={"presenting": on})
    assert answer.status == 200


async def test_a_note_being_typed_when_the_page_is_killed_comes_back(board: BoardPage, shared_board: str) -> None:
    await write_note(board, "Buy milk")
    await on_disk(board.page, "Buy milk")
    context = board.page.context
    await killed(board)
    again = await BoardPage.open(context, shared_board)
    await again.has_shapes(1)
    await expect(again.page.locator("#shapes")).to_contain_text("Buy milk")
    await again.saved()
    assert await again.page.evaluate(NOTHING_ON_DISK)


async def test_words_added_to_a_text_come_back_too(board: BoardPage, shared_board: str) -> None:
    await write_note(board, "Buy milk")
    await board.page.keyboard.press("Escape")
    await board.saved()
    await board.page.mouse.dblclick(500, 400)
    await board.page.keyboard.type(" and bread")
    await on_disk(board.page, "and bread")
    context = board.page.context
    await killed(board)
    again = await BoardPage.open(context, shared_board)
    await expect(again.page.locator("#shapes")).to_contain_text("bread")
    await again.has_shapes(1)


async def test_a_stroke_in_hand_when_the_page_is_killed_comes_back(board: BoardPage, shared_board: str) -> None:
    await board.pick("pen")
    mouse = board.page.mouse
    await mouse.move(300, 300)
    await mouse.down()
    for x, y in wave(300, 300):
        await mouse.move(x, y, steps=4)
    await on_disk(board.page, "stroke")
    context = board.page.context
    await killed(board)
    again = await BoardPage.open(context, shared_board)
    await again.has_shapes(1)
    await again.saved()


async def test_what_ends_by_escape_or_is_saved_leaves_nothing_behind(board: BoardPage) -> None:
    await board.pick("rectangle")
    await board.page.mouse.move(300, 300)
    await board.page.mouse.down()
    await board.page.mouse.move(500, 400, steps=4)
    await on_disk(board.page, "rectangle")
    await board.page.keyboard.press("Escape")
    await board.page.mouse.up()
    await board.page.wait_for_function(NOTHING_ON_DISK)
    await write_note(board, "Buy milk")
    await on_disk(board.page, "Buy milk")
    await board.page.keyboard.press("Escape")
    await board.page.wait_for_function(NOTHING_ON_DISK)
    await board.page.reload()
    await board.ready()
    await board.has_shapes(1)


async def test_two_tabs_do_not_restore_each_others_live_work(board: BoardPage, shared_board: str) -> None:
    await write_note(board, "Still writing")
    await on_disk(board.page, "Still writing")
    other = await BoardPage.open(board.page.context, shared_board)
    asked = "() => new Promise(done => setTimeout(done, 2500))"  # longer than it waits for an answer
    await other.page.evaluate(asked)
    await other.has_shapes(0)
    assert await other.page.evaluate(ON_DISK, "Still writing")


async def test_presenting_while_somebody_types_sets_the_words_aside(
    board: BoardPage, ana: Person, shared_board: str
) -> None:
    await write_note(board, "Buy milk")
    await present(ana, shared_board, True)
    await expect(board.page.locator("#kept")).to_have_text("1 shape not saved")
    await expect(board.page.locator("#writing textarea")).to_have_count(0)
    await board.has_shapes(0)
    await present(ana, shared_board, False)
    await expect(board.page.locator("body")).to_have_attribute("data-role", "editor")
    await board.page.locator("#kept").click()
    await board.page.get_by_role("button", name="Add to the board").click()
    await expect(board.page.locator("#shapes")).to_contain_text("Buy milk")


async def test_presenting_while_a_stroke_is_in_hand_sets_it_aside(
    board: BoardPage, ana: Person, shared_board: str
) -> None:
    await board.pick("pen")
    await board.page.mouse.move(300, 300)
    await board.page.mouse.down()
    await board.page.mouse.move(500, 400, steps=8)
    await present(ana, shared_board, True)
    await expect(board.page.locator("#kept")).to_have_text("1 shape not saved")
    await board.page.mouse.up()
    await board.has_shapes(0)


async def test_a_removed_note_leaves_its_words_to_who_wrote_in_it(
    board: BoardPage, ana: Person, shared_board: str
) -> None:
    await write_note(board, "Buy")
    await board.page.keyboard.press("Escape")
    await board.saved()
    await board.page.mouse.dblclick(500, 400)
    await board.page.keyboard.type(" milk")
    id = shared_board.rsplit("/", 1)[1]
    (note,) = await ana.shapes(id)
    await ana.post(f"/boards/{id}/changes", {"changeId": "removal", "remove": [note["id"]]})
    await expect(board.page.locator("#kept")).to_have_text("1 shape not saved")
    await board.page.locator("#kept").click()
    await expect(board.page.locator("#stash")).to_contain_text("Somebody has removed what you were writing in.")


async def test_another_persons_unfinished_words_are_offered(board: BoardPage, guest: Person, shared_board: str) -> None:
    await write_note(board, "Buy milk")
    await on_disk(board.page, "Buy milk")
    context = board.page.context
    await killed(board)
    ben = await Person.sign_in(guest.http, guest.url, "Ben")
    await context.add_cookies([{"name": "session", "value": ben.token, "url": ben.url}])
    again = await BoardPage.open(context, shared_board)
    await expect(again.page.locator("#kept")).to_have_text("1 shape by Gus not saved")
    await again.has_shapes(0)
