"""The tools that make figures, frames, lines and arrows, by real pointer and key events."""

import pytest
from playwright.async_api import expect

from harness.people import Person
from tests.browser.board_page import BoardPage, Points
from tests.browser.conftest import Visit

BOX = "e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.right, r.bottom] }"
KEYS = {"rectangle": "r", "diamond": "d", "ellipse": "o", "frame": "f", "line": "l", "arrow": "a"}


async def board_of(visit: Visit, person: Person, url: str, **options: object) -> BoardPage:
    return await BoardPage.open(await visit(person, **options), url)


async def made(page: BoardPage, person: Person, count: int = 1) -> list[dict[str, object]]:
    """What the server has, once this page has as much."""
    await page.has_shapes(count)
    return await person.shapes(page.page.url.rsplit("/", 1)[1])


async def drag(page: BoardPage, tool: str, points: Points) -> None:
    await page.page.keyboard.press(KEYS[tool])
    await page.drag(points)


@pytest.mark.parametrize("kind", ["rectangle", "diamond", "ellipse"])
async def test_a_figure_is_dragged_out_from_any_corner(visit: Visit, ana: Person, shared_board: str, kind: str) -> None:
    page = await board_of(visit, ana, shared_board)
    await drag(page, kind, [(600, 420), (460, 300), (400, 260)])
    [shape] = await made(page, ana)
    assert (shape["kind"], shape["x"], shape["y"], shape["w"], shape["h"]) == (kind, 400, 260, 200, 160)


