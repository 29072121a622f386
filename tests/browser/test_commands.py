"""Commands by their keys, as a person presses them: what the server's board is afterwards."""

from collections.abc import Sequence
from typing import Any

from playwright.async_api import expect

from harness.people import Person, shape_of_kind
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import after, boxes, opened_to_select, press


async def order(page: BoardPage, ana: Person, board: str) -> str:
    shapes = await after(page, ana, board)
    return "".join(sorted(shapes, key=lambda id: float(shapes[id]["z"])))


async def test_both_sets_of_keys_bring_shapes_forward_and_back(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((300, 300), (340, 320), (380, 340)))
    await page.page.mouse.click(310, 310)
    for keys, expected in [
        ("Control+BracketRight", "bac"),
        ("Alt+BracketRight", "bca"),
        ("BracketLeft", "abc"),
        ("Control+Shift+BracketRight", "bca"),
        ("Alt+BracketLeft", "bac"),
        ("Control+Shift+BracketLeft", "abc"),
        ("BracketRight", "bca"),
    ]:
        await press(page, keys)
        assert await order(page, ana, board) == expected, keys


async def test_several_shapes_keep_their_order_at_the_front(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((300, 200), (300, 300), (300, 400)))
    await page.page.mouse.click(310, 210)
    await page.page.keyboard.down("Shift")
    await page.page.mouse.click(310, 310)
    await page.page.keyboard.up("Shift")
    await press(page, "BracketRight")
    assert await order(page, ana, board) == "cab"


async def test_align_and_distribute_and_one_undo_takes_each_back(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((300, 200), (350, 300), (520, 420)))
    before = await after(page, ana, board)
    for keys, expected in [
        ("Control+Shift+ArrowLeft", (300, 300, 300)),
        ("Alt+a", (300, 300, 300)),
        ("Alt+d", (520, 520, 520)),
        ("Alt+h", (410, 410, 410)),
        ("Alt+Shift+h", (300, 410, 520)),
    ]:
        await press(page, "Control+a", keys)
        shapes = await after(page, ana, board)
        assert tuple(shapes[id]["x"] for id in "abc") == expected, keys
        await press(page, "Control+z")
        again = await after(page, ana, board)
        assert [again[id]["x"] for id in "abc"] == [before[id]["x"] for id in "abc"], keys


async def test_a_group_is_selected_and_moved_as_one(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((300, 200), (300, 300)))
    await press(page, "Control+a", "Control+g")
    shapes = await after(page, ana, board)
    assert shapes["a"]["group"] == shapes["b"]["group"] != ""
    await press(page, "Escape")
    await page.page.mouse.click(310, 210)
    await press(page, "ArrowRight")
    shapes = await after(page, ana, board)
    assert [shapes[id]["x"] for id in "ab"] == [301, 301]
    await press(page, "Control+Shift+g")
    shapes = await after(page, ana, board)
    assert [shapes[id]["group"] for id in "ab"] == ["", ""]


async def test_what_is_locked_is_neither_moved_nor_deleted_until_it_is_unlocked(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((300, 200)))
    await press(page, "Control+a", "Control+Shift+l")
    assert (await after(page, ana, board))["a"]["locked"]
    await press(page, "ArrowRight", "Delete")
    assert (await after(page, ana, board))["a"]["x"] == 300
    await page.page.mouse.click(310, 210, button="right")
    await page.page.get_by_role("menuitem", name="Unlock").click()
    assert not (await after(page, ana, board))["a"]["locked"]
    await press(page, "Delete")
    assert await after(page, ana, board) == {}


async def test_a_held_arrow_key_is_one_step_of_undo(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((300, 200)))
    await press(page, "Control+a")
    for _ in range(5):
        await page.page.keyboard.down("ArrowRight")
    await page.page.keyboard.up("ArrowRight")
    await press(page, "Shift+ArrowDown")
    shape = (await after(page, ana, board))["a"]
    assert (shape["x"], shape["y"]) == (305, 210)
    await press(page, "Control+z")
    await page.saved()
    await press(page, "Control+z")
    shape = (await after(page, ana, board))["a"]
    assert (shape["x"], shape["y"]) == (300, 200)


def framed() -> list[dict[str, Any]]:
    """A frame, and in it a box from which an arrow leads to another box beside it."""
    frame = shape_of_kind("frame", "f", x=280, y=180, w=200, h=150, text="Plan")
    ends = {"from": {"id": "a", "at": [0.5, 0.5]}, "to": {"id": "b", "at": [0.5, 0.5]}}
    return [frame, *boxes((300, 200), (700, 220)), shape_of_kind("arrow", "r", points=[400, 230, 700, 250], **ends)]


async def test_a_frame_is_nudged_and_duplicated_with_what_lies_in_it(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *framed())
    await page.page.mouse.click(290, 172)
    await press(page, "Shift+ArrowDown")
    shapes = await after(page, ana, board)
    assert [shapes[id]["y"] for id in "fab"] == [190, 210, 220]
    await press(page, "Control+d")
    kinds = sorted(shape["kind"] for shape in (await after(page, ana, board)).values())
    assert kinds == ["arrow", "frame", "frame", "rectangle", "rectangle", "rectangle"]


