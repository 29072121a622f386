"""What others see of a gesture before it is a change: ink, drags, shapes, words and the laser."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, expect

from harness.people import Person, stroke
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.pair import BOX, at, cursor_of, hold, two


async def with_a_stroke(anas: BoardPage, bens: BoardPage, ana: Person) -> str:
    """Both pages show a stroke that begins at 300, 300. The board's id."""
    board = anas.page.url.rpartition("/")[2]
    assert (await ana.draw(board, stroke("moved", points=[300, 300, 400, 350, 500, 300]))).status == 201
    for page in (anas, bens):
        await page.has_shapes(1)
    return board


async def dragged(anas: BoardPage, bens: BoardPage) -> Locator:
    """Ben has that stroke in his hand, 100 px farther, and Ana sees it there."""
    await hold(bens, "select", (400, 337), (500, 437))
    shape = anas.page.locator("#shapes > [id=moved]")
    await left_of(shape, 400)
    return shape


# What is drawn and what is being drawn are counted in each frame.
COUNTED = """() => {
    window.seen = [];
    const count = selector => document.querySelectorAll(selector).length;
    const look = () => {
        window.seen.push([count(".drafts > g"), count("#shapes > [id]")]);
        requestAnimationFrame(look);
    };
    look();
}"""


async def test_ink_shows_while_it_is_drawn_and_becomes_the_stroke_without_a_gap(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await hold(bens, "pen", (300, 300), (500, 340))
    wet = anas.page.locator(".drafts > g")
    await expect(wet).to_have_count(1)
    await expect(anas.page.locator("#shapes [id]")).to_have_count(0)
    first = await wet.locator("path").last.get_attribute("d")
    await bens.page.mouse.move(600, 300, steps=10)
    await expect(wet.locator("path").last).not_to_have_attribute("d", first or "")
    # There must be exactly one of ink and stroke, always.
    await anas.page.evaluate(COUNTED)
    await bens.page.mouse.up()
    await anas.has_shapes(1)
    await expect(wet).to_have_count(0)
    seen = {tuple(frame) for frame in await anas.page.evaluate("window.seen")}
    assert seen <= {(1, 0), (0, 1)}
    assert (0, 1) in seen


async def test_ink_that_is_let_go_is_gone_for_others_too(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await hold(bens, "pen", (300, 300), (500, 340))
    wet = anas.page.locator(".drafts > g")
    await expect(wet).to_have_count(1)
    await bens.page.keyboard.press("Escape")
    await expect(wet).to_have_count(0, timeout=2_000)
    await bens.page.mouse.up()


async def test_whoever_comes_in_the_middle_of_a_stroke_sees_it_whole(
    visit: Visit, ana: Person, ben: Person, guest: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await hold(bens, "pen", (300, 300), (500, 340))
    path = anas.page.locator(".drafts > g path")
    await expect(path).to_have_count(1)
    late = await BoardPage.open(await visit(guest), shared_board)
    drawn = late.page.locator(".drafts > g path")
    await expect(drawn).to_have_count(1)
    await bens.page.mouse.move(600, 300, steps=5)
    await expect(drawn).to_have_attribute("d", re.compile(r"^M6000 6000l"))
    async with asyncio.timeout(20):
        while await drawn.get_attribute("d") != await path.get_attribute("d"):
            await asyncio.sleep(0.05)
    await bens.page.mouse.up()


async def test_a_drag_is_seen_while_it_happens_and_stays_where_it_ends(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    board = await with_a_stroke(anas, bens, ana)
    await dragged(anas, bens)
    assert len((await ana.get(f"/boards/{board}/changes")).json["changes"]) == 1
    await expect(anas.page.locator(".others rect")).to_have_count(1)  # Ben has selected it
    await anas.page.evaluate("""() => {
        window.lefts = [];
        const look = () => {
            window.lefts.push(document.getElementById("moved").getBoundingClientRect().left);
            requestAnimationFrame(look);
        };
        look();
    }""")
    await bens.page.mouse.up()
    await bens.saved()
    await bens.page.mouse.move(900, 600)
    await at(cursor_of(anas.page, "Ben"), 900, 600)
    lefts = await anas.page.evaluate("window.lefts")
    assert max(lefts) - min(lefts) < 0.5, lefts
    changes = (await ana.get(f"/boards/{board}/changes")).json["changes"]
    assert [list(change["patch"]) for change in changes] == [[], ["moved"]]


async def test_a_drag_that_is_cancelled_goes_back_at_once_for_others_too(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await with_a_stroke(anas, bens, ana)
    shape = await dragged(anas, bens)
    await bens.page.keyboard.press("Escape")
    await left_of(shape, 300)
    await bens.page.mouse.up()


@pytest.mark.parametrize("tool", ["rectangle", "diamond", "arrow", "line", "frame", "note"])
async def test_a_shape_shows_while_it_is_made_and_is_stored_without_a_gap(
    visit: Visit, ana: Person, ben: Person, shared_board: str, tool: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await hold(bens, tool, (300, 300), (500, 400))
    made = anas.page.locator(".drafts > g")
    await expect(made).to_have_count(1)
    await covers(made, await bens.page.locator(".drafts > g").evaluate(BOX))
    board = shared_board.rpartition("/")[2]
    assert await ana.shapes(board) == []
    await anas.page.evaluate(COUNTED)
    await bens.page.mouse.up()
    await bens.page.keyboard.press("Escape")  # a note is written on
    await anas.has_shapes(1)
    await expect(made).to_have_count(0)
    seen = {tuple(frame) for frame in await anas.page.evaluate("window.seen")}
    assert seen <= {(1, 0), (0, 1)}
    assert len((await ana.get(f"/boards/{board}/changes")).json["changes"]) == 1


async def test_a_shape_that_is_not_made_after_all_is_gone_for_others_too(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await hold(bens, "ellipse", (300, 300), (500, 400))
    made = anas.page.locator(".drafts > g")
    await expect(made).to_have_count(1)
    await bens.page.keyboard.press("Escape")
    await expect(made).to_have_count(0, timeout=2_000)
    await bens.page.mouse.up()


async def test_words_are_seen_while_they_are_typed(visit: Visit, ana: Person, ben: Person, shared_board: str) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.keyboard.press("t")
    await bens.page.mouse.click(400, 300)
    await bens.page.keyboard.type("Hello")
    await expect(anas.page.locator(".drafts text")).to_have_text("Hello")
    await bens.page.keyboard.press("Escape")
    await anas.has_shapes(1)
    await expect(anas.page.locator(".drafts text")).to_have_count(0)
    await bens.page.keyboard.press("Enter")
    await bens.page.keyboard.type(" there")
    await expect(anas.page.locator("#shapes text")).to_have_text("Hello there")
    assert [shape["text"] for shape in await ana.shapes(shared_board.rpartition("/")[2])] == ["Hello"]


async def covers(shape: Locator, box: list[float]) -> None:
    """Wait until it has come there, in window px."""
    async with asyncio.timeout(10):
        while max(abs(a - b) for a, b in zip(await shape.evaluate(BOX), box, strict=True)) > 0.5:
            await asyncio.sleep(0.02)


async def left_of(shape: Locator, x: float) -> None:
    """Wait until its line begins there, in window px."""
    async with asyncio.timeout(10):
        while True:
            box = await shape.bounding_box()
            if box and abs(box["x"] - x) < 4:
                return
            await asyncio.sleep(0.02)


async def test_a_laser_is_seen_by_others_and_fades(visit: Visit, ana: Person, ben: Person, shared_board: str) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.keyboard.press("k")
    await bens.page.mouse.move(300, 300)
    await bens.page.mouse.down()
    await bens.page.mouse.move(500, 340, steps=10)
    await expect(anas.page.locator(".others .laser")).to_have_count(1)
    await bens.page.mouse.up()
    await expect(anas.page.locator(".others .laser")).to_have_count(0)
    assert await ana.shapes(shared_board.rpartition("/")[2]) == []
