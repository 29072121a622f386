"""An older backup restored under an open page: no ghosts stay, people are told, and what waits is still sent."""

import asyncio

import aiohttp

from harness.people import Person, stroke
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.hostile.put_back import copy_of, put_back


async def test_an_open_page_shows_the_state_put_back_and_what_waits(
    own_easel: Easel, http: aiohttp.ClientSession, visit: Visit
) -> None:
    eve = await Person.sign_in(http, own_easel.url, "Eve")
    url = f"{own_easel.url}/boards/{await eve.create_board()}"
    await eve.draw(url.rsplit("/", 1)[1], stroke("kept"))
    own_easel.program.stop()
    copy = copy_of(own_easel)
    await asyncio.to_thread(own_easel.start)
    page = await BoardPage.open(await visit(eve), url)
    await page.draw(wave(300, 300))
    await page.draw(wave(300, 400))
    await page.has_shapes(3)
    await page.saved()
    own_easel.program.stop()
    put_back(own_easel, copy)
    await page.draw(wave(300, 500))
    await asyncio.to_thread(own_easel.start)
    await page.toast("restored to an earlier state")
    await page.has_shapes(2, 60_000)
    await page.saved(60_000)
    assert "kept" in await page.shape_ids()
