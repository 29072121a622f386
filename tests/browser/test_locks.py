"""A lock that only the page respects: it says whose the lock is, and keeps an editor from changing what it holds."""

import uuid
from typing import Any

import pytest
from playwright.async_api import expect

from harness.people import Person, shape_of_kind
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import press, rectangle

HELD = "The owner of the board has locked this"


@pytest.fixture
async def board(ana: Person) -> str:
    """A board with a box `a`, which Ana has locked, and an arrow `b` of hers that leads from it."""
    board = await ana.create_board("Locked", "link-edit")
    arrow: dict[str, Any] = {"points": [0, 0, 100, 0], "x": 440, "y": 290, "from": {"id": "c", "at": [1, 0.5]}}
    box = rectangle("c", y=400)
    assert (await ana.draw(board, rectangle(), box, shape_of_kind("arrow", "b", **arrow))).status == 201
    change = {"changeId": str(uuid.uuid4()), "patch": {"a": {"locked": True}, "b": {"locked": True}}}
    assert (await ana.post(f"/boards/{board}/changes", change)).status == 201
    return board


async def shapes(ana: Person, board: str) -> dict[str, Any]:
    return {shape["id"]: shape for shape in await ana.shapes(board)}


async def test_an_editor_reads_in_the_menu_why_it_stays_locked(
    visit: Visit, easel: Easel, ana: Person, ben: Person, board: str
) -> None:
    before = await shapes(ana, board)
    bens = await BoardPage.open(await visit(ben), f"{easel.url}/boards/{board}")
    await bens.page.mouse.click(350, 280, button="right")
    menu = bens.page.locator("#context")
    await expect(menu).to_contain_text("Locked by the owner")
    await expect(menu.locator("[data-run=unlock], [data-run=delete]")).to_have_count(0)
    await press(bens, "Escape")
    for keys in ("Control+Shift+l", "Delete", "ArrowLeft", "Control+]"):
        await bens.page.evaluate("document.querySelector('#toasts').replaceChildren()")
        await press(bens, keys)
        await bens.toast(HELD)
    await bens.saved()
    assert await shapes(ana, board) == before


async def test_the_owner_unlocks_it_and_everybody_may_change_it_again(
    visit: Visit, easel: Easel, ana: Person, ben: Person, board: str
) -> None:
    anas = await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}")
    bens = await BoardPage.open(await visit(ben), f"{easel.url}/boards/{board}")
    await anas.page.mouse.click(350, 280, button="right")
    await anas.page.locator("#context [data-run=unlock]").click()
    await anas.saved()
    await expect(bens.page.locator("#a[data-shape*='\"owner\"']")).to_have_count(0)
    await bens.page.mouse.click(350, 280, button="right")
    await bens.page.locator("#context [data-run=delete]").click()
    await bens.saved()
    assert set(await shapes(ana, board)) == {"b", "c"}


async def test_a_lock_by_the_owner_holds_from_the_first_moment_on(
    visit: Visit, easel: Easel, ana: Person, board: str
) -> None:
    anas = await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}")
    await anas.page.mouse.click(350, 420, button="right")
    await anas.page.locator("#context [data-run=lock]").click()
    await anas.saved()
    assert (await shapes(ana, board))["c"]["locked"] == "owner"


async def test_what_a_locked_arrow_leads_to_may_go_without_it(
    visit: Visit, easel: Easel, ana: Person, ben: Person, board: str
) -> None:
    bens = await BoardPage.open(await visit(ben), f"{easel.url}/boards/{board}")
    await bens.page.mouse.click(350, 420, button="right")
    await bens.page.locator("#context [data-run=delete]").click()
    await bens.saved()
    await expect(bens.page.locator("#shapes > #c")).to_have_count(0)
    assert set(await shapes(ana, board)) == {"a", "b"}


async def test_a_copy_of_what_the_owner_locked_is_ones_own(
    visit: Visit, easel: Easel, ana: Person, ben: Person, board: str
) -> None:
    bens = await BoardPage.open(await visit(ben), f"{easel.url}/boards/{board}")
    await bens.page.mouse.click(350, 280, button="right")
    await bens.page.locator("#context [data-run=duplicate]").click()
    await bens.saved()
    made = [shape for id, shape in (await shapes(ana, board)).items() if id not in "abc"]
    assert [shape["locked"] for shape in made] == [False]


async def test_a_drag_of_others_leaves_what_is_locked_where_it_is(
    visit: Visit, easel: Easel, ana: Person, ben: Person, board: str
) -> None:
    bens = await BoardPage.open(await visit(ben), f"{easel.url}/boards/{board}")
    mouse, before = bens.page.mouse, await shapes(ana, board)
    await press(bens, "v")
    held, free = bens.page.locator("#a"), bens.page.locator("#c")
    await mouse.click(350, 280, button="right")
    await press(bens, "Escape")
    edge = await free.bounding_box()
    there = await held.bounding_box()
    assert edge
    x, y = edge["x"] + 2, edge["y"] + edge["height"] / 2
    await bens.page.keyboard.down("Shift")
    await mouse.click(x, y)
    await bens.page.keyboard.up("Shift")
    await mouse.move(x, y)
    await mouse.down()
    await mouse.move(x + 80, y + 40, steps=5)
    moved = "x => document.querySelector('#c').getBoundingClientRect().x > x + 40"
    await bens.page.wait_for_function(moved, arg=edge["x"])
    assert await held.bounding_box() == there
    await mouse.up()
    await bens.saved()
    after = await shapes(ana, board)
    assert after["a"] == before["a"]
    assert after["c"]["x"] > before["c"]["x"]
