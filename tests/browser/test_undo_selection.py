"""What an undo brings back is selected, so that the person sees it and goes on with it."""

import asyncio
from typing import Any

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.selection import Board


def box(id: str, x: int, **more: Any) -> dict[str, Any]:
    return {"id": id, "kind": "rectangle", "x": x, "y": 250, "w": 60, "h": 60, "fill": "solid", **more}


async def opened(visit: Visit, ana: Person, *shapes: dict[str, Any]) -> Board:
    url = f"{ana.url}/boards/{await ana.create_board('Undo', 'link-edit')}"
    return await Board.open(visit, ana, url, *shapes)


async def test_what_was_deleted_is_selected_again(visit: Visit, ana: Person) -> None:
    board = await opened(visit, ana, box("a", 350), box("b", 450), box("c", 700))
    await board.drag([(320, 220), (530, 340)])
    await board.has_selected("a", "b")
    await board.keyboard.press("Delete")
    await board.page.has_shapes(1)
    await board.has_nothing_selected()
    await board.keyboard.press("Control+z")
    await board.page.has_shapes(3)
    await board.has_selected("a", "b")
    await board.keyboard.press("Control+Shift+z")
    await board.page.has_shapes(1)
    await board.has_nothing_selected()


async def test_it_is_selected_after_a_reload_too(visit: Visit, ana: Person) -> None:
    board = await opened(visit, ana, box("a", 350), box("b", 450), box("c", 700))
    await board.drag([(320, 220), (530, 340)])
    await board.keyboard.press("Delete")
    await board.page.has_shapes(1)
    await board.page.saved()
    await board.page.page.reload()
    await board.page.ready()
    await board.keyboard.press("v")
    await board.keyboard.press("Control+z")
    await board.page.has_shapes(3)
    await board.has_selected("a", "b")


async def test_what_a_redo_locks_is_not_selected(visit: Visit, ana: Person) -> None:
    board = await opened(visit, ana, box("a", 350), box("b", 450))
    await board.page.drag([(370, 270), (370, 270)])
    await board.keyboard.press("Control+Shift+l")
    await locked(board, 1)
    await board.page.page.locator("#undo").click()
    await locked(board, 0)
    await board.keyboard.press("Escape")
    await board.has_nothing_selected()
    await board.page.page.locator("#redo").click()
    await locked(board, 1)
    await board.has_nothing_selected()


async def locked(board: Board, count: int) -> None:
    while sum(bool(shape["locked"]) for shape in await board.person.shapes(board.id)) != count:
        await asyncio.sleep(0.05)
    await board.page.saved()


async def test_who_goes_on_keeps_what_they_have_selected(visit: Visit, ana: Person) -> None:
    board = await opened(visit, ana, box("a", 350), box("b", 450), box("c", 700))
    await board.page.drag([(370, 270), (370, 270)])
    await board.keyboard.press("Delete")
    await board.page.has_shapes(2)
    async with board.held("undo"):
        await board.keyboard.press("Control+z")
        await board.page.drag([(720, 270), (720, 270)])
        await board.has_selected("c")
    await board.page.has_shapes(3)
    await board.has_selected("c")
    await board.keyboard.press("Delete")
    await board.keyboard.press("p")
    await board.keyboard.press("Control+z")
    await board.page.has_shapes(3)
    await board.has_nothing_selected()


async def test_what_was_cleared_in_parts_is_selected_as_a_whole(visit: Visit, ana: Person) -> None:
    board = await opened(visit, ana, *(box(f"s{i}", 330 + i % 20 * 30, w=10, h=10) for i in range(200)))
    assert (
        await ana.draw(board.id, *(box(f"t{i}", 330 + i % 20 * 30, y=300, w=10, h=10) for i in range(30)))
    ).status == 201
    await board.page.has_shapes(230)
    page: BoardPage = board.page
    await page.page.locator("#menu-open").click()
    await page.page.get_by_role("menuitem", name="Clear the board").click()
    await page.page.locator("#clear [value=yes]").click()
    await page.has_shapes(0)
    await page.saved()
    await page.page.locator("#menu-open").click()
    await page.page.get_by_role("menuitem", name="Bring back what was cleared").click()
    await page.has_shapes(230)
    await board.has_selected("s0", "t29", "s199")
