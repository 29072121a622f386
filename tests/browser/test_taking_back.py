"""The owner takes back what somebody did, with mouse, keyboard and finger, and sees what stays."""

from playwright.async_api import Page, expect

from harness.people import Person, stroke
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit


async def vandalised(visit: Visit, ana: Person, ben: Person, **options: object) -> tuple[BoardPage, BoardPage, str]:
    """Ana's page and Ben's, of a board on which he has drawn three strokes."""
    board = await ana.create_board("Ours", "link-edit")
    await ana.draw(board, stroke("ours", (0, 0, 200, 100)))
    await ben.draw(board, *(stroke(f"s{n}", (0, 200 + 50 * n, 300, 200 + 50 * n)) for n in range(3)))
    anas = await BoardPage.open(await visit(ana, **options), f"{ana.url}/boards/{board}")
    bens = await BoardPage.open(await visit(ben), f"{ana.url}/boards/{board}")
    await anas.has_shapes(4)
    return anas, bens, board


async def offered(page: Page) -> None:
    await expect(page.locator("#take-back")).to_contain_text("drew 3 strokes")


async def test_a_vandal_is_removed_and_the_work_taken_back_while_one_draws(
    visit: Visit, ana: Person, ben: Person
) -> None:
    anas, bens, _ = await vandalised(visit, ana, ben)
    page = anas.page
    await page.click("#share")
    await page.click("[aria-label='Remove Ben']")
    await page.click("text=Remove Ben and take back what they did…")
    await offered(page)
    await expect(page.get_by_label("Also remove Ben from the board")).to_be_checked()
    await page.click("text=Take it back")
    await expect(page.locator("#take-back")).to_contain_text("1 change of Ben is taken back. 3 shapes removed.")
    await expect(bens.page.locator("#toasts")).to_contain_text("gone, or it is private")
    await page.click("text=Done")
    await anas.has_shapes(1)
    await anas.draw(wave(600, 300))
    await anas.has_shapes(2)
    await page.keyboard.press("Control+z")
    await anas.has_shapes(1)
    await page.keyboard.press("Control+z")
    await anas.has_shapes(4)
    await page.keyboard.press("Control+Shift+z")
    await anas.has_shapes(1)


async def test_what_others_changed_since_stays_and_a_click_flies_there(visit: Visit, ana: Person, ben: Person) -> None:
    anas, _, board = await vandalised(visit, ana, ben)
    await ana.post(f"/boards/{board}/changes", {"changeId": "mine", "patch": {"s1": {"color": "red", "x": 4000}}})
    page = anas.page
    await page.locator("#people").get_by_role("button", name="Follow Ben").click()
    await page.click("text=Take back…")
    await offered(page)
    await page.keyboard.press("Tab")
    await page.locator("#taking .primary").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#take-back")).to_contain_text("1 shape stays in part")
    before = await anas.camera()
    await page.click("text=red stroke")
    await expect(page.locator("#take-back")).to_be_hidden()
    await page.wait_for_function("() => document.querySelector('.overlay > .arrived').childElementCount > 0")
    await anas.camera_moved(before)
    await anas.has_shapes(2)


async def test_on_a_phone_the_button_in_the_list_of_people_offers_it(visit: Visit, ana: Person, ben: Person) -> None:
    anas, _, board = await vandalised(visit, ana, ben, viewport={"width": 375, "height": 740}, has_touch=True)
    page = anas.page
    await page.tap("#share")
    await page.tap("[aria-label='Take back what Ben did']")
    await offered(page)
    box = await page.locator("#take-back").bounding_box()
    assert box is not None
    assert (box["x"] >= 0, box["x"] + box["width"] <= 375) == (True, True)
    await page.tap("text=Take it back")
    await page.locator("#taking").get_by_role("button", name="Undo").tap()
    await anas.has_shapes(4)
    await page.goto(f"{ana.url}/boards/{board}/members")
    await page.tap("[aria-label='Take back what Ben did']")
    await expect(page).to_have_url(f"{ana.url}/boards/{board}/takebacks?user={ben.id}")
    await page.tap("text=Take it back")
    await expect(page.locator("main")).to_contain_text("1 change of Ben is taken back")
    await page.tap("text=To the board")
    await anas.has_shapes(1)


async def test_only_the_owner_is_offered_it(visit: Visit, ana: Person, ben: Person) -> None:
    _, bens, _ = await vandalised(visit, ana, ben)
    await bens.page.locator("#people").get_by_role("button", name="Follow Ana").click()
    await expect(bens.page.locator("#following")).to_be_visible()
    await expect(bens.page.locator("text=Take back…")).to_be_hidden()
    await expect(bens.page.locator("#take-back")).to_have_count(0)
