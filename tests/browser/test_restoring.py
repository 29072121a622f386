"""An editor restores the board, or some shapes, to a moment of its history, with mouse, keyboard and finger."""

import uuid

from playwright.async_api import Page, expect

from harness.people import Person, stroke
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit


async def remembered(visit: Visit, ana: Person, **options: object) -> tuple[BoardPage, str]:
    """Ana's page of a board that had two shapes when somebody named that; since then one went, and two came."""
    board = await ana.create_board("Ours")
    await ana.draw(board, stroke("a", (0, 0, 200, 100)), stroke("b", (0, 200, 200, 300), color="blue"))
    assert (await ana.post(f"/boards/{board}/versions", {"name": "Before lunch"})).status == 201
    change = {"changeId": uuid.uuid4().hex, "patch": {"b": {"color": "red"}}, "remove": ["a"]}
    await ana.post(f"/boards/{board}/changes", change | {"put": [stroke("c", (300, 0, 400, 50)), stroke("d")]})
    page = await BoardPage.open(await visit(ana, **options), f"{ana.url}/boards/{board}")
    await page.has_shapes(3)
    return page, board


async def open_history(page: Page) -> None:
    await page.keyboard.press("Alt+y")
    await expect(page.locator("#history .entry.version")).to_contain_text("Before lunch")


async def test_the_whole_board_goes_back_and_forth_while_one_draws(visit: Visit, ana: Person) -> None:
    board, _ = await remembered(visit, ana)
    page = board.page
    await open_history(page)
    await page.locator(".entry.version summary").click()
    await page.click(".entry.version [data-restoring]")
    dialog = page.locator("#restore")
    for count in ("2 not there yet: removed", "1 deleted since: brought back", "1 changed since: as before"):
        await expect(dialog).to_contain_text(count)
    await page.click("#restoring >> text=Restore")
    await expect(dialog).to_contain_text("is restored. 2 shapes removed, 1 brought back, 1 as before.")
    await page.click("text=Done")
    await board.has_shapes(2)
    assert set(await board.shape_ids()) == {"a", "b"}
    await page.keyboard.press("Escape")
    await board.draw(wave(500, 500))
    await board.has_shapes(3)
    await page.keyboard.press("Control+z")
    await board.has_shapes(2)
    await page.keyboard.press("Control+z")
    await board.has_shapes(3)
    assert set(await board.shape_ids()) == {"b", "c", "d"}


async def test_only_the_selected_shapes_go_back_by_keyboard(visit: Visit, ana: Person) -> None:
    board, _ = await remembered(visit, ana)
    page = board.page
    await page.keyboard.press("Control+a")
    await open_history(page)
    await page.get_by_label("Selected shapes only").focus()
    await page.keyboard.press("Space")
    await expect(page.locator("#history .entry.version")).to_have_count(0)
    entry = page.locator("#history .entry summary").last
    await entry.focus()
    await page.keyboard.press("Enter")
    link = page.locator("#history [data-restoring]:visible").last
    await link.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#restore")).to_contain_text("These shapes have not changed since Today")
    await page.keyboard.press("Escape")
    await expect(page.locator("#restore")).to_be_hidden()


async def test_a_phone_restores_and_undoes(visit: Visit, ana: Person) -> None:
    board, name = await remembered(visit, ana, viewport={"width": 375, "height": 740}, has_touch=True)
    page = board.page
    await page.tap("#menu-open")
    await page.tap("[data-command=history]")
    await page.tap(".entry.version summary")
    await page.tap(".entry.version [data-restoring]")
    box = await page.locator("#restore").bounding_box()
    assert box is not None
    assert (box["x"] >= 0, box["x"] + box["width"] <= 375) == (True, True)
    await page.tap("#restoring >> text=Restore")
    await page.locator("#restoring").get_by_role("button", name="Undo").tap()  # a hint says the word before
    await board.has_shapes(3)
    await page.goto(f"{ana.url}/boards/{name}/history")
    await page.tap(".entry.version summary")
    await page.tap(".entry.version [data-restoring]")
    await page.tap("#restoring >> text=Restore")
    await expect(page.locator("main")).to_contain_text("is restored.")
    await page.tap("text=To the board")
    await board.has_shapes(2)


async def test_the_page_of_a_moment_offers_to_restore_it_and_to_copy_it(visit: Visit, ana: Person) -> None:
    board = await ana.create_board("Plan")
    moment = (await ana.draw(board, stroke("a", (0, 0, 200, 100)))).json["ts"]
    await ana.post(f"/boards/{board}/changes", {"changeId": uuid.uuid4().hex, "remove": ["a"]})
    page = await (await visit(ana, viewport={"width": 375, "height": 700})).new_page()
    await page.goto(f"{ana.url}/boards/{board}?at={moment}")
    await page.locator("body[data-ready]").wait_for()
    await page.get_by_role("link", name="Restore…").click()
    await expect(page.locator("#restore")).to_contain_text("1 deleted since: brought back")
    await page.locator("#restoring").get_by_role("button", name="Restore").click()
    await page.locator("#restoring").get_by_role("link", name="To the board").click()
    await BoardPage(page).has_shapes(1)
    await page.goto(f"{ana.url}/boards/{board}?at={moment}")
    await page.get_by_role("button", name="Make a copy").click()
    await expect(page.locator("#title")).to_have_text("Copy of Plan")
    assert not page.url.endswith(board)
    await BoardPage(page).has_shapes(1)
