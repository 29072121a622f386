"""The kind of fault: in a small window something is cut off, or lies under something else, and cannot be pressed."""

from playwright.async_api import Page, expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import PHONE
from tests.integration.sse import reading

OUTSIDE = """dialog => {
    const { left, right } = dialog.getBoundingClientRect();
    const parts = [...dialog.querySelectorAll("button, p, h2")].filter(part => part.checkVisibility());
    const box = part => part.getBoundingClientRect();
    return parts.filter(part => box(part).left < left || box(part).right > right).map(part => part.textContent);
}"""


async def shared(visit: Visit, easel: Easel, ana: Person, ben: Person) -> Page:
    """Ana's phone with the Share dialog of a board that Ben has come to by its link."""
    board = await ana.create_board("The autumn fair and what we need for it", "link-edit")
    async with reading(ben, board):
        pass
    page = (await BoardPage.open(await visit(ana, **PHONE), f"{easel.url}/boards/{board}")).page
    await page.locator("#share").tap()
    return page


async def test_a_question_with_three_answers_is_whole(visit: Visit, easel: Easel, ana: Person, ben: Person) -> None:
    page = await shared(visit, easel, ana, ben)
    await page.locator("[aria-label='Remove Ben']").tap()
    confirm = page.locator("#confirm")
    await expect(confirm.locator("button:visible")).to_have_count(4)
    assert await confirm.evaluate(OUTSIDE) == []
    await confirm.get_by_role("button", name="Cancel").tap()
    await expect(confirm).to_be_hidden()


async def test_the_way_out_of_a_long_dialog_stays_in_sight(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    page = await shared(visit, easel, ana, ben)
    await page.locator(".inviting button").scroll_into_view_if_needed()
    await page.locator("#share-dialog [data-close]").tap()
    await expect(page.locator("#share-dialog")).to_be_hidden()


async def test_the_owner_ends_presenting_with_a_finger(visit: Visit, easel: Easel, ana: Person, ben: Person) -> None:
    page = await shared(visit, easel, ana, ben)
    await page.get_by_role("switch", name="Only you can draw").tap()
    await page.locator("#share-dialog [data-close]").tap()
    await page.get_by_role("button", name="End: let others draw again").tap()
    await expect(page.locator("#bar .presenting")).to_be_hidden()
