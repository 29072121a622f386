"""Two people draw on one board: the product's main promise, in real browsers."""

import asyncio

import aiohttp
import pytest
from playwright.async_api import expect

from harness.people import Person, stroke
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.browser.network import Network


async def test_each_of_two_people_sees_the_others_strokes_and_a_third_sees_all(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    one = await BoardPage.open(await visit(ana), shared_board)
    two = await BoardPage.open(await visit(ben), shared_board)
    await one.draw(wave(300, 250))
    await two.has_shapes(1)
    await two.draw(wave(500, 400))
    await one.has_shapes(2)
    three = await BoardPage.open(await visit(), shared_board)
    await three.has_shapes(2)
    assert await one.drawing() == await two.drawing() == await three.drawing()


async def test_acknowledged_strokes_survive_kill_9_of_every_process_once_each(
    visit: Visit, own_easel: Easel, http: aiohttp.ClientSession
) -> None:
    ana = await Person.sign_in(http, own_easel.url, "Ana")
    board = await ana.create_board("Survivor", "link-edit")
    page = await BoardPage.open(await visit(ana), f"{own_easel.url}/boards/{board}")
    for row in range(5):
        await page.draw(wave(300, 220 + 60 * row))
    await page.saved()
    await page.has_shapes(5)
    drawn = await page.drawing()
    own_easel.program.kill()
    own_easel.start()
    again = await BoardPage.open(await visit(ana), f"{own_easel.url}/boards/{board}")
    await again.has_shapes(5)
    assert await again.drawing() == drawn
    await page.ready()
    await again.draw(wave(300, 600))
    await page.has_shapes(6, timeout=30_000)


async def test_a_network_cut_of_ten_seconds_loses_and_doubles_nothing(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Rough weather", "link-edit")
    async with Network(easel.port) as network:
        context = await visit()
        await context.add_cookies([{"name": "session", "value": ana.token, "url": network.url}])
        page = await BoardPage.open(context, f"{network.url}/boards/{board}")
        await page.draw(wave(300, 220))
        await page.saved()
        await page.page.mouse.move(300, 300)
        await page.page.mouse.down()
        await page.page.mouse.move(350, 330, steps=4)
        network.cut()
        cut_at = asyncio.get_running_loop().time()
        await page.page.mouse.move(420, 300, steps=4)
        await page.page.mouse.up()
        await page.draw(wave(300, 380))
        await page.draw(wave(300, 460))
        await page.status("offline")
        await expect(page.page.locator("#status")).to_contain_text("3 changes waiting")
        assert (await ben.draw(board, stroke(points=[0, 0, 50, 50]))).status == 201
        await asyncio.sleep(
            10 - (asyncio.get_running_loop().time() - cut_at)
        )  # the fault's length, not a wait for state
        network.restore()
        await page.saved(timeout=30_000)
        await page.has_shapes(5, timeout=30_000)
        shapes = await ana.shapes(board)
        assert sorted(shape["id"] for shape in shapes) == sorted(await page.shape_ids())


async def test_changes_that_wait_survive_a_reload(visit: Visit, easel: Easel, ana: Person) -> None:
    board = await ana.create_board("Reload", "link-edit")
    async with Network(easel.port) as network:
        context = await visit()
        await context.add_cookies([{"name": "session", "value": ana.token, "url": network.url}])
        page = await BoardPage.open(context, f"{network.url}/boards/{board}")
        await context.route("**/changes", lambda route: route.abort())
        await page.draw(wave(300, 300))
        await page.draw(wave(300, 400))
        await page.status("offline")
        assert await page.outbox() == 2
        await context.unroute_all()
        await page.page.reload()
        await page.ready()
        await page.saved(timeout=30_000)
        await page.has_shapes(2)
        assert len(await ana.shapes(board)) == 2


async def test_a_stroke_posted_to_one_web_process_appears_on_a_page_of_another(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    other = easel.start_another_web()
    board = await ana.create_board("Two processes", "link-edit")
    context = await visit()
    await context.add_cookies([{"name": "session", "value": ben.token, "url": other}])
    page = await BoardPage.open(context, f"{other}/boards/{board}")
    assert (await ana.draw(board, stroke(points=[300, 300, 350, 320, 400, 300]))).status == 201
    await page.has_shapes(1)
    there = await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}")
    await page.draw(wave(400, 500))
    await there.has_shapes(2)
    assert await there.drawing() == await page.drawing()
    await expect(there.page.locator("#people .person")).to_have_count(2)
    await expect(page.page.locator("#people .person")).to_have_count(2)


@pytest.mark.parametrize("visibility", ["private", "link-view"])
async def test_a_board_that_becomes_unreadable_or_read_only_says_so_at_once(
    visit: Visit, easel: Easel, ana: Person, ben: Person, visibility: str
) -> None:
    board = await ana.create_board("Closing", "link-edit")
    page = await BoardPage.open(await visit(ben), f"{easel.url}/boards/{board}")
    await expect(page.page.locator("#tools [data-tool=pen]")).to_be_visible()
    assert (await ana.request("PATCH", f"/boards/{board}", json={"visibility": visibility})).status < 300
    if visibility == "private":
        await page.toast("private now")
    else:
        await expect(page.page.locator("#tools [data-tool=pen]")).to_be_hidden()


async def test_a_page_without_a_network_says_so_and_is_live_again_with_it(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    """The stream may have lived on, or be dead without anybody knowing: it is opened anew."""
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.status("saved")
    await page.page.context.set_offline(True)
    await page.status("offline")
    await page.page.context.set_offline(False)
    await page.saved()
    await ana.draw(shared_board.rsplit("/", 1)[1], stroke())
    await page.has_shapes(1)


async def test_an_undo_is_seen_at_once_without_a_network_too(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.draw(wave(300, 250))
    await page.saved()
    await page.page.context.set_offline(True)
    await page.draw(wave(300, 400))
    await page.status("offline")
    shown = page.page.locator("#shapes > [id]")
    await expect(shown).to_have_count(2)
    await page.page.keyboard.press("Control+z")
    await expect(shown).to_have_count(1)
    await page.page.keyboard.press("Control+Shift+z")
    await expect(shown).to_have_count(2)
    await page.page.keyboard.press("Control+z")
    await page.page.keyboard.press("Control+z")
    await page.toast("You are offline")
    await page.page.context.set_offline(False)
    await page.saved(timeout=30_000)
    await page.has_shapes(0)
    assert await ana.shapes(shared_board.rsplit("/", 1)[1]) == []
