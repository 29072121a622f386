"""Moving, resizing and turning what is selected, by real pointer and key events."""

from typing import Any

import pytest
from playwright.async_api import expect

from harness.people import Person, stroke
from harness.pictures import add, picture
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.selection import BOX, RECTANGLE, Board

# A place on its line.
INK = (
    "e => { const line = e.matches('path') ? e : e.querySelector('path, rect, ellipse, text, image');"
    " if (line.matches('text, image')) { const r = line.getBoundingClientRect(); return [r.x + 9, r.y + r.height / 2] }"
    " const { x, y } = line.getPointAtLength(line.getTotalLength() / 6).matrixTransform(line.getScreenCTM());"
    " return [x, y] }"
)


EVERY_KIND: list[dict[str, Any]] = [
    stroke("stroke", x=300, y=100, points=[0, 0, 40, 60, 80, 0, 120, 60], color="blue"),
    stroke("ink", x=480, y=100, points=[0, 0, 40, 60, 80, 0, 120, 60], pressures=[0.2, 0.5, 0.9, 0.4], width=8),
    {"id": "line", "kind": "line", "x": 660, "y": 100, "points": [0, 0, 120, 60], "dash": "dashed"},
    {"id": "arrow", "kind": "arrow", "x": 840, "y": 100, "points": [0, 0, 60, 60, 120, 0], "curved": True},
    {**RECTANGLE, "id": "box", "y": 250, "text": "A label that is broken into lines", "fill": "tint", "color": "red"},
    {"id": "ellipse", "kind": "ellipse", "x": 480, "y": 250, "w": 120, "h": 80, "fill": "solid", "text": "In"},
    {"id": "diamond", "kind": "diamond", "x": 660, "y": 250, "w": 120, "h": 80, "fill": "tint", "dash": "dotted"},
    {"id": "text", "kind": "text", "x": 840, "y": 250, "text": "Words on\nthe board", "size": 24},
    {"id": "note", "kind": "note", "x": 300, "y": 420, "w": 120, "h": 100, "text": "Buy milk", "color": "yellow"},
    {"id": "frame", "kind": "frame", "x": 480, "y": 420, "w": 160, "h": 100, "text": "A frame"},
]


def middle(box: list[float]) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


@pytest.mark.parametrize("how", ["moved", "resized", "turned"])
async def test_no_kind_of_shape_moves_when_its_new_place_is_confirmed(
    how: str, visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    board = await Board.open(visit, ana, shared_board, *EVERY_KIND)
    image = await add(ana, board.id, picture(120, 80), x=700, y=420)
    other = await BoardPage.open(await visit(ben), shared_board)
    await other.has_shapes(len(EVERY_KIND) + 1)
    await board.page.has_shapes(len(EVERY_KIND) + 1)
    ids = [*(shape["id"] for shape in EVERY_KIND), image["id"]]
    before = {id: await board.box(id) for id in ids}
    drafts: dict[str, list[float]] = {}
    async with board.held():
        for id in ids:
            await transform(board, id, how)
            drafts[id] = await board.box(id)
            await board.keyboard.press("Escape")
            await board.has_nothing_selected()
    for id, draft in drafts.items():
        assert draft != before[id], id
        assert await board.box(id) == pytest.approx(draft, abs=0.5), id
    await other.page.wait_for_function(
        "drawn => JSON.stringify([...document.querySelectorAll('#shapes > [id]')].map(e => e.outerHTML)) === drawn",
        arg=await board.page.page.evaluate(
            "JSON.stringify([...document.querySelectorAll('#shapes > [id]')].map(e => e.outerHTML))"
        ),
    )


async def transform(board: Board, id: str, how: str) -> None:
    """Selects a shape and moves, resizes or turns it a little; of a line, only its first end."""
    ink = await board.page.page.locator(f"#shapes > [id='{id}']").evaluate(INK)
    await board.mouse.click(*ink)
    handles = board.page.page.locator("#selection .handle")
    await expect(handles.first).to_be_attached()
    # Two frames: then the handles are where this shape's are.
    await board.page.page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    bends = id in ("line", "arrow")
    if how != "moved":
        ink = middle(await handles.nth(0 if bends else 4 if how == "turned" else 2).evaluate(BOX))
    await board.drag([(ink[0], ink[1]), (ink[0] + 23, ink[1] + 17)])


async def test_one_gesture_is_one_change_and_undo_takes_it_back(visit: Visit, ana: Person, shared_board: str) -> None:
    shapes = [stroke(f"s{i}", x=300 + 24 * (i % 20), y=150 + 40 * (i // 20), points=[0, 0, 10, 20]) for i in range(200)]
    board = await Board.open(visit, ana, shared_board, *shapes)
    sent: list[str] = []
    board.page.page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    await board.drag([(270, 120), (900, 640)])
    await board.has_handles(5)
    await board.drag([(500, 400), (560, 430)])
    assert (await board.shape("s199"))["x"] == 300 + 24 * 19 + 60
    assert len([url for url in sent if url.endswith("/changes")]) == 1
    await board.keyboard.press("Control+z")
    await board.page.page.wait_for_function(
        "() => document.querySelector('#s0').getAttribute('d').startsWith('M6000 3000')"
    )


async def test_escape_takes_a_drag_back_in_mid_air(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "fill": "tint"})
    before = await board.box("rectangle")
    await board.mouse.move(360, 240)
    await board.mouse.down()
    await board.mouse.move(460, 340, steps=5)
    assert (await board.box("rectangle"))[0] == pytest.approx(before[0] + 100, abs=0.5)
    await board.keyboard.press("Escape")
    assert await board.box("rectangle") == before
    await board.mouse.up()
    await board.has_selected("rectangle")
    await board.keyboard.press("Escape")
    await board.has_nothing_selected()
    assert (await board.shape("rectangle"))["x"] == 300


async def test_a_right_drag_pans_and_a_right_click_opens_the_menu(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "fill": "tint"})
    menu = board.page.page.get_by_role("menuitem", name="Duplicate")
    before = await board.box("rectangle")
    await board.mouse.move(360, 240)
    await board.mouse.down(button="right")
    await board.mouse.move(420, 300, steps=4)
    await board.mouse.up(button="right")
    await board.page.page.wait_for_function(
        "x => Math.abs(document.querySelector('#rectangle').getBoundingClientRect().x - x) < 1", arg=before[0] + 60
    )
    await expect(menu).to_be_hidden()
    await board.mouse.click(420, 300, button="right")
    await expect(menu).to_be_visible()
    assert (await board.shape("rectangle"))["x"] == 300


async def test_shift_keeps_to_an_axis_the_ratio_and_fifteen_degrees(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "fill": "tint"})
    await board.mouse.click(360, 240)
    await board.drag([(360, 240), (460, 260)], "Shift")
    moved = await board.shape("rectangle")
    assert (moved["x"], moved["y"]) == (400, 200)
    await board.drag([(520, 280), (640, 290)], "Shift")
    resized = await board.shape("rectangle")
    assert (resized["w"], resized["h"]) == (240, 160)
    await board.drag([(520, 172), (620, 190)], "Shift")
    turned = await board.shape("rectangle")
    assert turned["rotation"] == pytest.approx(0.7853981, abs=1e-3)


async def test_alt_resizes_about_the_middle(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "fill": "tint"})
    await board.mouse.click(360, 240)
    await board.drag([(420, 280), (440, 290)], "Alt")
    resized = await board.shape("rectangle")
    assert [resized[name] for name in ("x", "y", "w", "h")] == [280, 190, 160, 100]


