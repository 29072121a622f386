"""The kind of fault: the loaded part of a large board is treated as the whole."""

import aiohttp
import pytest
from playwright.async_api import expect

from harness.people import Person, stroke
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import press

LARGE = 100  # shapes; a page of a larger board draws 60 one by one
TOTAL = 450  # shapes: a change takes 200


@pytest.fixture(scope="module")
def url(easel: Easel) -> str:
    """Another web process on the same deployment, for which a board is soon large."""
    return easel.start_another_web(LARGE_BOARD=str(LARGE))


@pytest.fixture
async def ada(url: str, http: aiohttp.ClientSession) -> Person:
    return await Person.sign_in(http, url, "Ada")


async def large(visit: Visit, ada: Person) -> tuple[BoardPage, str]:
    """Fifty strokes where the page looks, 399 far away, and a locked one."""
    board = await ada.create_board("Large", "link-edit")
    near = [stroke(f"n{i}", x=400 + i % 10 * 20, y=300 + i // 10 * 20) for i in range(50)]
    far = [stroke(f"f{i}", x=8_000 + i % 20 * 40, y=8_000 + i // 20 * 40) for i in range(TOTAL - 51)]
    locked = stroke("locked", x=9_000, y=500, locked=True)
    for part in (near, far[:200], [*far[200:], locked]):
        assert (await ada.draw(board, *part)).status == 201
    context = await visit(ada)
    await context.add_init_script(f"try {{ sessionStorage['easel:camera:{board}'] ??= '[0, 0, 1]' }} catch {{}}")
    page = await BoardPage.open(context, f"{ada.url}/boards/{board}")
    await expect(page.page.locator("#shapes > [id^=n]")).to_have_count(50)
    return page, board


async def all_selected(page: BoardPage) -> None:
    await press(page, "Control+a")
    await page.toast("All 449 shapes are selected. 50 of them are loaded here")


async def test_select_all_and_delete_delete_all_after_a_question(visit: Visit, ada: Person) -> None:
    page, board = await large(visit, ada)
    await all_selected(page)
    await press(page, "Delete")
    await expect(page.page.locator("#everything")).to_contain_text("All 449 shapes will be deleted, including the 399")
    await page.page.get_by_role("button", name="Delete all").click()
    while [shape["id"] for shape in await ada.shapes(board)] != ["locked"]:
        await page.page.wait_for_load_state()
    await page.saved()
    await page.page.locator("#undo").click()
    await expect(page.page.locator("#redo")).to_be_enabled()
    while len(await ada.shapes(board)) < TOTAL:
        await page.page.wait_for_load_state()


async def test_who_says_no_deletes_nothing(visit: Visit, ada: Person) -> None:
    page, board = await large(visit, ada)
    await all_selected(page)
    await press(page, "Delete")
    await page.page.get_by_role("button", name="Keep them").click()
    await expect(page.page.locator("#everything")).to_be_hidden()
    assert len(await ada.shapes(board)) == TOTAL


async def test_another_selection_is_deleted_without_a_question(visit: Visit, ada: Person) -> None:
    page, board = await large(visit, ada)
    await all_selected(page)
    await press(page, "Escape", "v")
    await page.page.mouse.move(405, 298)
    await page.drag([(395, 295), (425, 310)])
    await press(page, "Delete")
    await page.saved()
    await expect(page.page.locator("#status")).to_have_text("Saved")
    assert TOTAL > len(await ada.shapes(board)) > TOTAL - 10


async def test_other_commands_say_what_they_covered(visit: Visit, ada: Person) -> None:
    page, _ = await large(visit, ada)
    await all_selected(page)
    await press(page, "Control+c")
    await page.toast("Copied: the 50 shapes that are loaded here, of 449.")
    await page.page.locator("#style [data-field=color] [data-value=red]").click()
    await page.toast("Changed: the 50 shapes that are loaded here, of 449.")


async def test_a_picture_of_the_loaded_part_says_so(visit: Visit, ada: Person) -> None:
    page, board = await large(visit, ada)
    await press(page, "Control+Shift+c")
    await page.toast("This picture has the 50 shapes that are loaded here.")
    await expect(page.page.locator("#toasts a")).to_have_attribute("href", f"/boards/{board}.svg")
