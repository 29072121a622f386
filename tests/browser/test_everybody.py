"""The kind of fault: a number stands for people who cannot be seen or reached."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from playwright.async_api import expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import PHONE, press
from tests.integration.sse import reading

CROWD = 29


@pytest.fixture
async def crowded(easel: Easel, ana: Person) -> AsyncIterator[str]:
    """The URL of a board that 29 others have open."""
    board = await ana.create_board("Crowd", "link-edit")
    async with AsyncExitStack() as open_:
        for n in range(CROWD):
            person = await Person.sign_in(ana.http, easel.url, f"Person {n:02}")
            await open_.enter_async_context(reading(person, board))
        yield f"{easel.url}/boards/{board}"


async def test_everybody_is_listed_and_followed_by_click(visit: Visit, ana: Person, crowded: str) -> None:
    page = await BoardPage.open(await visit(ana), crowded)
    await expect(page.page.locator("#everybody-open")).to_have_text("+25")
    await page.page.locator("#everybody-open").click()
    items = page.page.locator("#everybody [role=menuitem]")
    await expect(items).to_have_count(CROWD + 1)
    await expect(items.filter(has_text="Ana (you)")).to_have_count(1)
    await page.page.locator("#everybody").get_by_text("Person 27").click()
    await expect(page.page.locator("#following")).to_contain_text("Person 27")
    await expect(page.page.locator("#everybody")).to_be_hidden()


async def test_everybody_is_followed_by_keyboard(visit: Visit, ana: Person, crowded: str) -> None:
    page = await BoardPage.open(await visit(ana), crowded)
    await expect(page.page.locator("#everybody-open")).to_have_text("+25")
    await page.page.locator("#everybody-open").focus()
    await press(page, "Enter")
    await expect(page.page.locator("#everybody [role=menuitem]")).to_have_count(CROWD + 1)
    await press(page, "End")
    last = page.page.locator("#everybody [role=menuitem]").last
    await expect(last).to_be_focused()
    name = await last.get_attribute("data-name")
    await press(page, "Enter")
    await expect(page.page.locator("#following")).to_contain_text(name or "?")


async def test_everybody_is_followed_by_touch_on_a_phone(visit: Visit, ana: Person, crowded: str) -> None:
    page = await BoardPage.open(await visit(ana, **PHONE), crowded)
    await expect(page.page.locator("#everybody-open")).to_have_text("+28")
    await page.page.locator("#everybody-open").tap()
    box = await page.page.locator("#everybody").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375
    assert box["y"] + box["height"] <= 700
    await page.page.locator("#everybody").get_by_text("Person 03").tap()
    await expect(page.page.locator("#following")).to_contain_text("Person 03")


async def test_a_few_people_need_no_list(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await expect(page.page.locator("#people .person")).to_have_count(1)
    await expect(page.page.locator("#everybody-open")).to_be_hidden()