async def test_a_nudged_arrow_unbinds_and_an_aligned_one_stays_bound(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *framed())
    await press(page, "Control+a", "Alt+w")
    shapes = await after(page, ana, board)
    assert [shapes[id]["y"] for id in "fab"] == [180, 180, 180]
    assert (shapes["r"]["from"]["id"], shapes["r"]["to"]["id"]) == ("a", "b")
    await press(page, "Escape")
    await page.page.mouse.click(550, 210)
    await press(page, "Shift+ArrowDown")
    arrow = (await after(page, ana, board))["r"]
    assert (arrow["from"], arrow["to"], arrow["y"]) == (None, None, 10)


async def test_duplicate_and_flip(visit: Visit, easel: Easel, ana: Person) -> None:
    line = shape_of_kind("line", "l", x=300, y=300, points=[0, 0, 100, 50])
    page, board = await opened_to_select(visit, easel, ana, line)
    await press(page, "Control+a", "Shift+h")
    shape = (await after(page, ana, board))["l"]
    assert (shape["x"], shape["points"]) == (400, [0, 0, -100, 50])
    await press(page, "Control+d")
    shapes = await after(page, ana, board)
    copy = next(shape for id, shape in shapes.items() if id != "l")
    assert (copy["x"], copy["y"], copy["points"]) == (416, 316, [0, 0, -100, 50])


async def test_keys_are_found_by_place_on_a_layout_without_latin_letters(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, _ = await opened_to_select(visit, easel, ana, *boxes((300, 200)))
    session = await page.page.context.new_cdp_session(page.page)
    await session.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": "з", "code": "KeyP"})
    await session.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": "з", "code": "KeyP"})
    await expect(page.page.locator("#tools [data-tool=pen]")).to_have_attribute("aria-pressed", "true")


async def test_no_key_is_a_command_while_somebody_types(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((300, 200)))
    await press(page, "Control+a")
    await page.page.locator("#title").click()
    await page.page.keyboard.type("pen e")
    await press(page, "Backspace", "Delete", "Escape")
    assert list(await after(page, ana, board)) == ["a"]
    await expect(page.page.locator("#tools [data-tool=select]")).to_have_attribute("aria-pressed", "true")


async def zoom(page: BoardPage, expected: str) -> None:
    await expect(page.page.locator("#zoom-level")).to_have_text(expected)


async def test_zoom_keys(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened_to_select(visit, easel, ana, *boxes((300, 200), (9000, 9000)))
    await press(page, "Control+0", "Control+=")
    await zoom(page, "150%")
    await press(page, "Control+-", "Control+-")
    await zoom(page, "75%")
    for life in ("Control+0", "Shift+Digit0"):
        await press(page, "Control+-", life)
        await zoom(page, "100%")
    await press(page, "Shift+Digit1")
    await expect(page.page.locator("#zoom-level")).not_to_have_text("100%")


async def test_the_wheel_pans_or_zooms_as_its_owner_likes(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened_to_select(visit, easel, ana, *boxes((300, 200)))
    await page.page.mouse.move(640, 400)
    await page.page.locator("#menu-open").click()
    await page.page.get_by_role("menuitem", name="Preferences").click()
    await page.page.get_by_role("menuitemcheckbox", name="Wheel zooms").click()
    await press(page, "Escape")
    await page.page.reload()
    await page.ready()
    await page.page.mouse.move(640, 400)
    await page.page.mouse.wheel(0, -100)
    await expect(page.page.locator("#zoom-level")).not_to_have_text("100%")


async def test_a_viewer_has_no_command_that_writes(visit: Visit, easel: Easel, ana: Person, ben: Person) -> None:
    board = await ana.create_board("Look", "link-view")
    await ana.draw(board, *boxes((300, 200)))
    page = await BoardPage.open(await visit(ben), f"{easel.url}/boards/{board}")
    await press(page, "v", "Control+a", "Delete", "Control+d", "ArrowRight", "r")
    assert [shape["x"] for shape in await ana.shapes(board)] == [300]
    await page.page.mouse.click(310, 210, button="right")
    offered: Sequence[str] = await page.page.locator("#context [role^=menuitem]").all_inner_texts()
    assert any("Copy" in title for title in offered)
    assert not any(word in title for title in offered for word in ("Delete", "Cut", "Lock", "Front"))


async def test_a_gesture_that_takes_several_changes_is_one_step_of_undo(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, board = await opened_to_select(visit, easel, ana, shape_of_kind("note", "first"))
    for part in range(3):
        notes = [shape_of_kind("note", f"n{part}-{n}", x=30 * n, y=200 * part) for n in range(150)]
        assert (await ana.draw(board, *notes)).status == 201
    await page.has_shapes(451)
    await press(page, "Control+a", "Delete")
    assert await after(page, ana, board) == {}
    await press(page, "Control+z")
    await page.has_shapes(451)
    assert len(await after(page, ana, board)) == 451
    await press(page, "Control+Shift+z")
    await page.has_shapes(0)
    assert await after(page, ana, board) == {}
