"""Finding text on a board, and shapes by their address."""

from playwright.async_api import Locator, expect

from harness.people import Person, shape_of_kind
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import PHONE, opened

MILK = [
    shape_of_kind("note", "first", x=0, y=0, text="Buy MILK"),
    shape_of_kind("rectangle", "second", x=9000, y=0, w=200, h=100, text="mílk"),
    shape_of_kind("frame", "third", x=0, y=9000, w=300, h=200, text="No milk here"),
    shape_of_kind("note", "other", x=300, y=0, text="Tea"),
]


def count(page: BoardPage) -> Locator:
    return page.page.locator("#find output")


async def look_for(page: BoardPage, words: str) -> None:
    await page.page.keyboard.press("Control+f")
    await expect(page.page.locator("#find input")).to_be_focused()
    await page.page.keyboard.type(words)


async def test_find_counts_and_steps_through_matches_and_gives_the_focus_back(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana, *MILK)
    await page.page.locator("#canvas").focus()
    await look_for(page, "milk")
    await expect(count(page)).to_have_text("1 of 3: black note: Buy MILK")
    await expect(page.page.locator(".found rect")).to_have_count(3)
    for key, said, shown in (
        ("Enter", "2 of 3: black rectangle: mílk", "second"),
        ("F3", "3 of 3: black frame: No milk here", "third"),
        ("Enter", "1 of 3: black note: Buy MILK", "first"),
        ("Shift+Enter", "3 of 3: black frame: No milk here", "third"),
        ("Shift+F3", "2 of 3: black rectangle: mílk", "second"),
    ):
        await page.page.keyboard.press(key)
        await expect(count(page)).to_have_text(said)
        await expect(page.page.locator(f"#shapes > [id={shown}]")).to_be_in_viewport()
    await page.page.keyboard.press("Escape")
    await expect(page.page.locator("#find")).to_be_hidden()
    await expect(page.page.locator("#canvas")).to_be_focused()
    await expect(page.page.locator(".found rect")).to_have_count(0)


async def test_what_is_written_while_one_looks_is_counted_too(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    page, board = await opened(visit, easel, ana, *MILK)
    await look_for(page, "coffee")
    await expect(count(page)).to_have_text("Nothing found")
    await ben.draw(board, shape_of_kind("note", "new", x=0, y=300, text="Coffee"))
    await expect(count(page)).to_contain_text("1 of 1")


async def test_who_writes_a_text_finds_too_and_keeps_what_was_written(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, *MILK)
    await page.pick("text")
    await page.page.mouse.click(700, 600)
    await page.page.keyboard.type("Half a word")
    await look_for(page, "milk")
    await expect(count(page)).to_contain_text("of 3")
    await page.page.keyboard.press("Escape")
    await expect(page.page.locator("#canvas")).to_be_focused()
    await page.saved()
    assert "Half a word" in [shape.get("text") for shape in await ana.shapes(board)]


async def test_a_finger_finds_by_the_menu_and_the_buttons(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, *MILK, **PHONE)
    await page.page.get_by_role("button", name="Menu").tap()
    await page.page.get_by_role("menuitem", name="Find on this board").tap()
    await page.page.keyboard.type("milk")
    await expect(count(page)).to_contain_text("1 of 3")
    await page.page.get_by_role("button", name="Next match").tap()
    await expect(count(page)).to_contain_text("2 of 3")
    await page.page.get_by_role("button", name="Match before").tap()
    await expect(count(page)).to_contain_text("1 of 3")
    await page.page.locator("#find").get_by_role("button", name="Close").tap()
    await expect(page.page.locator("#find")).to_be_hidden()


async def test_a_shape_s_address_leads_to_it(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, *MILK)
    await page.page.goto(f"{easel.url}/boards/{board}#third")
    await expect(page.page.locator("#shapes > [id=third]")).to_be_in_viewport()
    await expect(page.page.locator(".arrived rect")).to_have_count(1)
    await expect(page.page.locator("#selection .outline, #selection .box")).not_to_have_count(0)
    await page.page.evaluate("location.hash = 'gone'")
    await page.toast("This shape is not on the board any more.")


async def test_what_is_written_on_any_board_is_found_in_the_list(visit: Visit, easel: Easel, ana: Person) -> None:
    board = await ana.create_board("Orchard")
    await ana.draw(board, *MILK, shape_of_kind("note", "deep", x=-9000, y=0, text="Bergamot"))
    page = await (await visit(ana)).new_page()
    await page.goto(f"{easel.url}/boards")
    await page.get_by_role("searchbox").fill("bergamot")
    written = page.locator("#written").get_by_role("link", name="Bergamot")
    await expect(written).to_be_visible()
    await expect(page.get_by_text("You have no board named")).to_be_hidden()
    await written.click()
    await BoardPage(page).ready()
    await expect(page.locator("#shapes > [id=deep]")).to_be_in_viewport()
