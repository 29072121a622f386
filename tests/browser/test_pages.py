"""The pages around the board, as a newcomer meets them."""

import socket

import pytest
from playwright.async_api import expect

from harness.people import Person, stroke
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.drawn import shape


async def test_a_newcomer_picks_a_name_and_makes_renames_and_finds_a_board(visit: Visit, easel: Easel) -> None:
    page = await (await visit()).new_page()
    await page.goto(easel.url)
    await page.get_by_label("name").fill("Nia")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="New board").first.click()
    board = BoardPage(page)
    await board.ready()
    await board.draw(wave(300, 300))
    await board.saved()
    await page.goto(f"{easel.url}/boards")
    await expect(page.locator("main a[href*='/boards/']").first).to_be_visible()


async def test_the_share_button_sets_who_may_open_the_board_and_gives_the_link(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("To share")
    page = await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}")
    assert (await ben.get(f"/boards/{board}")).status == 404
    await page.page.locator("#share").click()
    dialog = page.page.locator("#share-dialog")
    await expect(dialog).to_be_visible()
    await dialog.get_by_text("can edit").first.click()
    await expect(page.page.locator("body")).to_have_attribute("data-visibility", "link-edit")
    assert (await ben.get(f"/boards/{board}.json")).json["role"] == "editor"
    await expect(dialog.get_by_label("Link to this board", exact=True)).to_have_value(f"{easel.url}/boards/{board}")


async def test_the_picture_of_a_board_opens_by_itself_in_its_colours(visit: Visit, easel: Easel, ana: Person) -> None:
    board = await ana.create_board("Picture")
    await ana.draw(board, stroke("red", points=[0, 0, 100, 100], color="red"), shape("t1", "text", text="Text"))
    page = await (await visit(ana)).new_page()
    await page.goto(f"{easel.url}/boards/{board}.svg")
    assert await page.evaluate("document.fonts.ready.then((fonts) => [...fonts].map((font) => font.status))") == [
        "loaded"
    ]
    colour = await page.locator("#red").evaluate("e => getComputedStyle(e).stroke")
    red, green, blue = (int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(", "))
    assert red > 150 > green + blue / 2


async def test_a_stranger_gets_the_same_not_found_page_as_for_a_missing_board(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Private")
    page = await (await visit(ben)).new_page()
    answer = await page.goto(f"{easel.url}/boards/{board}")
    assert answer
    assert answer.status == 404
    hidden = await page.locator("main").inner_text()
    await page.goto(f"{easel.url}/boards/nosuchboard")
    assert await page.locator("main").inner_text() == hidden


def lan_address() -> str | None:
    """This machine's own non-loopback address; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # TEST-NET-1; UDP connect only picks a route
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if address.startswith("127.") else address


async def test_two_people_draw_over_plain_http_on_a_lan_address(
    visit: Visit, tmp_path_factory: pytest.TempPathFactory
) -> None:
    address = lan_address()
    if address is None:
        pytest.skip("this machine has no address but loopback")
    with Easel(tmp_path_factory.mktemp("lan"), HOST="0.0.0.0") as easel:
        origin = f"http://{address}:{easel.port}"
        one = await (await visit()).new_page()
        await one.goto(origin)
        assert await one.evaluate("window.isSecureContext") is False
        await one.get_by_label("name").fill("Lan")
        await one.keyboard.press("Enter")
        await one.get_by_role("button", name="New board").first.click()
        first = BoardPage(one)
        await first.ready()
        await one.locator("#share").click()
        await one.locator("#share-dialog").get_by_text("can edit").first.click()
        await expect(one.locator("body")).to_have_attribute("data-visibility", "link-edit")
        await one.keyboard.press("Escape")
        second = await BoardPage.open(await visit(), one.url)
        await second.draw(wave(300, 300))
        await first.has_shapes(1)
        await first.draw(wave(300, 400))
        await second.has_shapes(2)
        # There is no async clipboard here: copies go by the browser's own events.
        for keys in ("v", "Control+a", "Control+c", "Control+v"):
            await one.keyboard.press(keys)
        await second.has_shapes(4)
