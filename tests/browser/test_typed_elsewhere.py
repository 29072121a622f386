"""Work outside the outbox until it is finished: names, descriptions, lines in the making, a browser without room."""

import pytest
from playwright.async_api import expect

from harness.people import Person
from harness.pictures import add, picture
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.test_unfinished import killed, on_disk, present

NO_ROOM = """
const setItem = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (key.startsWith("easel:unfinished:")) throw new DOMException("full", "QuotaExceededError");
  setItem.call(this, key, value);
};
"""


@pytest.fixture
async def board(visit: Visit, guest: Person, shared_board: str) -> BoardPage:
    return await BoardPage.open(await visit(guest), shared_board)


async def type_name(board: BoardPage, name: str) -> None:
    await board.page.locator("#rename-open").click()
    await board.page.keyboard.type(name)
    await on_disk(board.page, name)


async def test_a_name_being_typed_when_the_page_is_killed_comes_back(board: BoardPage, shared_board: str) -> None:
    await type_name(board, "Plans for May")
    context = board.page.context
    await killed(board)
    again = await BoardPage.open(context, shared_board)
    await expect(again.page.locator("#rename input")).to_have_value("Plans for May")
    await again.page.locator("#rename input").press("Enter")
    await expect(again.page.locator("#title")).to_have_text("Plans for May")
    await again.page.wait_for_function(
        "() => Object.keys(localStorage).every(key => !key.startsWith('easel:unfinished:'))"
    )


async def test_presenting_while_somebody_types_a_name_keeps_it(
    board: BoardPage, ana: Person, shared_board: str
) -> None:
    await type_name(board, "Plans for May")
    await present(ana, shared_board, True)
    await expect(board.page.locator("#kept")).to_have_text("1 shape not saved")
    await expect(board.page.locator("#rename input")).to_be_hidden()
    await expect(board.page.locator("#title")).to_have_text("Shared")
    await board.page.locator("#kept").click()
    await expect(board.page.get_by_role("button", name="Copy the text")).to_be_visible()


async def test_a_name_that_could_not_be_sent_stays_in_its_field(board: BoardPage, shared_board: str) -> None:
    await board.page.route(shared_board, lambda route: route.abort())
    await type_name(board, "Plans for May")
    await board.page.keyboard.press("Enter")
    await board.toast("Easel could not be reached")
    await expect(board.page.locator("#rename input")).to_have_value("Plans for May")
    await board.page.unroute(shared_board)
    await board.page.locator("#rename input").press("Enter")
    await expect(board.page.locator("#title")).to_have_text("Plans for May")
    await expect(board.page.locator("#rename")).to_be_hidden()


@pytest.fixture
async def described(board: BoardPage, ana: Person, shared_board: str) -> BoardPage:
    """A picture is being described."""
    await add(ana, shared_board.rsplit("/", 1)[1], picture(400, 200), x=400, y=300)
    await board.has_shapes(1)
    await board.page.keyboard.press("v")
    await board.page.mouse.click(600, 400, button="right")
    await board.page.get_by_role("menuitem", name="Describe the picture").click()
    await board.page.locator("#describe textarea").fill("A teal field")
    await on_disk(board.page, "A teal field")
    return board


async def test_a_description_being_typed_when_the_page_is_killed_comes_back(
    described: BoardPage, shared_board: str
) -> None:
    context = described.page.context
    await killed(described)
    again = await BoardPage.open(context, shared_board)
    await expect(again.page.locator("#shapes title")).to_have_text("A teal field")
    await again.saved()


async def test_presenting_while_somebody_describes_a_picture_keeps_the_words(
    described: BoardPage, ana: Person, shared_board: str
) -> None:
    await present(ana, shared_board, True)
    await expect(described.page.locator("#describe")).to_be_hidden()
    await expect(described.page.locator("#kept")).to_have_text("1 shape not saved")


async def click_a_line(board: BoardPage) -> None:
    await board.pick("line")
    for x, y in [(300, 300), (500, 300), (500, 450)]:
        await board.page.mouse.click(x, y)
        await board.page.mouse.move(x + 40, y + 40)
    await on_disk(board.page, '"line"')


async def test_a_line_clicked_point_by_point_outlives_the_page(board: BoardPage, shared_board: str) -> None:
    await click_a_line(board)
    context = board.page.context
    await killed(board)
    again = await BoardPage.open(context, shared_board)
    await again.has_shapes(1)
    await again.saved()


async def test_presenting_while_a_line_is_clicked_sets_it_aside(
    board: BoardPage, ana: Person, shared_board: str
) -> None:
    await click_a_line(board)
    await present(ana, shared_board, True)
    await expect(board.page.locator("#kept")).to_have_text("1 shape not saved")
    await board.has_shapes(0)
    assert await board.outbox() == 0


async def test_a_browser_without_room_says_so(visit: Visit, guest: Person, shared_board: str) -> None:
    context = await visit(guest)
    await context.add_init_script(NO_ROOM)
    board = await BoardPage.open(context, shared_board)
    await board.pick("note")
    await board.page.mouse.click(500, 400)
    await board.page.keyboard.type("Buy milk")
    await board.toast("This browser has no room")
    await board.page.keyboard.press("Escape")
    await board.saved()
