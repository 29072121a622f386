"""A deployment that hangs (SIGSTOP) and goes on: pages say "stale", then are live, and lose nothing."""

import os
import signal

import aiohttp

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit


async def test_pages_say_stale_while_it_hangs_and_lose_nothing(
    own_easel: Easel, http: aiohttp.ClientSession, visit: Visit
) -> None:
    eve, guest = [await Person.sign_in(http, own_easel.url, name) for name in ("Eve", "Guest")]
    board = await eve.create_board(visibility="link-edit")
    url = f"{own_easel.url}/boards/{board}"
    drawing = await BoardPage.open(await visit(eve), url)
    looking = await BoardPage.open(await visit(guest), url)
    await drawing.draw(wave(300, 300))
    await looking.has_shapes(1)
    await drawing.saved()
    deployment = own_easel.deployment_pid
    os.kill(deployment, signal.SIGSTOP)
    try:
        for page in (looking, drawing):
            await page.status("stale", 60_000)
        await drawing.draw(wave(300, 400))
    finally:
        os.kill(deployment, signal.SIGCONT)
    await drawing.draw(wave(300, 500))
    for page in (looking, drawing):
        await page.status("saved", 60_000)
        await page.has_shapes(3, 60_000)
