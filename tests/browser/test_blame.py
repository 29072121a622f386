"""Who drew what: of the selection in words, and of the whole board in the colours of people's cursors."""

import asyncio
import uuid
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from harness.people import Person, shape_of_kind, stroke
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.selection import PHONE
from tests.integration.sharing import join


def box(id: str, x: int) -> dict[str, Any]:
    return shape_of_kind("rectangle", id, x=x, y=250, w=60, h=60, fill="solid")


@pytest.fixture
async def board(ana: Person, ben: Person) -> str:
    """Ana's board with two boxes of hers and a stroke of Ben's, who has moved one of the boxes."""
    board = await ana.create_board("Ours", "link-view")
    await join(ana, board, ben, "editor")
    await ana.draw(board, box("a", 350), box("b", 450))
    await ben.draw(board, stroke("c", x=600, y=280))
    change = {"changeId": str(uuid.uuid4()), "patch": {"a": {"x": 345}}}
    assert (await ben.post(f"/boards/{board}/changes", change)).status == 201
    return board


async def opened(visit: Visit, person: Person, board: str, **options: Any) -> tuple[BoardPage, Locator]:
    page = await BoardPage.open(await visit(person, **options), f"{person.url}/boards/{board}")
    await page.has_shapes(3)
    return page, page.page.locator("#authors")


async def test_a_shape_says_who_drew_it_and_who_changed_it(visit: Visit, ana: Person, board: str) -> None:
    page, panel = await opened(visit, ana, board)
    await page.page.keyboard.press("v")
    await page.page.mouse.click(370, 280, button="right")
    await page.page.get_by_role("menuitem", name="Who drew this").click()
    await expect(panel.locator(".chosen")).to_contain_text("You drew this just now")
    await expect(panel.locator(".chosen")).to_contain_text("Ben changed it last just now")
    time = panel.locator(".time").first
    exact = str(await time.get_attribute("title"))
    await time.click()
    await expect(time).to_have_text(exact)
    await page.page.mouse.click(470, 280)
    await expect(panel.locator(".chosen")).not_to_contain_text("Ben")
    await page.page.locator("#canvas").focus()
    await page.page.keyboard.press("Control+a")
    await expect(panel.locator(".chosen")).to_contain_text("Drawn by You 2, Ben 1")
    await page.page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()


async def test_the_board_is_coloured_by_person_while_others_draw(
    visit: Visit, ana: Person, ben: Person, board: str
) -> None:
    page, panel = await opened(visit, ana, board)
    own = await color(page, "a")
    await page.page.keyboard.press("Alt+Shift+A")
    people = panel.get_by_role("listitem")
    await expect(people).to_have_text(["Ana (you)2 shapes", "Ben1 shape"])
    await expect(page.page.locator("#announcer")).to_have_text("Coloured by person: Ana 2, Ben 1")
    assert await color(page, "a") == await color(page, "b") != own
    bens = await color(page, "c")
    await ben.draw(board, stroke("d", x=700, y=300))
    await expect(people).to_have_text(["Ana (you)2 shapes", "Ben2 shapes"])
    while await color(page, "d") != bens:
        await asyncio.sleep(0)
    choice = panel.get_by_role("button", name="Ben")
    await choice.focus()
    await page.page.keyboard.press("Enter")
    await expect(choice).to_have_attribute("aria-pressed", "true")
    await ben.draw(board, stroke("e", x=700, y=350))
    await expect(choice).to_contain_text("3")
    await expect(choice).to_be_focused()
    assert (await color(page, "c"), await color(page, "e")) == (bens, bens)
    assert await color(page, "a") not in (own, bens)
    await page.page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    assert await color(page, "a") == own
    await expect(page.page.locator("#shapes [data-by]")).to_have_count(0)


async def color(page: BoardPage, id: str) -> str:
    found: str = await page.page.locator(f"#shapes > #{id}").evaluate("e => getComputedStyle(e).color")
    return found


async def test_viewers_see_it_only_where_the_owner_shows_the_history(
    visit: Visit, ana: Person, guest: Person, board: str
) -> None:
    page, panel = await opened(visit, guest, board)
    await page.page.keyboard.press("Alt+Shift+A")
    await page.page.mouse.click(370, 280, button="right")
    await expect(page.page.get_by_role("menuitem", name="Copy", exact=True)).to_be_visible()
    await expect(page.page.get_by_role("menuitem", name="Who drew this")).to_have_count(0)
    await expect(panel).to_have_count(0)
    assert (await ana.request("PATCH", f"/boards/{board}", json={"historyOpen": True})).status == 200
    await page.page.reload()
    await page.ready()
    await page.page.mouse.click(800, 600, button="right")
    await page.page.get_by_role("menuitem", name="Show who drew what").click()
    await expect(panel.get_by_role("listitem")).to_have_text(["Ana2 shapes", "Ben1 shape"])


async def test_on_a_phone_the_people_are_a_row_above_the_board(visit: Visit, ana: Person, board: str) -> None:
    page, panel = await opened(visit, ana, board, **PHONE)
    await page.page.locator("#menu-open").tap()
    await page.page.get_by_role("menuitem", name="History").tap()
    await page.page.get_by_role("button", name="Show who drew what").tap()
    await expect(page.page.locator("#history")).to_be_hidden()
    await panel.get_by_role("button", name="Ben").tap()
    await expect(panel.get_by_role("button", name="Ben")).to_have_attribute("aria-pressed", "true")
    around = await panel.bounding_box()
    assert around is not None
    assert around["x"] >= 0
    assert around["x"] + around["width"] <= 375
    assert around["height"] < 240
    await panel.get_by_role("button", name="Close").tap()
    await expect(panel).to_be_hidden()
