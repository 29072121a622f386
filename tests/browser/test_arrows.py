"""Lines by hand: their points, and the shapes that arrows are bound to."""

import pytest
from playwright.async_api import expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.selection import RECTANGLE, Board


async def test_an_arrow_binds_to_the_shape_it_is_dropped_on_and_follows_it(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    arrow = {"id": "arrow", "kind": "arrow", "x": 600, "y": 500, "points": [0, 0, 100, 50]}
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "fill": "tint"}, arrow)
    other = await BoardPage.open(await visit(ben), shared_board)
    await board.mouse.click(630, 515)
    await board.mouse.move(600, 500)
    await board.mouse.down()
    await board.mouse.move(362, 242, steps=6)
    await expect(board.page.page.locator("#selection .target")).to_be_attached()
    await board.mouse.up()
    await expect(board.page.page.locator("#selection .target")).to_have_count(0)
    assert (await board.shape("arrow"))["from"] == {"id": "rectangle", "at": [0.5, 0.5]}
    await board.keyboard.press("Escape")
    seen = await board.box("arrow")
    async with board.held():
        await board.mouse.move(360, 240)
        await board.mouse.down()
        await board.mouse.move(360, 140, steps=5)
        live = await board.box("arrow")
        assert live[1] < seen[1] - 50, "it follows before the release"
        await board.mouse.up()
        draft = await board.box("arrow")
    assert await board.box("arrow") == pytest.approx(draft, abs=0.5)
    await other.page.wait_for_function(
        "markup => document.querySelector('#arrow').outerHTML === markup",
        arg=await board.page.page.locator("#arrow").evaluate("e => e.outerHTML"),
    )


async def test_all_arrows_of_a_shape_follow_it_when_somebody_else_moves_it(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    bound = {"kind": "arrow", "x": 300, "y": 200, "from": {"id": "rectangle", "at": [0.5, 0.5]}}
    names = ["arrow0", "arrow1", "arrow2"]
    arrows = [{**bound, "id": name, "points": [0, 0, 500, 100 * n]} for n, name in enumerate(names)]
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "fill": "tint"}, *arrows)
    before = [await board.box(name) for name in names]
    change = {"changeId": "move", "patch": {"rectangle": {"x": 500}}}
    assert (await ana.post(f"/boards/{shared_board.rsplit('/', 1)[1]}/changes", change)).status == 201
    moved = "() => document.querySelector('#rectangle').getBoundingClientRect().x > 490"
    await board.page.page.wait_for_function(moved)
    after = [await board.box(name) for name in names]
    assert all(left[0] != right[0] for left, right in zip(before, after, strict=True))


async def test_an_arrow_stays_as_it_is_seen_when_what_it_is_bound_to_is_removed(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    arrow = {
        "id": "arrow",
        "kind": "arrow",
        "points": [0, 0, 700, 500],
        "from": {"id": "rectangle", "at": [0.5, 0.5]},
    }
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "fill": "tint"}, arrow)
    seen = await board.box("arrow")
    await board.mouse.click(330, 220)
    await board.keyboard.press("Delete")
    await board.page.has_shapes(1)
    assert await board.box("arrow") == pytest.approx(seen, abs=0.5)
    assert (await board.shape("arrow"))["from"] is None


async def test_a_line_gets_a_middle_point_and_loses_it_when_straightened(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    board = await Board.open(
        visit, ana, shared_board, {"id": "line", "kind": "line", "x": 400, "y": 300, "points": [0, 0, 200, 0]}
    )
    await board.mouse.click(450, 300)
    await board.drag([(500, 300), (500, 380)])
    assert (await board.shape("line"))["points"] == [0, 0, 100, 80, 200, 0]
    await board.drag([(500, 380), (500, 301)])
    assert (await board.shape("line"))["points"] == [0, 0, 200, 0]
