"""Looking back: who did what on the board, and when."""

import re

from playwright.async_api import Page, expect

from harness.people import Person, shape_of_kind, stroke
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit

ENTRY = "#past .entry"


async def open_history(page: Page) -> None:
    await page.keyboard.press("Alt+y")
    await expect(page.locator(ENTRY).first).to_be_visible()


async def test_the_panel_says_who_did_what_and_goes_on_while_they_draw(
    visit: Visit, ana: Person, guest: Person, shared_board: str
) -> None:
    board = shared_board.rsplit("/", 1)[1]
    await ana.draw(board, *(stroke(f"s{n}") for n in range(34)), shape_of_kind("note", "note", text="Plan"))
    patch = {"s1": {"x": 5}, "s2": {"x": 5}, "note": {"text": "The plan"}}
    await ana.post(f"/boards/{board}/changes", {"changeId": "c", "patch": patch})
    page = (await BoardPage.open(await visit(ana), shared_board)).page
    await open_history(page)
    told = page.locator(ENTRY).filter(has_text="Ana")
    await expect(told).to_contain_text("drew 34 strokes, added 1 note, edited 1 note, moved 2")
    await expect(told.locator("time")).to_have_text(re.compile(r"now$"))
    await expect(page.locator("#past h3")).to_have_text(["Today"])
    await guest.draw(board, stroke("more"))
    await expect(page.locator(ENTRY).first).to_contain_text("Gus")
    await expect(page.locator(ENTRY)).to_have_count(2)
    await page.locator("#past select").select_option("Ana")
    await expect(page.locator(ENTRY)).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(page.locator("#history")).to_be_hidden()


async def test_the_selected_shapes_have_a_history_of_their_own(
    visit: Visit, ana: Person, guest: Person, shared_board: str
) -> None:
    board = shared_board.rsplit("/", 1)[1]
    await ana.draw(board, shape_of_kind("rectangle", "box", x=500, y=300, w=200, h=150, fill="solid"))
    await guest.draw(board, stroke("elsewhere", x=0, y=0))
    page = (await BoardPage.open(await visit(ana), shared_board)).page
    await open_history(page)
    await expect(page.locator("input[name=shapes]")).to_be_disabled()
    await page.keyboard.press("Escape")
    await page.keyboard.press("v")
    await page.locator("#box").click(force=True)
    await open_history(page)
    await page.get_by_label("Selected shapes only").check()
    await expect(page.locator(ENTRY)).to_have_count(1)
    await expect(page.locator(ENTRY)).to_contain_text("drew 1 rectangle")


async def test_a_moment_gets_a_name_and_another_and_loses_it(visit: Visit, ana: Person, shared_board: str) -> None:
    await ana.draw(shared_board.rsplit("/", 1)[1], stroke("a"))
    page = (await BoardPage.open(await visit(ana), shared_board)).page
    await open_history(page)
    await page.get_by_label("Name of the board as it is now").fill("Before the workshop")
    await page.keyboard.press("Enter")
    version = page.locator(".version")
    await expect(version).to_contain_text("Before the workshop")
    await expect(version).to_contain_text("Named by Ana")
    await version.locator("summary").click()
    await version.get_by_label("Name of the version").fill("After it")
    await version.get_by_role("button", name="Rename").click()
    await expect(version).to_contain_text("After it")
    await version.locator("summary").click()
    await version.get_by_role("button", name="Delete the name").click()
    await page.locator("#confirm").get_by_role("button", name="Delete it").click()
    await expect(version).to_have_count(0)
    await expect(page.locator(ENTRY)).to_have_count(1)


async def test_the_history_works_without_script(visit: Visit, ana: Person, shared_board: str) -> None:
    board = shared_board.rsplit("/", 1)[1]
    await ana.draw(board, stroke("a"))
    page = await (await visit(ana, java_script_enabled=False)).new_page()
    await page.goto(shared_board + "/history")
    await expect(page.locator(ENTRY)).to_contain_text("drew 1 stroke")
    await expect(page.locator(".zone")).to_have_text("Times are UTC.")
    await page.get_by_label("Name of the board as it is now").fill("First")
    await page.keyboard.press("Enter")
    await expect(page.locator(".version")).to_contain_text("First")
