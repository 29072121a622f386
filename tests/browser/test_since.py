"""Since you were here: what others have changed glows, and a line says so."""

import asyncio
import uuid
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from harness.people import Person, shape_of_kind, stroke
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.selection import PHONE
from tests.browser.test_windows import HIDE
from tests.integration.sharing import join


@pytest.fixture
async def board(ana: Person, ben: Person) -> str:
    """Ana's board, on which Ben draws too."""
    board = await ana.create_board("Ours", "link-view")
    await join(ana, board, ben, "editor")
    note = shape_of_kind("note", "milk", x=400, y=250, text="Buy milk", color="yellow")
    await ana.draw(board, note, stroke("a", x=700, y=300), stroke("b", x=700, y=400))
    return board


async def change(person: Person, board: str, **what: Any) -> None:
    answer = await person.post(f"/boards/{board}/changes", {"changeId": str(uuid.uuid4()), **what})
    assert answer.status == 201, answer.body


async def opened(visit: Visit, person: Person, board: str, **options: Any) -> tuple[Page, Locator]:
    page = await BoardPage.open(await visit(person, **options), f"{person.url}/boards/{board}")
    return page.page, page.page.locator("#since")


async def leave(page: Page) -> None:
    """Looks away, and goes to the list when the server knows what was seen here."""
    async with page.expect_response(lambda response: response.url.endswith("/seen") and response.status == 204):
        await page.evaluate(HIDE, True)
    await page.goto(page.url.rsplit("/", 1)[0])


async def test_a_line_says_what_others_did_and_steps_through_it(
    visit: Visit, ana: Person, ben: Person, board: str
) -> None:
    page, line = await opened(visit, ana, board)
    await leave(page)
    await change(ana, board, put=[stroke("own", x=500, y=600)])
    await change(ben, board, patch={"milk": {"x": 420}}, put=[stroke("c", x=5_000, y=300)], remove=["b"])
    await page.go_back()
    await expect(line).to_contain_text("Ben changed 2 things and deleted one while you were away")
    await expect(page.locator(".since rect")).to_have_count(2)
    await page.locator("#canvas").focus()
    await page.keyboard.press("F8")
    said = page.locator("#announcer")
    places = {"black stroke": "c", "yellow note: Buy milk": "milk"}
    heard = []
    for number in (1, 2):
        await expect(said).to_contain_text(f"{number} of 2")
        heard.append((await said.text_content() or "").split(": ", 1)[1].removesuffix(", changed by Ben"))
        await expect(page.locator(".since .at")).to_be_in_viewport()
        await page.keyboard.press("F8")
    assert set(heard) == set(places)
    await expect(line).to_contain_text("1 of 2")
    await line.get_by_role("button", name="Change before").click()
    await expect(line).to_contain_text("2 of 2")
    await page.keyboard.press("Escape")
    await expect(line).to_be_hidden()
    await expect(page.locator(".since rect")).to_have_count(0)
    await leave(page)
    await page.go_back()
    await expect(page.locator("body[data-ready=true]")).to_be_attached()
    await expect(line).to_be_hidden()


async def test_the_list_marks_the_board_until_somebody_was_there(visit: Visit, ana: Person, ben: Person) -> None:
    board = await ana.create_board("Marked")
    await join(ana, board, ben, "editor")
    page, line = await opened(visit, ana, board)
    await page.goto(page.url.rsplit("/", 1)[0])  # the page says as it goes what was seen
    card = page.locator(f".card[data-board='{board}']")
    await expect(card.locator(".news")).to_have_count(0)
    await ben.draw(board, stroke("a"))
    while not (await ana.get(f"/boards/{board}/seen")).json:
        await asyncio.sleep(0.05)
    while not await card.locator(".news").count():
        await page.reload()
    await expect(card.get_by_role("heading")).to_have_text("Changed since you were here: Marked")
    await card.get_by_role("link", name="Marked").click()
    await expect(line).to_contain_text("Ben changed one thing while you were away")
    await leave(page)
    await expect(card.locator(".news")).to_have_count(0)


async def test_a_viewer_by_the_link_gets_numbers_and_no_names(
    visit: Visit, guest: Person, ben: Person, board: str
) -> None:
    page, line = await opened(visit, guest, board, **PHONE)
    await expect(line).to_be_hidden()
    await leave(page)
    await change(ben, board, patch={"milk": {"x": 420}}, remove=["b"])
    await page.go_back()
    await expect(line).to_contain_text("Somebody changed one thing while you were away")
    around = await line.bounding_box()
    assert around is not None
    assert around["x"] >= 0
    assert around["x"] + around["width"] <= 375
    await line.get_by_role("button", name="Next change").tap()
    await expect(page.locator("#announcer")).to_have_text("1 of 1: yellow note: Buy milk")
