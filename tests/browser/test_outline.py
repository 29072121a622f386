"""A board in words: walked from shape to shape, and as a list."""

from playwright.async_api import expect

from harness.people import Person, shape_of_kind
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import one_of_each, opened


async def test_tab_walks_the_shapes_in_reading_order_and_says_their_names(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana, *one_of_each())
    await page.page.locator("#canvas").focus()
    announcer = page.page.locator("#announcer")
    for name in (
        "blue note: Buy milk, 1 of 5",
        "black arrow, 2 of 5",
        "red rectangle: Plan, 3 of 5",
        "black text: Hello, 4 of 5",
        "green stroke, 5 of 5",
    ):
        await page.page.keyboard.press("Tab")
        await expect(announcer).to_have_text(name)
    await page.page.keyboard.press("Shift+Tab")
    await expect(announcer).to_have_text("black text: Hello, 4 of 5")
    await page.page.keyboard.press("Delete")
    await page.has_shapes(4)
    assert "line" not in await page.shape_ids()


async def test_the_board_is_no_trap_for_who_comes_by_tab(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, *one_of_each())
    canvas = page.page.locator("#canvas")
    await canvas.focus()
    for _ in range(5):
        await page.page.keyboard.press("Tab")
        await expect(canvas).to_be_focused()
    await page.page.keyboard.press("Tab")
    await expect(canvas).not_to_be_focused()
    await canvas.focus()
    await page.page.keyboard.press("Tab")
    await page.page.keyboard.press("Escape")
    await page.page.keyboard.press("Escape")
    await page.page.keyboard.press("Shift+Tab")
    await expect(canvas).not_to_be_focused()


async def test_a_shape_out_of_sight_comes_into_view_when_it_is_walked_to(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    board = await ana.create_board("Far")
    await ana.draw(board, *[shape_of_kind("note", name, x=x, y=0) for name, x in (("near", 300), ("far", 9000))])
    page = await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}")
    await page.page.keyboard.press("Control+0")
    await page.page.locator("#canvas").focus()
    await page.page.keyboard.press("Tab")
    await page.page.keyboard.press("Tab")
    await expect(page.page.locator("#shapes [id=far]")).to_be_in_viewport()
    await page.page.keyboard.press("Tab")
    await page.page.goto(f"{easel.url}/boards/{board}/outline")
    await page.page.locator("main li a").first.click()
    await page.ready()
    await expect(page.page.locator("#shapes [id=near]")).to_be_in_viewport()


async def test_the_outline_lists_the_board_and_takes_its_reader_to_a_shape(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened(visit, easel, ana, *one_of_each())
    await page.page.keyboard.press("Alt+l")
    items = page.page.locator("#listing li")
    names = ["blue note: Buy milk", "black arrow", "red rectangle: Plan", "black text: Hello"]
    await expect(items).to_have_text(names)
    await expect(page.page.locator("#listing")).to_contain_text("1 stroke by hand")
    await items.nth(2).get_by_role("link").click()
    await expect(page.page.locator("#outline")).to_be_hidden()
    await expect(page.page.locator("#style [data-field=fill] [aria-pressed=true]")).to_have_attribute(
        "data-value", "tint"
    )
    await expect(page.page.locator("#canvas")).to_be_focused()


async def test_the_open_outline_follows_what_others_do(visit: Visit, easel: Easel, ana: Person, ben: Person) -> None:
    page, _ = await opened(visit, easel, ana, *one_of_each())
    await page.page.keyboard.press("Alt+l")
    await expect(page.page.locator("#listing li")).to_have_count(4)
    board = page.page.url.rsplit("/", 1)[1]
    await ben.draw(board, shape_of_kind("note", "new", x=900, y=600, color="pink", text="From Ben"))
    await expect(page.page.locator("#listing li").last).to_have_text("pink note: From Ben", timeout=10_000)


async def test_the_outline_is_a_page_without_javascript(visit: Visit, easel: Easel, ana: Person) -> None:
    board = await ana.create_board("Plain")
    await ana.draw(board, *one_of_each())
    page = await (await visit(ana, java_script_enabled=False)).new_page()
    await page.goto(f"{easel.url}/boards/{board}")
    await page.keyboard.press("Tab")
    await page.get_by_role("link", name="as a list").press("Enter")
    await expect(page.locator("main li").first).to_have_text("blue note: Buy milk")
