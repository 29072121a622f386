"""A board in a frame of a page on another site."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from playwright.async_api import expect

from harness.people import Person, shape_of_kind
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit


@pytest.fixture
async def wiki() -> AsyncIterator[str]:
    """Another site, by its name: whoever frames Easel there sends it no cookie."""

    async def page(request: web.Request) -> web.Response:
        return web.Response(
            text=f'<h1>Wiki</h1><iframe src="{request.query["show"]}" width=800 height=500>', content_type="text/html"
        )

    app = web.Application()
    app.router.add_get("/", page)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://localhost:{runner.addresses[0][1]}/?show="
    await runner.cleanup()


async def shown(ana: Person, visibility: str) -> str:
    board = await ana.create_board("Plans", visibility)
    assert (await ana.request("PATCH", f"/boards/{board}", json={"embeddable": True})).status == 200
    return board


async def test_a_page_elsewhere_shows_the_board_live_and_draws_nothing(
    visit: Visit, wiki: str, easel: Easel, ana: Person
) -> None:
    board = await shown(ana, "link-edit")
    context = await visit(ana)
    page = await context.new_page()
    await page.goto(f"{wiki}{easel.url}/boards/{board}/embed")
    frame = page.frame_locator("iframe")
    await expect(frame.locator("body[data-ready]")).to_have_attribute("data-role", "viewer")
    await expect(frame.get_by_role("heading", name="Plans")).to_be_visible()
    shape = shape_of_kind("rectangle", w=80, h=60)
    assert (await ana.draw(board, shape)).status == 201
    await expect(frame.locator(f"#shapes > [id='{shape['id']}']")).to_be_attached()
    await expect(frame.locator("#menu-open, #share")).to_have_count(0)
    await expect(frame.locator("#tools")).to_be_hidden()
    async with context.expect_page() as opening:
        await frame.get_by_role("link", name="Open in Easel").click()
    opened = await opening.value
    await expect(opened.locator("body[data-ready]")).to_have_attribute("data-role", "owner")


async def test_who_picks_a_name_draws_in_the_frame_of_another_site(
    visit: Visit, wiki: str, easel: Easel, ana: Person
) -> None:
    board = await shown(ana, "link-edit")
    context = await visit(ana)  # whose cookie does not come along
    page = await context.new_page()
    await page.goto(f"{wiki}{easel.url}/boards/{board}/embed")
    frame = page.frame_locator("iframe")
    await frame.get_by_role("button", name="Draw", exact=True).click()
    await frame.get_by_label("Your name").fill("Gus")
    await frame.locator("#draw .primary").click()
    await expect(frame.locator("body[data-ready][data-role=editor]")).to_be_attached()
    await frame.locator("#tools [data-tool=pen]").click()
    at = await page.locator("iframe").bounding_box()
    assert at
    await page.mouse.move(at["x"] + 300, at["y"] + 200)
    await page.mouse.down()
    await page.mouse.move(at["x"] + 420, at["y"] + 240, steps=6)
    await page.mouse.up()
    await expect(frame.locator("#status")).to_have_attribute("data-state", "saved")
    (drawn,) = await ana.shapes(board)
    assert drawn["kind"] == "stroke"
    visitors = (await ana.get(f"/boards/{board}/members")).json["visitors"]
    assert [visitor["name"] for visitor in visitors] == ["Gus"]
    cookies = [cookie["value"] for cookie in await context.cookies(easel.url)]
    assert cookies == [ana.token]  # the frame has set none


async def test_no_other_page_can_be_framed(visit: Visit, wiki: str, easel: Easel, ana: Person) -> None:
    board = await shown(ana, "link-view")
    page = await (await visit(ana)).new_page()
    for path in (f"/boards/{board}", "/boards", "/", f"/boards/{board}/members"):
        async with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
            await page.goto(wiki + easel.url + path)


async def test_the_owner_allows_it_in_share_and_gets_the_code(visit: Visit, easel: Easel, ana: Person) -> None:
    board = await ana.create_board("Plans", "link-view")
    page = (await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}")).page
    await page.get_by_role("button", name="Share").click()
    switch = page.get_by_role("switch", name="Allow this board on other pages")
    await expect(switch).not_to_be_checked()
    await switch.click()
    await expect(switch).to_be_checked()
    code = await page.get_by_label("Code for the other page").input_value()
    assert f'src="{easel.url}/boards/{board}/embed"' in code
    await page.get_by_text("QR code of the link").click()
    await expect(page.get_by_role("img", name="QR code of the link to this board")).to_be_visible()
    await switch.click()
    await expect(page.get_by_label("Code for the other page")).to_have_count(0)
    await expect(page.get_by_role("img", name="QR code of the link to this board")).to_be_visible()  # it stays open