async def test_a_draft_does_not_move_when_the_server_confirms_it(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await board_of(visit, ana, shared_board)
    await page.page.context.route("**/changes", lambda route: route.abort())
    for n, kind in enumerate(KEYS):
        await drag(page, kind, [(330 + 90 * n, 300), (371.3 + 90 * n, 333.7), (398.6 + 90 * n, 411.2)])
    drafts = page.page.locator("#shapes [id]")
    await expect(drafts).to_have_count(len(KEYS))
    before = dict(await drafts.evaluate_all(f"found => found.map(e => [e.id, ({BOX})(e)])"))
    await page.page.context.unroute_all()
    await page.has_shapes(len(KEYS), timeout=30_000)
    after = dict(await drafts.evaluate_all(f"found => found.map(e => [e.id, ({BOX})(e)])"))
    for id, box in before.items():
        assert after[id] == pytest.approx(box, abs=0.5)


async def test_shift_makes_a_square_and_alt_draws_from_the_centre(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await board_of(visit, ana, shared_board)
    await page.page.keyboard.press("r")
    await page.page.mouse.move(500, 400)
    await page.page.mouse.down()
    await page.page.keyboard.down("Shift")
    await page.page.keyboard.down("Alt")
    await page.page.mouse.move(560, 430, steps=4)
    await page.page.mouse.up()
    await page.page.keyboard.up("Alt")
    await page.page.keyboard.up("Shift")
    [shape] = await made(page, ana)
    assert (shape["x"], shape["y"], shape["w"], shape["h"]) == (440, 340, 120, 120)


async def test_shift_counts_as_soon_as_it_is_pressed_or_let_go(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await board_of(visit, ana, shared_board)
    await page.page.keyboard.press("r")
    await page.page.mouse.move(400, 300)
    await page.page.mouse.down()
    await page.page.mouse.move(500, 360, steps=4)
    sketch = page.page.locator(".drafts [id] rect")
    await expect(sketch).to_have_attribute("height", "1200")
    await page.page.keyboard.down("Shift")
    await expect(sketch).to_have_attribute("height", "2000")
    await page.page.keyboard.up("Shift")
    await expect(sketch).to_have_attribute("height", "1200")
    await page.page.mouse.up()
    [shape] = await made(page, ana)
    assert (shape["w"], shape["h"]) == (100, 60)


async def test_a_click_makes_a_shape_of_a_usual_size_around_it(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await board_of(visit, ana, shared_board)
    await page.page.keyboard.press("o")
    await page.page.mouse.click(640, 400)
    [shape] = await made(page, ana)
    assert (shape["x"], shape["y"], shape["w"], shape["h"]) == (560, 350, 160, 100)


async def test_escape_takes_a_drag_back(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await board_of(visit, ana, shared_board)
    await page.page.keyboard.press("r")
    await page.page.mouse.move(400, 300)
    await page.page.mouse.down()
    await page.page.mouse.move(500, 400, steps=3)
    await expect(page.page.locator(".drafts [id]")).to_have_count(1)
    await page.page.keyboard.press("Escape")
    await expect(page.page.locator(".drafts [id]")).to_have_count(0)
    await page.page.mouse.up()
    await drag(page, "rectangle", [(600, 300), (700, 400)])
    [shape] = await made(page, ana)
    assert shape["x"] == 600


async def test_after_a_shape_comes_the_select_tool_unless_the_tool_is_kept(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await board_of(visit, ana, shared_board)
    surface = page.page.locator("#surface")
    await drag(page, "rectangle", [(400, 300), (500, 400)])
    await expect(surface).to_have_attribute("data-tool", "select")
    await page.page.keyboard.press("Delete")  # what was made is selected
    await page.has_shapes(0)
    await page.page.keyboard.press("q")
    await drag(page, "rectangle", [(400, 300), (500, 400)])
    await page.drag([(600, 300), (700, 400)])
    await page.has_shapes(2)
    await expect(surface).to_have_attribute("data-tool", "rectangle")


async def test_a_frame_goes_behind_what_is_there(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await board_of(visit, ana, shared_board)
    await drag(page, "rectangle", [(450, 350), (550, 420)])
    await page.has_shapes(1)
    await drag(page, "frame", [(400, 300), (700, 500)])
    shapes = await made(page, ana, 2)
    frame = next(shape for shape in shapes if shape["kind"] == "frame")
    assert (await page.shape_ids())[0] == frame["id"]


async def test_a_line_is_dragged_straight_with_shift(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await board_of(visit, ana, shared_board)
    await page.page.keyboard.press("l")
    await page.page.keyboard.down("Shift")
    await page.drag([(400, 300), (500, 310), (600, 312)])
    await page.page.keyboard.up("Shift")
    [line] = await made(page, ana)
    assert line["points"] == [0, 0, 200, 0]
    assert line["end"] == "none"


@pytest.mark.parametrize("ending", ["Enter", "double click", "another tool"])
async def test_clicks_make_a_line_of_many_points(visit: Visit, ana: Person, shared_board: str, ending: str) -> None:
    page = await board_of(visit, ana, shared_board)
    await page.page.keyboard.press("l")
    for x, y in [(400, 300), (480, 380), (560, 300)]:
        await page.page.mouse.click(x, y)
    await page.page.mouse.move(640, 380)
    if ending == "double click":
        await page.page.mouse.dblclick(640, 380)
    elif ending == "Enter":
        await page.page.mouse.click(640, 380)
        await page.page.keyboard.press("Enter")
    else:
        await page.page.mouse.click(640, 380)
        await page.page.keyboard.press("p")
    [line] = await made(page, ana)
    assert line["points"] == [0, 0, 80, 80, 160, 0, 240, 80]


async def test_a_click_on_its_first_point_closes_a_line(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await board_of(visit, ana, shared_board)
    await page.page.keyboard.press("l")
    for x, y in [(400, 300), (480, 380), (560, 300), (402, 302)]:
        await page.page.mouse.click(x, y)
    [line] = await made(page, ana)
    assert line["points"] == [0, 0, 80, 80, 160, 0, 0, 0]


async def test_escape_ends_a_line_that_is_being_clicked(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await board_of(visit, ana, shared_board)
    await page.page.keyboard.press("l")
    await page.page.mouse.click(400, 300)
    await page.page.mouse.click(480, 380)
    await page.page.keyboard.press("Escape")
    await expect(page.page.locator("#surface")).to_have_attribute("data-tool", "select")
    await drag(page, "line", [(600, 300), (700, 300)])
    assert len(await made(page, ana, 2)) == 2


async def test_a_very_short_arrow_is_a_slip_of_the_hand(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await board_of(visit, ana, shared_board)
    await drag(page, "arrow", [(400, 300), (412, 304)])
    await drag(page, "arrow", [(500, 300), (560, 300)])
    [arrow] = await made(page, ana)
    assert arrow["x"] == 500


async def test_an_arrow_binds_to_the_shapes_under_its_ends_and_follows_them(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    page = await board_of(visit, ana, shared_board)
    await drag(page, "rectangle", [(400, 300), (500, 400)])
    await drag(page, "ellipse", [(700, 300), (800, 400)])
    await page.page.keyboard.press("a")
    await page.page.mouse.move(470, 340)
    await page.page.mouse.down()
    await page.page.mouse.move(760, 360, steps=8)
    await expect(page.page.locator("#selection .target")).to_have_count(1)
    await page.page.mouse.up()
    shapes = await made(page, ana, 3)
    by_kind = {str(shape["kind"]): shape for shape in shapes}
    arrow = by_kind["arrow"]
    assert arrow["from"] == {"id": by_kind["rectangle"]["id"], "at": [0.7, 0.4]}
    assert arrow["to"] == {"id": by_kind["ellipse"]["id"], "at": [0.6, 0.6]}
    other = await board_of(visit, ben, shared_board)
    drawn = other.page.locator(f"#shapes [id='{arrow['id']}']")
    before = await drawn.evaluate(BOX)
    assert (before[0] > 500, before[2] < 702) == (True, True)  # from outline to outline
    await page.page.keyboard.press("v")
    await page.drag([(400, 350), (400, 450), (400, 500)])
    await other.page.wait_for_function(
        "([id, bottom]) => document.getElementById(id).getBoundingClientRect().bottom > bottom + 60",
        arg=[arrow["id"], before[3]],
    )


async def test_ctrl_keeps_an_arrow_free_and_so_does_one_shape_around_both_ends(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await board_of(visit, ana, shared_board)
    await drag(page, "rectangle", [(400, 300), (700, 500)])
    await page.page.keyboard.press("a")
    await page.page.keyboard.down("Control")
    await page.drag([(300, 250), (500, 400)])
    await page.page.keyboard.up("Control")
    await drag(page, "arrow", [(450, 350), (650, 450)])
    shapes = await made(page, ana, 3)
    arrows = [shape for shape in shapes if shape["kind"] == "arrow"]
    assert [(arrow["from"], arrow["to"]) for arrow in arrows] == [(None, None)] * 2


async def test_a_finger_drags_shapes_out_on_a_phone(visit: Visit, ana: Person, shared_board: str) -> None:
    phone = {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True}
    page = await board_of(visit, ana, shared_board, **phone)
    await page.page.keyboard.press("r")
    await page.touch("touchStart", (100, 300))
    await page.touch("touchMove", (160, 360))
    await page.touch("touchMove", (220, 420))
    await page.touch("touchEnd")
    [shape] = await made(page, ana)
    assert (shape["w"], shape["h"]) == (120, 120)


async def test_enter_makes_a_shape_in_the_middle_of_the_window(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await board_of(visit, ana, shared_board)
    for n, (kind, key) in enumerate(KEYS.items()):
        await page.page.keyboard.press(key)
        await page.page.keyboard.press("Enter")
        await page.has_shapes(n + 1)
        shape = (await ana.shapes(shared_board.rsplit("/", 1)[1]))[-1 if kind != "frame" else 0]
        assert shape["kind"] == kind
    await page.page.keyboard.press("n")
    await page.page.keyboard.press("Enter")
    await page.page.keyboard.type("by keys alone")
    await page.page.keyboard.press("Escape")
    assert (await made(page, ana, len(KEYS) + 1))[-1]["text"] == "by keys alone"


async def test_two_fingers_move_the_board_between_two_points_of_a_line(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    phone = {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True}
    page = await board_of(visit, ana, shared_board, **phone)
    await page.page.keyboard.press("l")
    await page.page.touchscreen.tap(100, 300)
    await page.page.touchscreen.tap(200, 340)
    await expect(page.page.locator(".drafts [id]")).to_have_count(1)
    before = await page.camera()
    await page.touch("touchStart", (120, 400), (220, 500))
    await page.touch("touchMove", (140, 420), (240, 520))
    await page.touch("touchEnd")
    assert await page.camera() != before
    await page.page.touchscreen.tap(300, 300)
    await page.page.wait_for_function(
        "() => JSON.parse(document.querySelector('.drafts [id]').dataset.shape).points.length === 6"
    )
    await page.page.keyboard.press("Enter")
    [line] = await made(page, ana)
    assert len(line["points"]) == 6  # type: ignore[arg-type]
