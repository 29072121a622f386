"""Selecting and transforming, by real pointer and key events."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Route, expect

from harness.people import Person, stroke
from harness.pictures import add, picture
from tests.browser.board_page import BoardPage, Points
from tests.browser.conftest import Visit

PHONE = {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True}
BOX = "e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.right, r.bottom] }"

# A place on its line.
INK = (
    "e => { const line = e.matches('path') ? e : e.querySelector('path, rect, ellipse, text, image');"
    " if (line.matches('text, image')) { const r = line.getBoundingClientRect(); return [r.x + 9, r.y + r.height / 2] }"
    " const { x, y } = line.getPointAtLength(line.getTotalLength() / 6).matrixTransform(line.getScreenCTM());"
    " return [x, y] }"
)

RECTANGLE = {"id": "rectangle", "kind": "rectangle", "x": 300, "y": 200, "w": 120, "h": 80}
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


class Board:
    """Ana's board with these shapes, as one page shows it and as the server has it."""

    def __init__(self, page: BoardPage, person: Person, url: str) -> None:
        self.page = page
        self.person = person
        self.id = url.rsplit("/", 1)[1]
        self.mouse = page.page.mouse
        self.keyboard = page.page.keyboard

    @classmethod
    async def open(cls, visit: Visit, person: Person, url: str, *shapes: dict[str, Any], **options: Any) -> "Board":
        assert (await person.draw(url.rsplit("/", 1)[1], *shapes)).status == 201
        board = cls(await BoardPage.open(await visit(person, **options), url), person, url)
        await board.page.has_shapes(len(shapes))
        await board.keyboard.press("v")
        return board

    async def shape(self, id: str) -> dict[str, Any]:
        """As the server has it, once the page has nothing pending."""
        await expect(self.page.page.locator(".drafts:not([data-pending])")).to_be_attached(timeout=15_000)
        return next(shape for shape in await self.person.shapes(self.id) if shape["id"] == id)

    async def box(self, id: str) -> list[float]:
        found: list[float] = await self.page.page.locator(f"#shapes > [id='{id}']").evaluate(BOX)
        return found

    async def patch(self, id: str, **fields: Any) -> None:
        change = {"changeId": f"patch-{id}-{len(fields)}", "patch": {id: fields}}
        assert (await self.person.post(f"/boards/{self.id}/changes", change)).status == 201

    async def drag(self, points: Points, *keys: str) -> None:
        """Keys are held from the press to the release."""
        await self.mouse.move(*points[0])
        for key in keys:
            await self.keyboard.down(key)
        await self.page.drag(points)
        for key in keys:
            await self.keyboard.up(key)

    async def has_handles(self, count: int) -> None:
        await expect(self.page.page.locator("#selection .handle")).to_have_count(count)

    async def has_selected(self, *ids: str) -> None:
        """Waits until a press of Delete would remove just these: until the box around them is theirs."""
        boxes = [await self.box(id) for id in ids]
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
        await self.page.page.wait_for_function(
            "box => { const e = document.querySelector('#selection .box'); if (!e) return false;"
            " const r = e.getBoundingClientRect();"
            " return [r.x, r.y, r.right, r.bottom].every((v, i) => Math.abs(v - box[i]) < 6) }",
            arg=[left, top, right, bottom],
        )

    async def has_nothing_selected(self) -> None:
        await expect(self.page.page.locator("#selection > *")).to_have_count(0)

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Nothing that the page sends inside arrives before the end."""
        gate = asyncio.Event()

        async def hold(route: Route) -> None:
            await gate.wait()
            await route.continue_()

        await self.page.page.route("**/changes", hold)
        yield
        gate.set()
        await expect(self.page.page.locator(".drafts:not([data-pending])")).to_be_attached(timeout=15_000)
        await self.page.page.unroute_all(behavior="wait")


def middle(box: list[float]) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


# What a click and a marquee select


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


# A draft is where the confirmed shape will be


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


# How it is moved, resized and turned


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


# Lines and what they are bound to


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


# What happens meanwhile


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


# By finger


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