async def test_alt_drags_a_copy(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await Board.open(visit, ana, shared_board, {**RECTANGLE, "fill": "tint"})
    await board.drag([(360, 240), (360, 440)], "Alt")
    await board.page.has_shapes(2)
    shapes = {shape["y"]: shape for shape in await ana.shapes(board.id)}
    assert set(shapes) == {200, 400}
    assert shapes[200]["id"] == "rectangle"
    await board.has_selected(shapes[400]["id"])


async def test_a_frame_carries_what_lies_inside(visit: Visit, ana: Person, shared_board: str) -> None:
    board = await Board.open(
        visit,
        ana,
        shared_board,
        {"id": "frame", "kind": "frame", "x": 280, "y": 160, "w": 300, "h": 300},
        RECTANGLE,
        {**RECTANGLE, "id": "across", "x": 540, "y": 300},
    )
    await board.drag([(281, 400), (381, 410)])
    assert (await board.shape("frame"))["x"] == 380
    assert (await board.shape("rectangle"))["x"] == 400
    assert (await board.shape("across"))["x"] == 540


async def test_ctrl_snaps_to_a_neighbour_and_a_guide_shows_it(visit: Visit, ana: Person, shared_board: str) -> None:
    note = {**RECTANGLE, "id": "note", "kind": "note", "x": 600, "y": 400, "h": 150}
    board = await Board.open(visit, ana, shared_board, RECTANGLE, note)
    await board.mouse.move(660, 450)
    await board.mouse.down()
    await board.keyboard.down("Control")
    await board.mouse.move(364, 450, steps=8)
    await expect(board.page.page.locator("#selection .guide").first).to_be_attached()
    await board.mouse.up()
    await board.keyboard.up("Control")
    assert (await board.shape("note"))["x"] == 300
    await expect(board.page.page.locator("#selection .guide")).to_have_count(0)


async def test_many_shapes_move_as_one_picture_and_keep_their_order(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    rows = [stroke(f"s{n}", x=300 + 4 * (n % 60), y=200 + 40 * (n // 60), points=[0, 0, 9, 30]) for n in range(200)]
    id = shared_board.rsplit("/", 1)[1]
    for part in (rows[:199], [rows[199], {**RECTANGLE, "id": "top", "x": 310, "y": 210, "fill": "solid"}]):
        assert (await ana.draw(id, *part)).status == 201
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.has_shapes(201)
    board = Board(page, ana, shared_board)
    await board.keyboard.press("v")
    other = Board(await BoardPage.open(await visit(ben), shared_board), ben, shared_board)
    before = await board.page.shape_ids()
    await board.keyboard.press("Control+a")
    carried = page.page.locator("#lifted .lifted > *")
    await board.mouse.move(350, 230)
    await board.mouse.down()
    await board.mouse.move(400, 260, steps=4)
    await expect(carried).to_have_count(201)
    await expect(page.page.locator("#shapes > [id]:visible")).to_have_count(0)
    left = (await carried.first.evaluate(BOX))[0]
    assert left == pytest.approx(350, abs=4)
    await expect(page.page.locator("#selection .box")).to_be_visible()
    await board.keyboard.press("Escape")
    await expect(carried).to_have_count(0)
    assert (await board.box("s0"))[0] == pytest.approx(300, abs=4)
    await board.mouse.up()
    await board.drag([(350, 230), (450, 330)])
    await expect(carried).to_have_count(0)
    assert (await board.shape("s0"))["x"] == 400
    assert (await board.shape("top"))["x"] == 410
    assert await board.page.shape_ids() == before
    await board.keyboard.press("Shift+ArrowRight")
    assert (await board.shape("s199"))["x"] == rows[199]["x"] + 110
    assert await other.page.shape_ids() == before
