"""Selecting, by real pointer and key events, and by finger."""

from playwright.async_api import expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.selection import PHONE, RECTANGLE, Board


async def test_a_click_selects_the_topmost_shape_but_no_box_by_its_empty_inside(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    board = await Board.open(
        visit,
        ana,
        shared_board,
        {**RECTANGLE, "id": "filled", "x": 600, "fill": "tint"},
        {**RECTANGLE, "id": "empty"},
        {**RECTANGLE, "id": "note", "kind": "note", "x": 650, "y": 240},
    )
    await board.mouse.click(360, 240)
    await board.has_nothing_selected()
    await board.mouse.click(360, 205)
    await board.has_selected("empty")
    await board.mouse.click(620, 220)
    await board.has_selected("filled")
    await board.mouse.click(700, 260)
    await board.has_selected("note")
    await board.mouse.click(900, 600)
    await board.has_nothing_selected()


async def test_shift_adds_and_takes_away(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await Board.open(visit, ana, shared_board, RECTANGLE, {**RECTANGLE, "id": "other", "x": 600})
    await board.mouse.click(302, 240)
    await board.keyboard.down("Shift")
    await board.mouse.click(602, 240)
    await board.has_selected("rectangle", "other")
    await board.mouse.click(302, 240)
    await board.has_selected("other")


async def test_a_marquee_selects_what_it_touches_and_with_ctrl_what_it_contains(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    board = await Board.open(visit, ana, shared_board, RECTANGLE, {**RECTANGLE, "id": "other", "x": 600})
    await board.drag([(290, 190), (620, 300)])
    await board.has_selected("rectangle", "other")
    await board.mouse.click(900, 600)
    await board.drag([(290, 190), (620, 300)], "Control")
    await board.has_selected("rectangle")
    await board.mouse.click(900, 600)
    await board.drag([(330, 220), (380, 260)])
    await board.has_nothing_selected()


async def test_a_group_is_selected_as_one_and_entered_by_a_double_click(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    one, two = {**RECTANGLE, "group": "g"}, {**RECTANGLE, "id": "two", "x": 600, "group": "g", "fill": "tint"}
    board = await Board.open(visit, ana, shared_board, one, two)
    await board.mouse.click(302, 240)
    await board.has_selected("rectangle", "two")
    await board.mouse.dblclick(660, 240)
    await board.has_selected("two")
    await board.drag([(660, 240), (660, 340)])
    assert (await board.shape("two"))["y"] == 300
    assert (await board.shape("rectangle"))["y"] == 200
    await board.mouse.click(900, 600)
    await board.mouse.click(302, 240)
    await board.has_selected("rectangle", "two")


async def test_what_is_locked_is_left_alone(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await Board.open(
        visit, ana, shared_board, {**RECTANGLE, "locked": True, "fill": "tint"}, {**RECTANGLE, "id": "free", "x": 600}
    )
    await board.mouse.click(360, 240)
    await board.has_nothing_selected()
    await board.drag([(280, 180), (800, 400)])
    await board.has_selected("free")
    await board.keyboard.press("Escape")
    await board.mouse.click(360, 240, button="right")
    await board.keyboard.press("Escape")
    await board.has_selected("rectangle")
    await board.has_handles(0)


async def test_who_may_only_look_selects_and_moves_nothing(visit: Visit, ana: Person, ben: Person) -> None:
    id = await ana.create_board("Looked at", "link-view")
    url = f"{ana.url}/boards/{id}"
    assert (await ana.draw(id, {**RECTANGLE, "fill": "tint"})).status == 201
    page = await BoardPage.open(await visit(ben), url)
    board = Board(page, ana, url)
    await board.keyboard.press("v")
    await board.drag([(360, 240), (460, 340)])
    await board.has_selected("rectangle")
    await board.has_handles(0)
    assert (await board.shape("rectangle"))["x"] == 300


async def test_a_finger_selects_moves_and_resizes(visit: Visit, ana: Person, shared_board: str) -> None:
    shape = {**RECTANGLE, "x": 100, "y": 300, "fill": "tint"}
    board = await Board.open(visit, ana, shared_board, shape, **PHONE)
    page = board.page

    async def swipe(*points: tuple[float, float]) -> None:
        await page.touch("touchStart", points[0])
        for point in points[1:]:
            await page.touch("touchMove", point)
        await page.touch("touchEnd")

    await swipe((160, 340), (190, 380), (210, 400))
    moved = await board.shape("rectangle")
    assert (moved["x"], moved["y"]) == (150, 360)
    await swipe((282, 454), (290, 470), (302, 484))
    resized = await board.shape("rectangle")
    assert (resized["w"], resized["h"]) == (140, 110)


async def test_two_fingers_move_the_board_and_leave_the_selection(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "x": 100, "y": 300, "fill": "tint"}, **PHONE)
    await board.page.touch("touchStart", (160, 340))
    await board.page.touch("touchEnd")
    await board.has_selected("rectangle")
    before = await board.box("rectangle")
    await board.page.touch("touchStart", (60, 560))
    await board.page.touch("touchStart", (60, 560), (260, 560))
    await board.page.touch("touchMove", (60, 600), (260, 600))
    await board.page.touch("touchMove", (60, 640), (260, 640))
    await board.page.touch("touchEnd")
    await board.page.page.wait_for_function(
        "y => document.querySelector('#rectangle').getBoundingClientRect().y > y + 40", arg=before[1]
    )
    await board.has_selected("rectangle")
    assert (await board.shape("rectangle"))["y"] == 300


async def test_a_finger_that_rests_opens_the_menu(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "x": 100, "y": 300, "fill": "tint"}, **PHONE)
    await board.page.touch("touchStart", (160, 340))
    await expect(board.page.page.get_by_role("menuitem", name="Duplicate")).to_be_visible()
    await board.page.touch("touchEnd")
    await board.has_selected("rectangle")
