"""Ink: the pen and its modes, the highlighter, the eraser and the laser, by mouse, pen and finger."""

import itertools
import math
from typing import Any

import pytest
from playwright.async_api import expect

from harness.people import Person
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit

BOX = "e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.right, r.bottom] }"


def wobble(x: float, y: float) -> list[tuple[float, float]]:
    """A line that trembles, to the right."""
    return [(x + 6 * i, y + 40 * math.sin(i / 6) + (2 if i % 2 else -2)) for i in range(50)]


async def style(page: BoardPage, **fields: object) -> None:
    """What this browser remembers of the last style that was chosen."""
    await page.page.evaluate("style => localStorage.setItem('easel:style', JSON.stringify(style))", fields)
    await page.page.reload()
    await page.ready()


@pytest.mark.parametrize("smoothing", ["none", "low", "high"])
async def test_the_wet_line_is_the_one_that_is_stored(
    visit: Visit, ana: Person, shared_board: str, smoothing: str
) -> None:
    context = await visit(ana)
    await context.add_init_script("PointerEvent.prototype.getPredictedEvents = () => []")
    page = await BoardPage.open(context, shared_board)
    await style(page, smoothing=smoothing)
    await page.page.keyboard.press("p")
    points = wobble(320, 300)
    await page.page.mouse.move(*points[0])
    await page.page.mouse.down()
    for x, y in points[1:]:
        await page.page.mouse.move(x, y)
    await page.page.wait_for_function("() => document.querySelector('.drafts g')?.getBoundingClientRect().width > 290")
    wet = await page.page.locator(".drafts g").evaluate(BOX)
    await page.page.mouse.up()
    await page.has_shapes(1)
    assert await page.page.locator("#shapes [id]").evaluate(BOX) == pytest.approx(wet, abs=0.5)


