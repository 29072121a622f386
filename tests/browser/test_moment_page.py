"""The page of a board as it was at a moment."""

from playwright.async_api import expect

from harness.people import Person, shape_of_kind
from tests.browser.conftest import Visit


async def test_a_board_as_it_was_is_looked_at_and_left_again(visit: Visit, ana: Person) -> None:
    board = await ana.create_board("Plan")
    ts = (await ana.draw(board, shape_of_kind("note", "n", text="Then"))).json["ts"]
    assert (await ana.post(f"/boards/{board}/changes", {"changeId": "gone", "remove": ["n"]})).status == 201
    page = await (await visit(ana, viewport={"width": 375, "height": 700})).new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    await page.goto(f"{ana.url}/boards/{board}?at={ts}")
    await page.locator("body[data-ready]").wait_for()
    await expect(page.locator("#shapes #n")).to_be_visible()
    await expect(page.get_by_role("region", name="The past")).to_contain_text("As it was on")
    await expect(page.locator("[data-tool=pen]:visible, #undo:visible, #share:visible")).to_have_count(0)
    await page.locator("#canvas").press("p")
    await page.mouse.move(100, 300)
    await page.mouse.down()
    await page.mouse.move(200, 400)
    await page.mouse.up()
    await page.locator("#canvas").press("Control+f")
    await page.locator("#find input").fill("Then")
    await expect(page.locator("#find output")).to_contain_text("1 of 1")
    assert not [url for url in sent if "/stream" in url or url.endswith(("/presence", "/changes"))]
    await page.get_by_role("link", name="Back to now").click()
    await page.locator("body[data-ready]:not([data-moment])").wait_for()
    await expect(page.locator("#n")).to_have_count(0)
