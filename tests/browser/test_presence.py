"""What pages tell each other of people and hands: how much, when, and until when."""

import os
import signal
import uuid

import aiohttp
from playwright.async_api import Browser, Request, expect

from harness.chromium import launch
from harness.people import Person
from harness.pids import running
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.browser.pair import at, cursor_of, hold, two


async def test_nothing_is_sent_while_nobody_else_is_there(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    sent: list[str] = []

    def count(request: Request) -> None:
        if request.url.endswith("/presence"):
            sent.append(request.url)

    context = await visit(ana)
    context.on("request", count)
    anas = await BoardPage.open(context, shared_board)
    await anas.page.mouse.move(300, 300)
    await anas.page.mouse.move(600, 500, steps=30)
    await anas.draw(wave(300, 250))
    await anas.has_shapes(1)
    assert sent == []
    bens = await BoardPage.open(await visit(ben), shared_board)
    await expect(anas.page.locator("#people .person")).to_have_count(2)
    await anas.page.mouse.move(400, 300)
    await at(cursor_of(bens.page, "Ana"), 400, 300)
    assert sent
    await bens.page.close()
    await expect(anas.page.locator("#people .person")).to_have_count(1, timeout=10_000)
    sent.clear()
    await anas.page.mouse.move(600, 500, steps=30)
    await anas.draw(wave(300, 400))
    await anas.has_shapes(2)
    assert sent == []


async def test_about_one_report_a_frame_is_sent_to_a_few_people(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    # A browser keeps 250 timings, and a page's scripts are nearly as many.
    await bens.page.evaluate("() => performance.clearResourceTimings()")
    for turn in range(6):
        await bens.page.mouse.move(300 + 50 * (turn % 2), 300, steps=40)
    await at(cursor_of(anas.page, "Ben"), 350, 300)
    script = "performance.getEntriesByType('resource').filter(e => e.name.endsWith('/presence')).map(e => e.startTime)"
    sent: list[float] = await bens.page.evaluate(script)
    assert len(sent) > 2
    assert all(len([time for time in sent if start <= time < start + 1_000]) <= 84 for start in sent)


async def test_a_browser_that_is_killed_leaves_no_phantom(
    visit: Visit, browser: Browser, ana: Person, ben: Person, shared_board: str
) -> None:
    """Its page says no goodbye."""
    marker = f"--easel-test={uuid.uuid4()}"
    other = await launch(browser.browser_type, marker)
    context = await other.new_context(viewport={"width": 1280, "height": 800})
    await context.add_cookies([{"name": "session", "value": ben.token, "url": ben.url}])
    anas = await BoardPage.open(await visit(ana), shared_board)
    bens = await BoardPage.open(context, shared_board)
    await expect(bens.page.locator("#people .person")).to_have_count(2)
    await bens.page.mouse.move(400, 300)
    await expect(cursor_of(anas.page, "Ben")).to_have_count(1)
    for pid in running(marker):
        os.kill(pid, signal.SIGKILL)
    await expect(cursor_of(anas.page, "Ben")).to_have_count(0, timeout=10_000)
    await expect(anas.page.locator("#people .person")).to_have_count(1)


async def test_hands_are_seen_across_processes_and_gone_when_one_is_killed(
    visit: Visit, own_easel: Easel, http: aiohttp.ClientSession
) -> None:
    ana = await Person.sign_in(http, own_easel.url, "Ana")
    ben = await Person.sign_in(http, own_easel.url, "Ben")
    board = await ana.create_board("Two processes", "link-edit")
    other = own_easel.start_another_web()
    context = await visit()
    await context.add_cookies([{"name": "session", "value": ben.token, "url": other}])
    anas = await BoardPage.open(await visit(ana), f"{own_easel.url}/boards/{board}")
    bens = await BoardPage.open(context, f"{other}/boards/{board}")
    for page in (anas, bens):
        await expect(page.page.locator("#people .person")).to_have_count(2)
    await hold(bens, "pen", (300, 300), (500, 340))
    await at(cursor_of(anas.page, "Ben"), 500, 340)
    await expect(anas.page.locator(".drafts > g")).to_have_count(1)
    os.kill(own_easel.others[0].pid, signal.SIGKILL)
    await expect(anas.page.locator(".drafts > g")).to_have_count(0, timeout=10_000)
    await expect(cursor_of(anas.page, "Ben")).to_have_count(0, timeout=45_000)
    await expect(anas.page.locator("#people .person")).to_have_count(1, timeout=45_000)
