"""Pictures on a board, in the browser: brought, sent, seen by others, changed."""

import asyncio
import io
import re
from base64 import b64encode
from typing import Any

import aiohttp
import pytest
from PIL import Image
from playwright.async_api import Page, Route, expect

from harness.people import Person
from harness.pictures import add, picture
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.network import Network

BRING = """([kind, files, x, y]) => {
    const data = new DataTransfer();
    for (const [name, type, base64] of files) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
    }
    const canvas = document.querySelector("#canvas");
    if (kind === "paste") {
        const options = { clipboardData: data, bubbles: true, cancelable: true };
        return canvas.dispatchEvent(new ClipboardEvent("paste", options));
    }
    for (const type of ["dragover", "drop"]) {
        const options = { dataTransfer: data, clientX: x, clientY: y, bubbles: true, cancelable: true };
        canvas.dispatchEvent(new DragEvent(type, options));
    }
}"""


def noise(width: int, height: int) -> bytes:
    """A photograph, as far as its size goes."""
    body = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(body, "JPEG", quality=92)
    return body.getvalue()


async def bring(page: Page, how: str, *files: tuple[str, str, bytes], x: float = 640, y: float = 400) -> None:
    """Pastes or drops files, as the operating system would, and waits until the board shows them."""
    sent = [[name, kind, b64encode(body).decode()] for name, kind, body in files]
    there = await page.locator("#shapes image").count()
    await page.evaluate(BRING, [how, sent, x, y])
    await expect(page.locator("#shapes image")).to_have_count(there + len(files), timeout=15_000)


async def pick(page: Page, *files: tuple[str, str, bytes]) -> None:
    async with page.expect_file_chooser() as chooser:
        await page.locator("#tools [data-tool=image]").click()
    payloads: list[Any] = [{"name": name, "mimeType": kind, "buffer": body} for name, kind, body in files]
    there = await page.locator("#shapes image").count()
    await (await chooser.value).set_files(payloads)
    await expect(page.locator("#shapes image")).to_have_count(there + len(files), timeout=15_000)


async def nothing_on_its_way(page: Page) -> None:
    await expect(page.locator(".upload")).to_have_count(0, timeout=20_000)


async def seen(page: Page, count: int) -> None:
    """Waits until so many pictures are on the page, and each has its pixels from the server or from here."""
    images = page.locator("#shapes image")
    await expect(images).to_have_count(count, timeout=15_000)
    loaded = """async (images) => {
        for (const { href } of images) {
            const image = new Image();
            image.src = href.baseVal;
            await image.decode();
        }
        return true;
    }"""
    assert await images.evaluate_all(loaded)


TEAL = ("teal.png", "image/png", picture(300, 200))
RED = ("red.jpg", "image/jpeg", picture(200, 300, "red", "JPEG"))


async def test_pasted_dropped_and_picked_pictures_reach_all_and_stay(
    visit: Visit, own_easel: Easel, http: aiohttp.ClientSession
) -> None:
    ana, ben = [await Person.sign_in(http, own_easel.url, name) for name in ("Ana", "Ben")]
    url = f"{own_easel.url}/boards/{await ana.create_board('Pictures', 'link-edit')}"
    here, there = await BoardPage.open(await visit(ana), url), await BoardPage.open(await visit(ben), url)
    await bring(here.page, "paste", TEAL)
    await bring(here.page, "drop", RED, ("blue.png", "image/png", picture(color="blue")), x=400, y=600)
    await pick(here.page, ("green.png", "image/png", picture(90, 90, "green")))
    await nothing_on_its_way(here.page)
    await here.saved()
    await seen(here.page, 4)
    await seen(there.page, 4)
    own_easel.program.kill()
    own_easel.start()
    await there.page.reload()
    await there.ready()
    await seen(there.page, 4)


