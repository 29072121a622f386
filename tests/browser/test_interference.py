"""What others, the server and a reload do to a shape that is in the hand or just left it."""

import pytest
from playwright.async_api import expect

from harness.people import Person
from tests.browser.conftest import Visit
from tests.browser.selection import RECTANGLE, Board


async def test_what_somebody_else_changes_does_not_tear_a_shape_out_of_the_hand(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "fill": "tint"})
    await board.mouse.move(360, 240)
    await board.mouse.down()
    await board.mouse.move(460, 340, steps=5)
    held = await board.box("rectangle")
    await board.patch("rectangle", color="red", x=700)
    await expect(board.page.page.locator("#rectangle.red")).to_be_attached()
    assert await board.box("rectangle") == held
    await board.mouse.up()
    shape = await board.shape("rectangle")
    assert (shape["color"], shape["x"], shape["y"]) == ("red", 400, 300)


async def test_a_shape_that_somebody_else_removes_is_gone_from_the_hand(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "fill": "tint"})
    await board.mouse.move(360, 240)
    await board.mouse.down()
    await board.mouse.move(460, 340, steps=5)
    change = {"changeId": "gone", "remove": ["rectangle"]}
    assert (await ana.post(f"/boards/{board.id}/changes", change)).status == 201
    await board.page.has_shapes(0)
    await board.mouse.move(560, 340, steps=5)
    await board.mouse.up()
    await board.has_nothing_selected()
    await board.page.has_shapes(0)


async def test_a_refused_move_goes_back(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "fill": "tint"})
    before = await board.box("rectangle")
    refusal = '{"error": {"code": "board_full", "message": "The board is full."}}'
    await board.page.page.route(
        "**/changes", lambda route: route.fulfill(status=422, content_type="application/json", body=refusal)
    )
    await board.drag([(360, 240), (460, 340)])
    await board.page.toast("The board is full.")
    assert await board.box("rectangle") == before


async def test_a_move_that_waits_survives_a_reload(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "fill": "tint"})
    context = board.page.page.context
    await context.route("**/changes", lambda route: route.abort())
    await board.drag([(360, 240), (460, 340)])
    moved = await board.box("rectangle")
    await board.page.page.reload()
    await board.page.ready()
    assert await board.box("rectangle") == pytest.approx(moved, abs=0.5)
    await context.unroute_all()
    await board.page.has_shapes(1, timeout=30_000)
    assert (await board.shape("rectangle"))["x"] == 400


async def test_a_shape_is_in_its_new_place_in_the_order_at_once(visit: Visit, ana: Person, shared_board: str) -> None:
    shapes = [{**RECTANGLE, "id": id, "x": 300 + 150 * i, "fill": "tint"} for i, id in enumerate("abc")]
    board = await Board.open(visit, ana, shared_board, *shapes)
    async with board.held():
        await board.mouse.click(360, 240)
        await board.keyboard.press("]")
        assert await board.page.shape_ids() == ["b", "c", "a"]
        await board.mouse.click(660, 240)
        await board.keyboard.press("[")
        assert await board.page.shape_ids() == ["c", "b", "a"]
    assert await board.page.shape_ids() == ["c", "b", "a"]
    assert [shape["id"] for shape in await ana.shapes(board.id)] == ["c", "b", "a"]
