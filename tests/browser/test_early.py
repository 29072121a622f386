"""Work that is lost because a page shows its tools before it listens, or resets them after it began to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import BrowserContext, Page, Route, expect

from harness.people import Person
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.browser.seeded import PHONE, rectangle

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>'
DROP = """svg => {
    const data = new DataTransfer();
    data.items.add(new File([svg], "a.svg", {type: "image/svg+xml"}));
    const options = {dataTransfer: data, clientX: 400, clientY: 300, bubbles: true, cancelable: true};
    const bar = document.querySelector("#bar");
    return ["dragover", "drop"].map((kind) => !bar.dispatchEvent(new DragEvent(kind, options)));
}"""


@asynccontextmanager
async def loading(context: BrowserContext, url: str, script: str = "**/static/board-*.js") -> AsyncIterator[BoardPage]:
    """A board whose tools are seen and whose scripts arrive at the end of the block."""
    arrive = asyncio.Event()

    async def hold(route: Route) -> None:
        await arrive.wait()
        await route.continue_()

    await context.route(script, hold)
    page = await context.new_page()
    await page.goto(url, wait_until="commit")
    await expect(page.locator("#tools")).to_be_visible()
    await expect(page.locator("#surface")).to_be_attached()
    await expect(page.locator("#status")).to_have_text("Loading…")
    board = BoardPage(page)
    yield board
    arrive.set()
    await board.ready()
    await expect(page.locator("#status")).not_to_have_text("Loading…")


async def test_early_strokes_are_seen_at_once_and_become_ink(visit: Visit, ana: Person, shared_board: str) -> None:
    async with loading(await visit(ana), shared_board) as board:
        await board.drag(wave(300, 300))
        await board.drag(wave(500, 300))
        await expect(board.page.locator(".early")).to_have_count(2)
    await board.has_shapes(2)
    await expect(board.page.locator(".early")).to_have_count(0)
    await board.saved()
    found = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert [shape["x"] for shape in found] == [300, 500]
    assert all(len(shape["points"]) > 12 for shape in found)


async def test_early_tools_and_keys_count_in_their_order(visit: Visit, ana: Person, shared_board: str) -> None:
    async with loading(await visit(ana), shared_board) as board:
        await board.drag(wave(300, 300))
        await board.page.locator("#tools [data-tool=rectangle]").click()
        await board.drag([(500, 300), (600, 380)])
        await board.page.keyboard.press("o")
        await expect(board.page.locator("#tools [data-tool=ellipse]")).to_have_attribute("aria-pressed", "true")
        await board.drag([(700, 300), (800, 380)])
        await board.page.keyboard.press("p")
        await board.drag(wave(300, 500))
        await board.page.keyboard.press("Control+z")
    await board.has_shapes(3)
    await board.saved()
    kinds = [shape["kind"] for shape in await ana.shapes(shared_board.rsplit("/", 1)[1])]
    assert kinds == ["stroke", "rectangle", "ellipse"]


async def test_early_ink_stays_on_the_shape_it_was_drawn_over(visit: Visit, ana: Person, shared_board: str) -> None:
    id = shared_board.rsplit("/", 1)[1]
    await ana.draw(id, rectangle(x=3_000, y=2_000, w=1_600, h=900))
    async with loading(await visit(ana), shared_board) as board:
        box = await board.page.locator("[id=a]").bounding_box()
        assert box
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        await board.drag([middle, (middle[0] + 50, middle[1] + 20)])
    await board.has_shapes(2)
    await board.saved()
    [_, ink] = await ana.shapes(id)
    assert abs(ink["x"] - 3_800) < 3
    assert abs(ink["y"] - 2_450) < 3
    now = await board.page.locator("[id=a]").bounding_box()
    assert now
    assert abs(now["x"] - box["x"]) < 2


async def test_a_small_drawing_is_not_blown_up_meanwhile(visit: Visit, ana: Person, shared_board: str) -> None:
    """Ink that is drawn early would come out as small as the drawing was large."""
    await ana.draw(shared_board.rsplit("/", 1)[1], rectangle())
    async with loading(await visit(ana), shared_board) as board:
        box = await board.page.locator("[id=a]").bounding_box()
        assert box
        assert 118 < box["width"] < 126
        await board.drag(wave(box["x"], box["y"]))
    await board.has_shapes(2)
    await expect(board.page.locator("#zoom-level")).to_have_text("100%")


async def test_an_early_finger_draws(visit: Visit, ana: Person, shared_board: str) -> None:
    async with loading(await visit(ana, **PHONE), shared_board) as board:
        await board.touch("touchStart", (100, 300))
        for x in range(110, 250, 10):
            await board.touch("touchMove", (x, 340))
        await board.touch("touchEnd")
        await expect(board.page.locator(".early")).to_have_count(1)
    await board.has_shapes(1)


async def test_a_stroke_goes_on_while_the_scripts_arrive(visit: Visit, ana: Person, shared_board: str) -> None:
    async with loading(await visit(ana), shared_board) as board:
        mouse = board.page.mouse
        await mouse.move(300, 300)
        await mouse.down()
        await mouse.move(400, 320, steps=5)
    await expect(board.page.locator(".drafts > g")).to_have_count(1)
    await mouse.move(600, 300, steps=5)
    await mouse.up()
    await board.has_shapes(1)
    await board.saved()
    [stroke] = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert max(stroke["points"][::2]) >= 299


async def test_early_clicks_on_other_buttons_count(visit: Visit, ana: Person, shared_board: str) -> None:
    async with loading(await visit(ana), shared_board) as board:
        await board.page.locator("#share").click()
    await expect(board.page.locator("#share-dialog")).to_be_visible()
    await board.page.keyboard.press("Escape")
    async with loading(await visit(ana), shared_board) as board:
        await board.page.locator("#menu-open").click()
        await board.page.locator("#menu [data-command=help]").click()
    await expect(board.page.locator("#help")).to_be_visible()
    await expect(board.page.locator("#menu")).to_be_hidden()


async def test_a_file_dropped_early_is_put_on_the_board(visit: Visit, ana: Person, shared_board: str) -> None:
    async with loading(await visit(ana), shared_board) as board:
        prevented = await board.page.evaluate(DROP, SVG)
        assert prevented == [True, True]
    await expect(board.page.locator("#shapes image")).to_have_count(1)


async def test_scripts_that_do_not_come_are_said(visit: Visit, ana: Person, shared_board: str) -> None:
    context = await visit(ana)
    await context.route("**/static/board-*.js", lambda route: route.abort())
    page = await context.new_page()
    await page.goto(shared_board)
    await expect(page.locator("#status")).to_have_text("Not loaded: reload the page")


async def first_message(page: Page, role: str) -> None:
    """Says again what each stream says first."""
    detail = f"""{{detail: {{data: '{{"role": "{role}"}}'}}}}"""
    await page.evaluate(f"document.querySelector('#stream').dispatchEvent(new CustomEvent('access', {detail}))")


async def test_the_first_message_takes_no_tool_away(visit: Visit, ana: Person, ben: Person) -> None:
    """It took the viewer's select tool, and the selection, when it came after the first key."""
    id = await ana.create_board("Looked at", "link-view")
    await ana.draw(id, rectangle())
    board = await BoardPage.open(await visit(ben), f"{ana.url}/boards/{id}")
    await board.page.keyboard.press("v")
    await board.drag([(360, 290), (400, 300)])
    selected = board.page.locator("#selection .box")
    await expect(selected).to_have_count(1)
    await first_message(board.page, "viewer")
    await expect(board.page.locator("#tools [data-tool=select]")).to_have_attribute("aria-pressed", "true")
    await expect(selected).to_have_count(1)
