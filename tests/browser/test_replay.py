"""Playing how a board was drawn."""

from playwright.async_api import Page, expect

from harness.people import Person, shape_of_kind, stroke
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.folding import old_board

# Where each is on a page whose camera stands at the origin.
LEFT, RIGHT = (400, 300), (800, 300)
NOTE = (758, 398)  # of the old board, in the middle of what is on it

PAINTED = """([x, y]) => {
  const canvas = document.getElementById("replayed");
  const { data } = canvas?.getContext("2d").getImageData(x - 20, y - 20, 40, 40) ?? { data: [] };
  return data.some((value) => value > 0);
}"""


def line(id: str, place: tuple[int, int]) -> dict[str, object]:
    x, y = place
    return stroke(id, [x - 15.0, y, x, y + 5, x + 15, y])


async def at(page: Page, count: int) -> None:
    await expect(page.locator("#replay input[type=range]")).to_have_value(str(count))


async def shows(page: Page, place: tuple[int, int], *, something: bool = True) -> None:
    await page.wait_for_function(f"(place) => ({PAINTED})(place) === {str(something).lower()}", arg=list(place))


async def opened(visit: Visit, person: Person, url: str) -> BoardPage:
    """The replay, at its end, with nothing playing."""
    board = await BoardPage.open(await visit(person), url)
    await board.page.keyboard.press("Alt+r")
    await expect(board.page.locator("#replay output")).not_to_be_empty()
    await board.page.keyboard.press("End")
    return board


async def drawn(ana: Person, url: str) -> None:
    """Left, right, and left is removed: three changes."""
    board = url.rsplit("/", 1)[1]
    await ana.draw(board, line("left", LEFT))
    await ana.draw(board, line("right", RIGHT))
    await ana.post(f"/boards/{board}/changes", {"changeId": "gone", "remove": ["left"]})


async def test_going_through_time_shows_what_was_there(visit: Visit, ana: Person, shared_board: str) -> None:
    await drawn(ana, shared_board)
    page = (await opened(visit, ana, shared_board)).page
    await at(page, 3)
    await shows(page, RIGHT)
    await shows(page, LEFT, something=False)
    await page.keyboard.press("ArrowLeft")
    await at(page, 2)
    await shows(page, LEFT)
    await page.keyboard.press("ArrowLeft")
    await shows(page, RIGHT, something=False)
    await page.keyboard.press("Home")
    await shows(page, LEFT, something=False)
    await expect(page.locator("#replay output")).to_have_text("Before the first change")
    await page.locator("#replay input[type=range]").fill("2")
    await shows(page, RIGHT)


async def test_it_plays_to_the_end_and_again(visit: Visit, ana: Person, shared_board: str) -> None:
    await drawn(ana, shared_board)
    page = (await opened(visit, ana, shared_board)).page
    await page.locator("#replay select").select_option("64")
    play = page.locator("[data-replay=play]")
    for _ in range(2):
        await play.click()
        await at(page, 3)
        await expect(play).to_have_attribute("aria-label", "Play")
        await shows(page, LEFT, something=False)
    await shows(page, RIGHT)


async def test_nothing_is_lost_that_others_draw_meanwhile(
    visit: Visit, ana: Person, guest: Person, shared_board: str
) -> None:
    await drawn(ana, shared_board)
    board = await opened(visit, ana, shared_board)
    await guest.draw(shared_board.rsplit("/", 1)[1], line("meanwhile", LEFT))
    await board.has_shapes(2)
    await at(board.page, 3)
    await board.page.keyboard.press("Escape")
    await expect(board.page.locator("#replayed")).to_have_count(0)
    await expect(board.page.locator("#meanwhile")).to_be_visible()
    await expect(board.page.locator("#surface")).to_have_attribute("data-tool", "pen")


async def test_the_past_cannot_be_changed(visit: Visit, ana: Person, shared_board: str) -> None:
    await drawn(ana, shared_board)
    board = await opened(visit, ana, shared_board)
    await board.page.keyboard.press("Control+a")
    await board.page.keyboard.press("Delete")
    await board.page.keyboard.press("7")
    await board.drag([(600, 200), (700, 250)])
    await expect(board.page.locator("#tools")).to_be_hidden()
    await board.page.keyboard.press("Escape")
    await board.has_shapes(1)
    await board.saved()
    assert [shape["id"] for shape in await ana.shapes(shared_board.rsplit("/", 1)[1])] == ["right"]


async def test_marks_and_moments_lead_to_their_change(
    visit: Visit, ana: Person, guest: Person, shared_board: str
) -> None:
    board = shared_board.rsplit("/", 1)[1]
    await drawn(ana, shared_board)
    await ana.post(f"/boards/{board}/versions", {"name": "Before the guest"})
    await guest.draw(board, shape_of_kind("note", "note", x=300, y=200, text="Hello"))
    page = (await opened(visit, ana, shared_board)).page
    await page.get_by_role("button", name="To Before the guest").click()
    await at(page, 3)
    await page.locator("[data-replay=later]").click()
    await at(page, 4)
    await page.keyboard.press("Alt+y")
    await page.locator("#past .version .moment").click()
    await at(page, 3)
    link = await page.locator("[data-replay=open]").get_attribute("href")
    version = (await ana.get(f"/boards/{board}/versions")).json["versions"][0]
    assert link == f"/boards/{board}?at={version['ts']}"


async def test_it_is_recorded_as_a_video(visit: Visit, ana: Person, shared_board: str) -> None:
    await drawn(ana, shared_board)
    page = (await opened(visit, ana, shared_board)).page
    await page.keyboard.press("Home")
    async with page.expect_download() as downloading:
        await page.locator("[data-replay=video]").click()
    download = await downloading.value
    assert download.suggested_filename == "Shared.webm"
    assert (await download.path()).read_bytes()[:4] == b"\x1a\x45\xdf\xa3"  # EBML, which WebM is
    await expect(page.locator("[data-replay=video]")).to_have_attribute("aria-pressed", "false")


async def test_a_browser_that_records_no_video_says_so(visit: Visit, ana: Person, shared_board: str) -> None:
    await drawn(ana, shared_board)
    context = await visit(ana)
    await context.add_init_script("delete globalThis.MediaRecorder")
    page = (await BoardPage.open(context, shared_board)).page
    await page.keyboard.press("Alt+r")
    await page.locator("[data-replay=video]").click()
    await expect(page.locator("#toasts")).to_contain_text("This browser cannot record a video.")


async def test_the_camera_follows_what_is_drawn(visit: Visit, ana: Person, shared_board: str) -> None:
    board = shared_board.rsplit("/", 1)[1]
    await ana.draw(board, line("here", LEFT))
    await ana.draw(board, line("far", (9_000, 9_000)))
    page = (await BoardPage.open(await visit(ana), shared_board)).page
    await page.keyboard.press("Shift+0")
    await page.keyboard.press("Alt+r")
    await page.get_by_label("Follow").check()
    await at(page, 2)
    await page.wait_for_function("() => document.getElementById('board').style.transform.includes('-8')")
    await expect(page.get_by_label("Follow")).to_be_checked()


async def test_a_board_that_forgets_plays_what_it_remembers(visit: Visit, easel: Easel) -> None:
    async with old_board(easel) as old:
        await old.fold(old.moments[2])
        page = (await opened(visit, old.ana, f"{easel.url}{old.path}")).page
        await at(page, 2)
        await page.keyboard.press("Home")
        await at(page, 0)
        await shows(page, NOTE)
