"""The board is cleared, after a question, and comes back by undo."""

import asyncio

import aiohttp
import pytest
from playwright.async_api import Page, expect

from harness.people import Person, stroke
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit

TOTAL = 450  # shapes: a change takes 200


@pytest.fixture(scope="module")
def url(easel: Easel) -> str:
    """Another web process on the same deployment, for which a board is soon large."""
    return easel.start_another_web(LARGE_BOARD="100")


async def clear(page: Page) -> None:
    await page.locator("#menu-open").click()
    await page.get_by_role("menuitem", name="Clear the board").click()


async def count(person: Person, board: str, expected: int) -> None:
    while len(await person.shapes(board)) != expected:
        await asyncio.sleep(0.05)


async def test_the_board_is_cleared_after_a_question_and_undo_brings_it_back(visit: Visit, ana: Person) -> None:
    board = await ana.create_board("Full")
    await ana.draw(board, stroke("a"), stroke("b"), stroke("kept", locked=True))
    page = await BoardPage.open(await visit(ana), f"{ana.url}/boards/{board}")
    await page.has_shapes(3)
    await clear(page.page)
    dialog = page.page.locator("#clear")
    await expect(dialog).to_contain_text("2 shapes will be removed for everybody. Locked shapes stay.")
    await dialog.get_by_role("button", name="Keep it").click()
    await page.has_shapes(3)
    await clear(page.page)
    await dialog.get_by_role("button", name="Clear the board").click()
    await page.has_shapes(1)
    await count(ana, board, 1)
    await page.page.locator("#undo").click()
    await page.has_shapes(3)
    await count(ana, board, 3)


async def test_the_owner_brings_back_what_somebody_else_has_cleared(visit: Visit, ana: Person, ben: Person) -> None:
    board = await ana.create_board("Shared", "link-edit")
    await ana.draw(board, stroke("a"), stroke("b"))
    anas = await BoardPage.open(await visit(ana), f"{ana.url}/boards/{board}")
    bens = await BoardPage.open(await visit(ben), f"{ana.url}/boards/{board}")
    await clear(bens.page)
    await bens.page.locator("#clear [value=yes]").click()
    await anas.has_shapes(0)
    await bens.page.locator("#menu-open").click()
    await expect(bens.page.locator("#menu [data-command=unclear]")).to_be_hidden()
    for told in ("", "Nothing was cleared from this board"):
        await anas.page.locator("#menu-open").click()
        await anas.page.get_by_role("menuitem", name="Bring back what was cleared").click()
        await bens.has_shapes(2)
        await anas.has_shapes(2)
        await anas.toast(told)


async def test_a_viewer_is_not_asked_and_an_empty_board_has_nothing_to_clear(
    visit: Visit, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Empty", "link-view")
    await ana.draw(board, stroke("kept", locked=True))
    bens = await BoardPage.open(await visit(ben), f"{ana.url}/boards/{board}")
    await bens.page.locator("#menu-open").click()
    await expect(bens.page.locator("#menu [data-command=outline]")).to_be_visible()
    await expect(bens.page.locator("#menu [data-command=clear]")).to_be_hidden()
    anas = await BoardPage.open(await visit(ana), f"{ana.url}/boards/{board}")
    await clear(anas.page)
    await expect(anas.page.locator("#clear")).to_contain_text("Nothing is here that can be removed.")
    await expect(anas.page.locator("#clear [value=yes]")).to_be_disabled()


async def test_a_large_board_is_cleared_with_what_the_page_has_not_loaded(
    visit: Visit, http: aiohttp.ClientSession, url: str
) -> None:
    ada = await Person.sign_in(http, url, "Ada")
    board = await ada.create_board("Large")
    far = [stroke(f"f{i}", x=i % 20 * 400, y=i // 20 * 400) for i in range(TOTAL)]
    for first in range(0, TOTAL, 200):
        assert (await ada.draw(board, *far[first : first + 200])).status == 201
    page = await BoardPage.open(await visit(ada), f"{ada.url}/boards/{board}")
    await clear(page.page)
    await expect(page.page.locator("#clear")).to_contain_text("450 shapes will be removed")
    await page.page.locator("#clear [value=yes]").click()
    await count(ada, board, 0)
    await page.saved()
    await page.page.locator("#undo").click()
    await count(ada, board, TOTAL)
