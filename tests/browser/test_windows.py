"""Six visible windows of one browser on plain http hold every connection, and nothing saves: windows share them."""

import asyncio

import pytest
from playwright.async_api import BrowserContext, Page, Request, expect

from harness.people import Person, stroke
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit

WINDOWS = 8
KEPT = 3
PATIENT = 60_000  # ms: eight pages on a busy machine
HIDE = """hidden => {
    Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


class Streams:
    """The streams that a browser has open, or has asked for."""

    def __init__(self, context: BrowserContext) -> None:
        self.open: set[Request] = set()
        context.on("request", lambda request: self.open.add(request) if "/stream?" in request.url else None)
        context.on("requestfinished", lambda request: self.open.discard(request))
        context.on("requestfailed", lambda request: self.open.discard(request))

    def kept(self) -> set[Page]:
        pages = {request.frame.page for request in self.open if "once=true" not in request.url}
        return {page for page in pages if not page.is_closed()}

    async def keep(self, windows: list[BoardPage]) -> None:
        """Wait until exactly these windows keep a stream."""
        async with asyncio.timeout(PATIENT / 1_000):
            while self.kept() != {window.page for window in windows}:
                await asyncio.sleep(0.05)


async def open_windows(context: BrowserContext, *urls: str) -> list[BoardPage]:
    return [await BoardPage.open(context, url) for url in urls]


async def test_eight_windows_of_a_board_draw_and_see_each_other(visit: Visit, ana: Person, shared_board: str) -> None:
    context = await visit(ana)
    streams = Streams(context)
    windows = await open_windows(context, *[shared_board] * WINDOWS)
    await streams.keep(windows[-KEPT:])
    for number, window in enumerate(windows):
        await window.draw(wave(500, 200 + 50 * number))
        await window.saved(PATIENT)
    assert len(await ana.shapes(shared_board.rpartition("/")[2])) == WINDOWS
    for window in windows:
        await window.has_shapes(WINDOWS, PATIENT)
    assert await windows[0].outbox() == 0
    await streams.keep(windows[-KEPT:])


async def test_eight_boards_side_by_side_save_and_hear_of_changes(visit: Visit, easel: Easel, ana: Person) -> None:
    boards = [await ana.create_board(f"Board {number}", "link-edit") for number in range(WINDOWS)]
    windows = await open_windows(await visit(ana), *[f"{easel.url}/boards/{board}" for board in boards])
    for window, board in zip(windows, boards, strict=True):
        await window.draw(wave(300, 300))
        await window.saved(PATIENT)
        assert len(await ana.shapes(board)) == 1
    for board in boards:
        assert (await ana.draw(board, stroke("more"))).status == 201
    for window in windows:
        await window.has_shapes(2, PATIENT)


async def test_others_keep_streams_when_windows_close(visit: Visit, ana: Person, shared_board: str) -> None:
    context = await visit(ana)
    streams = Streams(context)
    windows = await open_windows(context, *[shared_board] * 6)
    await streams.keep(windows[3:])
    for window in windows[3:]:
        await window.page.close()
    await streams.keep(windows[:3])
    assert (await ana.draw(shared_board.rpartition("/")[2], stroke("more"))).status == 201
    for window in windows[:3]:
        await window.has_shapes(1, PATIENT)


async def test_a_hidden_window_keeps_no_stream_until_it_is_seen(visit: Visit, ana: Person, shared_board: str) -> None:
    context = await visit(ana)
    streams = Streams(context)
    windows = await open_windows(context, *[shared_board] * 4)
    await streams.keep(windows[1:])
    await windows[3].page.evaluate(HIDE, True)
    await streams.keep(windows[:3])
    assert (await ana.draw(shared_board.rpartition("/")[2], stroke("more"))).status == 201
    await windows[3].page.evaluate(HIDE, False)
    await streams.keep(windows[1:])
    for window in windows:
        await window.has_shapes(1, PATIENT)


async def test_the_window_that_is_used_keeps_a_stream(visit: Visit, ana: Person, shared_board: str) -> None:
    context = await visit(ana)
    streams = Streams(context)
    windows = await open_windows(context, *[shared_board] * 4)
    await streams.keep(windows[1:])
    await windows[0].page.mouse.click(640, 400)
    await streams.keep([windows[0], *windows[2:]])


async def test_the_others_lists_show_who_looks_in(visit: Visit, easel: Easel, ana: Person, ben: Person) -> None:
    board = await ana.create_board("Shared", "link-edit")
    elsewhere = [await ana.create_board(f"Board {number}") for number in range(KEPT)]
    bens = await BoardPage.open(await visit(ben), f"{easel.url}/boards/{board}")
    context = await visit(ana)
    streams = Streams(context)
    windows = await open_windows(context, *[f"{easel.url}/boards/{one}" for one in (board, *elsewhere)])
    await streams.keep(windows[1:])
    await bens.draw(wave(300, 300))
    await windows[0].has_shapes(1, PATIENT)
    await expect(bens.page.locator("#people .person")).to_have_count(2)
    await expect(windows[0].page.locator("#people .person")).to_have_count(2)


@pytest.mark.parametrize("newcomer", [True, False], ids=["after signing in as somebody else", "after signing out"])
async def test_a_window_shows_only_what_its_own_person_may_see(
    visit: Visit, easel: Easel, ana: Person, ben: Person, *, newcomer: bool
) -> None:
    private = await ana.create_board("Private")
    shared = await ana.create_board("Shared", "link-edit")
    context = await visit(ana)
    streams = Streams(context)
    windows = await open_windows(context, *[f"{easel.url}/boards/{private}"] * 4)
    await streams.keep(windows[1:])
    await context.clear_cookies()
    if newcomer:
        await context.add_cookies([{"name": "session", "value": ben.token, "url": ben.url}])
    # The first window looks in as somebody else now, and the others hear nothing for it.
    await expect(windows[0].page.locator("#status")).to_have_text("Closed", timeout=PATIENT)
    assert (await ana.draw(private, stroke("secret"))).status == 201
    there = await BoardPage.open(context, f"{easel.url}/boards/{shared}")
    await there.draw(wave(300, 300))
    await there.has_shapes(1, PATIENT)
    await expect(windows[0].page.locator("#shapes > [id]")).to_have_count(0)
