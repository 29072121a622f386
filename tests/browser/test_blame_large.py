"""Who drew what, and since you were here, on a board of which a page has loaded only a part."""

import aiohttp
from playwright.async_api import expect

from harness.people import Person, stroke
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.integration.sharing import join

TOTAL = 400  # shapes


async def test_what_is_not_loaded_is_counted_visited_and_then_coloured(
    visit: Visit, easel: Easel, http: aiohttp.ClientSession
) -> None:
    url = easel.start_another_web(LARGE_BOARD="100")
    ada, bob = [await Person.sign_in(http, url, name) for name in ("Ada", "Bob")]
    board = await ada.create_board("Large")
    await join(ada, board, bob, "editor")
    far = [stroke(f"f{i}", x=i % 20 * 400, y=i // 20 * 400) for i in range(TOTAL)]
    for first in range(0, TOTAL, 200):
        assert (await ada.draw(board, *far[first : first + 200])).status == 201
    document = (await ada.get(f"/boards/{board}.json")).json
    assert (await ada.post(f"/boards/{board}/seen", {"ts": document["ts"]})).status == 204
    assert (await bob.draw(board, stroke("bobs", x=60_000, y=60_000))).status == 201
    page = (await BoardPage.open(await visit(ada), f"{url}/boards/{board}")).page
    await expect(page.locator("#since")).to_contain_text("Bob changed one thing while you were away")
    await expect(page.locator("#bobs")).to_have_count(0)
    await page.keyboard.press("Alt+Shift+A")
    await expect(page.locator("#authors .legend li")).to_have_text(["Ada (you)400 shapes", "Bob1 shape"])
    await page.locator("#canvas").focus()
    await page.keyboard.press("F8")
    await expect(page.locator("#announcer")).to_have_text("1 of 1: black stroke, changed by Bob")
    await expect(page.locator("#shapes > #bobs[data-by='1']")).to_be_in_viewport()
    await expect(page.locator(".since .at")).to_be_in_viewport()