async def test_smoothing_takes_the_tremble_out(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    turns = []
    for smoothing in ("none", "high"):
        await style(page, smoothing=smoothing)
        await page.page.keyboard.press("p")
        await page.drag([(320 + 5 * i, 400 + (3 if i % 2 else -3)) for i in range(60)])
        await page.saved()
        points = (await ana.shapes(shared_board.rsplit("/", 1)[1]))[-1]["points"]
        heights = points[1::2][2:-2]
        turns.append(max(heights) - min(heights))
    assert turns[1] < turns[0] / 2


async def test_shift_draws_straight(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("p")
    await page.page.keyboard.down("Shift")
    await page.drag([(330, 300), (450, 320), (640, 330)])
    await page.page.keyboard.up("Shift")
    await page.has_shapes(1)
    [line] = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert line["points"] == [0, 0, 310, 0]


async def test_a_highlighter_is_wide_and_of_one_opacity(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("Shift+p")
    await page.page.mouse.move(330, 300)
    await page.page.mouse.down()
    for x in (600, 340, 590):
        await page.page.mouse.move(x, 304, steps=5)
    wet = page.page.locator(".drafts g")
    await expect(wet).to_have_attribute("opacity", "0.4")
    await page.page.mouse.up()
    await page.has_shapes(1)
    [line] = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert (line["color"], line["width"], line["opacity"]) == ("#ffd60a", 20, 0.4)


async def test_alt_takes_back_what_the_eraser_has_passed(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.draw(wave(340, 300))
    await page.draw(wave(340, 420))
    await page.has_shapes(2)
    await page.page.keyboard.press("e")
    await page.page.mouse.move(400, 280)
    await page.page.mouse.down()
    await page.page.mouse.move(400, 480, steps=10)
    await page.page.keyboard.down("Alt")
    await page.page.mouse.move(400, 400, steps=6)
    await page.page.keyboard.up("Alt")
    await page.page.mouse.up()
    await page.has_shapes(1)
    [left] = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert left["y"] == pytest.approx(420, abs=2)


async def test_the_eraser_dims_and_takes_shapes_of_every_kind_but_locked_ones(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    board = shared_board.rsplit("/", 1)[1]
    things: list[dict[str, Any]] = [
        {"kind": "rectangle", "w": 80, "h": 80},
        {"kind": "ellipse", "w": 80, "h": 80, "fill": "tint"},
        {"kind": "text", "text": "A word"},
        {"kind": "note", "w": 80, "h": 80},
        {"kind": "arrow", "points": [0, 0, 60, 80]},
        {"kind": "frame", "w": 80, "h": 80},
        {"kind": "diamond", "w": 80, "h": 80, "locked": True},
    ]
    await ana.draw(board, *[{"id": f"s{n}", "x": 320 + 100 * n, "y": 300, **thing} for n, thing in enumerate(things)])
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("e")
    await page.page.mouse.move(300, 320)
    await page.page.mouse.down()
    await page.page.mouse.move(1050, 320, steps=12)
    for n in range(len(things)):
        await expect(page.page.locator(f"#s{n}")).to_have_css("opacity", "0.32" if n < 6 else "1")
    await page.page.mouse.up()
    await page.has_shapes(1)
    [left] = await ana.shapes(board)
    assert left["kind"] == "diamond"


async def test_the_laser_points_and_leaves_nothing(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("k")
    await page.page.mouse.move(400, 300)
    await page.page.mouse.down()
    await page.page.mouse.move(600, 380, steps=8)
    await expect(page.page.locator(".laser")).to_have_count(1)
    await page.page.mouse.up()
    await expect(page.page.locator(".laser")).to_have_count(0)
    await page.has_shapes(0)
    assert await page.outbox() == 0


async def test_a_pen_turns_on_pen_mode_in_which_fingers_pan(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana, has_touch=True), shared_board)
    await page.page.keyboard.press("p")
    mode = page.page.locator("#pen-mode")
    await expect(mode).to_be_hidden()
    await pen_stroke(page, 400, 300)
    await page.has_shapes(1)
    await expect(mode).to_have_attribute("aria-pressed", "true")
    before = await page.camera()
    while await page.camera() == before:  # for half a second after ink a touch is a palm, and does nothing at all
        await finger_stroke(page)
    await page.has_shapes(1)
    await mode.click()
    await expect(mode).to_have_attribute("aria-pressed", "false")
    await finger_stroke(page)
    await page.has_shapes(2)
    await pen_stroke(page, 400, 500)
    await page.has_shapes(3)
    await expect(mode).to_have_attribute("aria-pressed", "false")


async def pen_stroke(page: BoardPage, x: float, y: float) -> None:
    await page.pen("mousePressed", x, y, 0.3)
    for i in range(1, 9):
        await page.pen("mouseMoved", x + 12 * i, y + 4 * i, 0.3 + i / 20)
    await page.pen("mouseReleased", x + 96, y + 32, 0)


async def finger_stroke(page: BoardPage) -> None:
    await page.touch("touchStart", (500, 300))
    for i in range(1, 6):
        await page.touch("touchMove", (500 + 15 * i, 300 + 10 * i))
    await page.touch("touchEnd")


async def test_a_palm_neither_draws_nor_moves_the_board(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana, has_touch=True), shared_board)
    await page.page.keyboard.press("p")
    before = await page.camera()
    await page.pen("mousePressed", 400, 300, 0.3)
    await page.pen("mouseMoved", 440, 310, 0.4)
    await page.touch("touchStart", (600, 500))
    await page.touch("touchMove", (640, 540))
    await page.pen("mouseMoved", 520, 330, 0.4)
    await page.touch("touchEnd")
    await page.pen("mouseReleased", 520, 330, 0)
    await page.has_shapes(1)
    assert await page.camera() == before


async def test_a_pen_takes_over_from_the_hand_that_lies_on_the_glass(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana, has_touch=True), shared_board)
    await page.page.keyboard.press("p")
    await page.touch("touchStart", (600, 500))
    await pen_stroke(page, 400, 300)
    await page.touch("touchEnd")
    await page.has_shapes(1)
    [line] = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert line["x"] == pytest.approx(400, abs=1)


async def test_the_barrel_button_and_the_other_end_of_a_pen_erase(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.draw(wave(340, 300))
    await page.draw(wave(340, 420))
    await page.has_shapes(2)
    await page.page.keyboard.press("p")
    await page.pen("mousePressed", 400, 280, 0.3, "right")
    await page.pen("mouseMoved", 400, 340, 0.3, "right")
    await page.pen("mouseReleased", 400, 340, 0, "right")
    await page.has_shapes(1)
    # The devtools protocol has no eraser end: the same events, by script.
    await page.page.mouse.move(300, 300)
    await page.page.evaluate(
        """() => { const surface = document.querySelector('#surface');
        const send = (kind, y, more) => surface.dispatchEvent(new PointerEvent(kind,
            { pointerId: 1, pointerType: 'pen', clientX: 400, clientY: y, bubbles: true, cancelable: true, ...more }));
        send('pointerdown', 400, { button: 5, buttons: 32 });
        send('pointermove', 460, { button: -1, buttons: 32 });
        send('pointerup', 460, { button: 5 }); }"""
    )
    await page.has_shapes(0)


async def test_a_very_long_stroke_is_stored_in_pieces_without_a_seam(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await style(page, smoothing="none")
    await page.page.keyboard.press("p")
    await page.page.mouse.move(400, 300)
    await page.page.mouse.down()
    # A dense scribble of twelve thousand samples, faster than a hand could.
    await page.page.evaluate(
        """() => { const surface = document.querySelector('#surface');
        for (let i = 1; i <= 12000; i++) surface.dispatchEvent(new PointerEvent('pointermove', {
            clientX: 640 + (i % 2 ? 1 : -1) * (200 + i / 100) * Math.cos(i / 40), clientY: 400 + 180 * Math.sin(i / 37),
            pointerId: 1, pointerType: 'mouse', bubbles: true })); }"""
    )
    await page.page.mouse.up()
    await page.saved()
    found = sorted(await ana.shapes(shared_board.rsplit("/", 1)[1]), key=lambda shape: shape["z"])
    assert len(found) == 3
    for before, after in itertools.pairwise(found):
        assert len(before["points"]) <= 10_000
        assert before["points"][-2:] == after["points"][:2]
    await page.page.keyboard.press("Control+z")
    await page.has_shapes(0)


async def test_the_eraser_cuts_a_stroke_and_what_is_left_does_not_move(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await style(page, erase="part", color="red", width=8)
    await page.draw(wobble(330, 300))
    await page.has_shapes(1)
    [whole] = await ana.shapes(shared_board.rsplit("/", 1)[1])
    before = await page.page.locator("#shapes [id]").evaluate(BOX)
    await page.page.keyboard.press("e")
    await page.page.mouse.move(480, 200)
    await page.page.mouse.down()
    await page.page.mouse.move(480, 440, steps=6)
    await expect(page.page.locator(".drafts [id]")).to_have_count(2)
    await page.page.mouse.up()
    await page.has_shapes(2)
    boxes = await page.page.locator("#shapes [id]").evaluate_all(f"found => found.map({BOX})")
    left, right = sorted(boxes)
    assert [left[0], right[2]] == pytest.approx([before[0], before[2]], abs=0.5)
    # The eraser's 16 px, and half a line's width for the round end on either side.
    assert right[0] - left[2] == pytest.approx(24, abs=1)
    for piece in await ana.shapes(shared_board.rsplit("/", 1)[1]):
        own = ("id", "points", "z", "ts")
        assert {name: piece[name] for name in whole if name not in own} == {
            name: whole[name] for name in whole if name not in own
        }
    await page.page.keyboard.press("Control+z")
    await page.has_shapes(1)


async def test_width_follows_a_pens_pressure_and_a_mouses_simulated_one(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    context = await visit(ana)
    await context.add_init_script("PointerEvent.prototype.getPredictedEvents = () => []")
    page = await BoardPage.open(context, shared_board)
    await style(page, pressure=True, width=16, smoothing="none")
    await page.page.keyboard.press("p")
    await page.pen("mousePressed", 400, 300, 0.1)
    for i in range(1, 31):
        await page.pen("mouseMoved", 400 + 8 * i, 300 + 20 * math.sin(i / 5), 0.1 + 0.03 * i)
    wet = page.page.locator(".drafts g path")
    await page.page.wait_for_function(
        "() => document.querySelector('.drafts path').getBoundingClientRect().right > 635"
    )
    before = await wet.evaluate(BOX)
    await page.pen("mouseReleased", 640, 300 + 20 * math.sin(6), 0)
    await page.has_shapes(1)
    after = await page.page.locator("#shapes path").evaluate(BOX)
    assert after == pytest.approx(before, abs=0.5)
    [inked] = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert inked["pressures"][0] == pytest.approx(0.1, abs=0.02)
    assert inked["pressures"][-1] == pytest.approx(1, abs=0.02)
    assert len(inked["points"]) == 2 * len(inked["pressures"]) < 62
    await page.drag([(400, 500), (430, 505), (700, 520)])
    await page.has_shapes(2)
    simulated = (await ana.shapes(shared_board.rsplit("/", 1)[1]))[-1]["pressures"]
    assert simulated
    assert 0.1 < min(simulated) < max(simulated) < 1


async def test_a_long_stroke_with_pressure_is_stored_in_pieces_that_touch(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await style(page, pressure=True, smoothing="none")
    await page.page.keyboard.press("p")
    await page.page.mouse.move(400, 300)
    await page.page.mouse.down()
    await page.page.evaluate(
        """() => { const surface = document.querySelector('#surface');
        for (let i = 1; i <= 1500; i++) surface.dispatchEvent(new PointerEvent('pointermove', {
            clientX: 640 + (200 + i / 20) * Math.cos(i / 9), clientY: 400 + 180 * Math.sin(i / 8),
            pointerId: 1, pointerType: 'mouse', bubbles: true })); }"""
    )
    await page.page.mouse.up()
    await page.saved()
    found = sorted(await ana.shapes(shared_board.rsplit("/", 1)[1]), key=lambda shape: shape["z"])
    assert len(found) > 1
    for before, after in itertools.pairwise(found):
        assert len(before["pressures"]) <= 600
        assert before["points"][-2:] == after["points"][:2]
        assert before["pressures"][-1] == after["pressures"][0]
