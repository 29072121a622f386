"""An old page that talks to a new server: it offers to be reloaded once nothing waits, and loses nothing by it."""

import re

from playwright.async_api import BrowserContext, Locator, Route, expect

from harness.people import Person
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit

PATIENT = 60_000  # ms: the offer comes after 10 s, and on a busy machine later


async def older(context: BrowserContext, board: str) -> None:
    """Pages of the board come as an earlier version of Easel made them."""

    async def serve(route: Route) -> None:
        answer = await route.fetch()
        text = re.sub(r'data-version="[^"]+"', 'data-version="earlier"', await answer.text())
        await route.fulfill(response=answer, body=text)

    await context.route(board, serve)


async def open_older(context: BrowserContext, board: str) -> BoardPage:
    await older(context, board)
    page = await BoardPage.open(context, board)
    await context.unroute(board)
    return page


async def grow_old(page: BoardPage) -> None:
    """The page is as an earlier version made it, and its next stream says so."""
    await page.page.evaluate("document.body.dataset.version = 'earlier'; dispatchEvent(new Event('online'))")


def offer(page: BoardPage) -> Locator:
    return page.page.locator("#toasts[aria-live=polite] .toast", has_text="Easel was updated.")


def reload_button(page: BoardPage) -> Locator:
    return offer(page).get_by_role("button", name="Reload")


async def test_an_old_page_offers_to_reload_and_a_new_one_does_not(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    current = await BoardPage.open(await visit(ana), shared_board)
    old = await open_older(await visit(ana), shared_board)
    await expect(offer(old)).to_be_visible(timeout=PATIENT)
    assert await offer(current).count() == 0
    await reload_button(old).focus()
    await old.page.keyboard.press("Enter")
    await expect(old.page.locator("body:not([data-version=earlier])[data-ready=true]")).to_be_attached(timeout=PATIENT)
    await old.draw(wave(400, 300))
    await old.has_shapes(1)


async def test_a_reload_by_the_button_loses_nothing(visit: Visit, ana: Person, shared_board: str) -> None:
    context = await visit(ana)
    page = await open_older(context, shared_board)
    await expect(offer(page)).to_be_visible(timeout=PATIENT)
    await context.route("**/changes", lambda _: None)  # never answered: the text is not saved
    await page.pick("text")
    await page.page.mouse.click(500, 450)
    await page.page.keyboard.type("half a sen")
    async with page.page.expect_navigation():
        await reload_button(page).click()
    assert await page.outbox() == 1
    await context.unroute("**/changes")
    await page.has_shapes(1, PATIENT)
    await expect(page.page.locator("#shapes text")).to_contain_text("half a sen")


async def test_the_offer_waits_for_hands_and_for_changes(visit: Visit, ana: Person, shared_board: str) -> None:
    drawing, writing, offline, idle = [await BoardPage.open(await visit(ana), shared_board) for _ in range(4)]
    await drawing.pick("pen")
    await drawing.page.mouse.move(300, 300)
    await drawing.page.mouse.down()
    await drawing.page.mouse.move(400, 350, steps=4)
    await writing.pick("text")
    await writing.page.mouse.click(500, 450)
    await writing.page.keyboard.type("half a sen")
    await offline.page.route("**/changes", lambda route: route.abort())
    await offline.draw(wave(400, 500))
    await offline.status("offline")
    for page in (drawing, writing, offline, idle):
        await grow_old(page)
    await expect(offer(idle)).to_be_visible(timeout=PATIENT)  # the last of them
    for page in (drawing, writing, offline):
        assert await offer(page).count() == 0
    await drawing.page.mouse.up()
    await writing.page.keyboard.press("Escape")
    await offline.page.unroute("**/changes")
    for page in (drawing, writing, offline):
        await expect(offer(page)).to_be_visible(timeout=PATIENT)
        await page.saved(PATIENT)


async def test_who_declines_is_not_asked_again(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await open_older(await visit(ana), shared_board)
    await expect(offer(page)).to_be_visible(timeout=PATIENT)
    await offer(page).get_by_role("button", name="Not now").click()
    await expect(offer(page)).to_have_count(0)
    async with page.page.expect_request(lambda request: "/stream?" in request.url, timeout=PATIENT):
        await page.page.evaluate("dispatchEvent(new Event('online'))")  # as if the network came back
    await page.draw(wave(400, 300))
    await page.has_shapes(1)
    assert await offer(page).count() == 0


async def test_a_narrow_window_shows_the_offer_whole(visit: Visit, ana: Person, shared_board: str) -> None:
    for scheme in ("light", "dark"):
        narrow = {"viewport": {"width": 375, "height": 700}, "color_scheme": scheme, "has_touch": True}
        page = await open_older(await visit(ana, **narrow), shared_board)
        await expect(offer(page)).to_be_visible(timeout=PATIENT)
        for name in ("Reload", "Not now"):
            box = await offer(page).get_by_role("button", name=name).bounding_box()
            assert box
            assert 0 <= box["x"] <= 375 - box["width"]
            assert box["height"] >= 24
