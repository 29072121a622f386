"""The kind of fault: derived geometry is read from its stale stored fallback: an arrow appears where it once was."""

from typing import Any

import pytest
from playwright.async_api import expect

from harness.people import Person, shape_of_kind
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import after, boxes, opened_to_select, press

ENDS = {"from": {"id": "a", "at": [1, 0.5]}, "to": {"id": "b", "at": [0, 0.5]}}
SEEN = "document.getElementById('way').getBBox().width / 20"  # px of the board


async def stale(visit: Visit, easel: Easel, ana: Person) -> tuple[BoardPage, str]:
    """Two boxes with an arrow between them. The right one has moved by 300 px since the arrow was drawn."""
    arrow = shape_of_kind("arrow", "way", x=400, y=330, points=[4, 0, 96, 0], **ENDS)
    page, board = await opened_to_select(visit, easel, ana, *boxes((300, 300), (500, 300)), arrow)
    assert (await change(ana, board, patch={"b": {"x": 800}})).status == 201
    await page.page.wait_for_function(f"() => {SEEN} > 350")
    return page, board


async def change(ana: Person, board: str, **parts: Any) -> Any:
    return await ana.post(f"/boards/{board}/changes", {"changeId": f"c{id(parts)}", **parts})


def length(shape: dict[str, Any]) -> float:
    found: float = shape["points"][-2] - shape["points"][0]
    return found


async def the_copy(page: BoardPage, ana: Person, board: str) -> dict[str, Any]:
    await expect(page.page.locator("#shapes > [id]")).to_have_count(4)
    shapes = await after(page, ana, board)
    return next(shape for id, shape in shapes.items() if id not in ("a", "b", "way"))


@pytest.mark.parametrize("keys", [["Control+c", "Control+v"], ["Control+d"]], ids=["copied", "duplicated"])
async def test_an_arrow_without_its_boxes_is_as_it_is_seen(
    visit: Visit, easel: Easel, ana: Person, keys: list[str]
) -> None:
    page, board = await stale(visit, easel, ana)
    await page.page.mouse.click(600, 330)
    await press(page, *keys)
    copy = await the_copy(page, ana, board)
    assert copy["from"] is copy["to"] is None
    assert length(copy) > 350


async def test_an_arrow_with_one_of_its_boxes_is_as_it_is_seen(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await stale(visit, easel, ana)
    await page.page.mouse.click(600, 330)
    await page.page.keyboard.down("Shift")
    await page.page.mouse.click(350, 330)
    await page.page.keyboard.up("Shift")
    await press(page, "Control+d")
    await expect(page.page.locator("#shapes > [id]")).to_have_count(5)
    shapes = await after(page, ana, board)
    copy = next(shape for id, shape in shapes.items() if shape["kind"] == "arrow" and id != "way")
    assert (copy["from"]["id"], copy["to"]) != ("a", None)
    assert length(copy) > 350


async def test_an_arrow_that_is_cut_comes_back_as_it_was_seen(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await stale(visit, easel, ana)
    await page.page.mouse.click(600, 330)
    await press(page, "Control+x")
    await page.has_shapes(2)
    await press(page, "Control+v")
    await page.has_shapes(3)
    [copy] = [shape for shape in (await after(page, ana, board)).values() if shape["kind"] == "arrow"]
    assert length(copy) > 350


async def test_a_copy_dragged_with_alt_is_as_it_is_seen(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await stale(visit, easel, ana)
    await page.page.mouse.click(600, 330)
    await page.page.keyboard.down("Alt")
    await page.drag([(500, 330), (500, 400), (500, 480)])
    await page.page.keyboard.up("Alt")
    copy = await the_copy(page, ana, board)
    assert copy["y"] > 400
    assert length(copy) > 350


async def test_programs_read_an_arrow_as_it_is_seen(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await stale(visit, easel, ana)
    assert length((await after(page, ana, board))["way"]) > 350


async def test_an_arrow_stays_when_a_program_removes_its_box(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await stale(visit, easel, ana)
    before = await page.page.evaluate(SEEN)
    assert (await change(ana, board, remove=["b"])).status == 201
    await page.has_shapes(2)
    way = (await after(page, ana, board))["way"]
    assert (way["from"], way["to"]) == (ENDS["from"], None)
    assert length(way) > 350
    await page.page.wait_for_function(f"() => Math.abs({SEEN} - {before}) < 10")
    assert (await ana.post(f"/boards/{board}/undo", {"changeId": "back"})).status == 201
    assert (await after(page, ana, board))["way"]["to"] == ENDS["to"]


async def test_an_arrow_is_flipped_as_it_is_seen(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await stale(visit, easel, ana)
    await page.page.mouse.click(600, 330)
    await press(page, "Shift+v")
    assert (await change(ana, board, patch={"way": {"from": None, "to": None}})).status == 201
    assert length((await after(page, ana, board))["way"]) > 350