async def test_a_picture_shows_at_once_with_a_ring_of_upload_progress(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = (await BoardPage.open(await visit(ana), shared_board)).page
    devtools = await page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400 * 1024}
    await devtools.send("Network.enable")
    await devtools.send("Network.emulateNetworkConditions", slow)
    await bring(page, "drop", ("photo.jpg", "image/jpeg", noise(1400, 1000)))
    image = page.locator("#shapes image")
    await expect(image).to_have_attribute("href", re.compile("^blob:"))
    await expect(page.locator(".upload")).to_contain_text("% sent")
    now = page.locator(".upload [role=progressbar]")
    first = int(await now.get_attribute("aria-valuenow") or 0)
    await expect(now).not_to_have_attribute("aria-valuenow", str(first))
    assert int(await now.get_attribute("aria-valuenow") or 100) > first
    await nothing_on_its_way(page)
    await seen(page, 1)


async def test_an_offline_picture_waits_across_a_reload_and_is_sent_once(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    board = await ana.create_board("Offline")
    async with Network(easel.port) as network:
        visitor = await visit()
        await visitor.add_cookies([{"name": "session", "value": ana.token, "url": network.url}])
        page = await BoardPage.open(visitor, f"{network.url}/boards/{board}")
        gate = "**/images"
        await visitor.route(gate, lambda route: route.abort())
        await bring(page.page, "drop", TEAL)
        await expect(page.page.locator(".upload")).to_contain_text("Waiting for the network")
        await page.page.reload()
        await page.ready()
        await expect(page.page.locator("#shapes image")).to_have_count(1)
        assert await ana.shapes(board) == []
        await visitor.unroute(gate)
        await page.page.locator(".upload [data-retry]").click()
        await nothing_on_its_way(page.page)
        await page.page.reload()
        await page.ready()
        await seen(page.page, 1)
        assert len(await ana.shapes(board)) == 1


async def test_a_file_that_is_refused_says_why_and_can_be_taken_back(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = (await BoardPage.open(await visit(ana), shared_board)).page
    await bring(page, "drop", ("cut.png", "image/png", picture(300, 200)[:200]))
    await expect(page.locator(".upload")).to_contain_text("cut off")
    await page.locator(".upload [data-cancel]").click()
    await nothing_on_its_way(page)
    await expect(page.locator("#shapes image")).to_have_count(0)


async def test_a_picture_that_is_cancelled_was_never_there(visit: Visit, ana: Person, shared_board: str) -> None:
    page = (await BoardPage.open(await visit(ana), shared_board)).page
    await page.context.route("**/images", lambda _: None)  # never answered
    await bring(page, "drop", TEAL)
    await page.keyboard.press("Delete")
    await nothing_on_its_way(page)
    await expect(page.locator("#shapes image")).to_have_count(0)
    await page.reload()
    await expect(page.locator("body[data-ready=true]")).to_be_attached()
    await expect(page.locator("#shapes image")).to_have_count(0)


async def test_a_picture_moved_while_it_is_sent_stays_where_it_was_moved(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    board = await BoardPage.open(await visit(ana), shared_board)
    moved = asyncio.Event()

    async def held(route: Route) -> None:
        await moved.wait()
        await route.continue_()

    await board.page.context.route("**/images", held)
    await bring(board.page, "drop", TEAL, x=640, y=400)
    await expect(board.page.locator(".upload")).to_be_visible()
    await board.drag([(600, 350), (500, 250)])
    moved.set()
    await nothing_on_its_way(board.page)
    await board.saved()
    (shape,) = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert (shape["x"], shape["y"]) == pytest.approx((390, 200), abs=12)


async def test_a_drawing_is_painted_here_and_sent_as_a_picture(visit: Visit, ana: Person, shared_board: str) -> None:
    page = (await BoardPage.open(await visit(ana), shared_board)).page
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><path d="M0 0L80 40" stroke="red"/></svg>'
    await bring(page, "drop", ("logo.svg", "image/svg+xml", svg))
    await nothing_on_its_way(page)
    await seen(page, 1)
    (shape,) = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert (shape["w"], shape["h"]) == (80, 40)


async def test_small_pictures_are_had_small_and_those_out_of_sight_not_at_all(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    board = shared_board.rsplit("/", 1)[1]
    body = noise(2400, 1600)
    near = await add(ana, board, body, x=300, y=300, w=200)
    page = (await BoardPage.open(await visit(ana), shared_board)).page
    far = await add(ana, board, picture(1500, 1500, "red"), x=50_000, y=0, w=1000)  # the view stays where it is
    await expect(page.locator(f'[id="{far["id"]}"] image')).to_be_attached()
    one, other = (page.locator(f'[id="{shape["id"]}"] image') for shape in (near, far))
    await expect(one).to_have_attribute("href", f"/boards/{board}/images/{near['file']}?size=256")
    assert await other.get_attribute("href") is None
    for _ in range(6):
        await page.locator("#zoom").get_by_role("button", name="Zoom in").click()
    await expect(page.locator("#zoom-level")).to_have_text("800%")
    whole = f"/boards/{board}/images/{near['file']}"
    await expect(one).to_have_attribute("href", whole, timeout=20_000)


async def test_a_double_click_crops(visit: Visit, ana: Person, shared_board: str) -> None:
    board = shared_board.rsplit("/", 1)[1]
    shape = await add(ana, board, picture(400, 200), x=400, y=300)
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("v")
    await page.page.mouse.dblclick(600, 400)
    await expect(page.page.locator(".cropping")).to_be_visible()
    await page.drag([(800, 400), (700, 400)])
    await page.page.keyboard.press("Enter")
    await page.saved()
    (now,) = await ana.shapes(board)
    assert (now["w"], now["h"], now["crop"]) == (300, 200, [0, 0, 0.75, 1])
    assert now["id"] == shape["id"]


async def test_a_description_is_asked_for_and_told(visit: Visit, ana: Person, shared_board: str) -> None:
    board = shared_board.rsplit("/", 1)[1]
    await add(ana, board, picture(400, 200), x=400, y=300)
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("v")
    await page.page.mouse.click(600, 400, button="right")
    await page.page.get_by_role("menuitem", name="Describe the picture").click()
    await page.page.locator("#describe textarea").fill("A teal field")
    await page.page.locator("#describe").get_by_role("button", name="Keep it").click()
    await page.saved()
    await expect(page.page.locator("#shapes title")).to_have_text("A teal field")


async def test_whoever_brings_a_picture_is_asked_once_what_is_to_be_seen(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await bring(page.page, "drop", TEAL)
    await page.page.get_by_role("button", name="Describe the picture").click()
    await page.page.locator("#describe textarea").fill("A teal field")
    await page.page.locator("#describe textarea").press("Tab")
    await page.page.locator("#describe").get_by_role("button", name="Keep it").click()
    await expect(page.page.locator("#shapes title")).to_have_text("A teal field")
    await page.saved()
    again = await BoardPage.open(await visit(ana), shared_board)
    await expect(again.page.locator("#shapes title")).to_have_text("A teal field")


async def test_a_picture_can_be_replaced_and_downloaded(visit: Visit, ana: Person, shared_board: str) -> None:
    board = shared_board.rsplit("/", 1)[1]
    shape = await add(ana, board, picture(400, 200), x=400, y=300)
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("v")
    await page.page.mouse.click(600, 400, button="right")
    async with page.page.expect_file_chooser() as chooser:
        await page.page.get_by_role("menuitem", name="Replace the picture").click()
    new: Any = {"name": "red.png", "mimeType": "image/png", "buffer": picture(100, 100, "red")}
    await (await chooser.value).set_files(new)
    await expect(page.page.locator("#shapes image")).to_have_attribute("height", "8000", timeout=15_000)  # twentieths
    await nothing_on_its_way(page.page)
    (now,) = await ana.shapes(board)
    assert (now["id"], now["w"], now["h"]) == (shape["id"], 400, 400)
    assert now["file"] != shape["file"]
    await page.page.mouse.click(600, 400, button="right")
    async with page.page.expect_download() as download:
        await page.page.get_by_role("menuitem", name="Download the picture").click()
    assert (await download.value).suggested_filename == "red.webp"
