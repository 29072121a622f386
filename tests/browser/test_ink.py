"""Ink: the pen, its smoothing and pressure, the highlighter and the laser, by mouse and pen."""

import itertools
import math

import pytest
from playwright.async_api import expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.ink import BOX, style, wobble
from tests.browser.pair import hold, two


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
        await page.drag([(320 + 5 * i, 400 + (3 if i % 2 else -3)) for i in range(20)])
        await page.saved()
        points = (await ana.shapes(shared_board.rsplit("/", 1)[1]))[-1]["points"]
        heights = points[1::2][2:-2]
        turns.append(max(heights) - min(heights))
    assert turns[1] < turns[0] / 2


async def test_others_see_smoothed_ink_up_to_the_pointer(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await style(anas, smoothing="high")
    await hold(anas, "pen", (400, 300), (600, 300))
    right = "() => document.querySelector('.drafts > g')?.getBoundingClientRect().right ?? 0"
    await bens.page.wait_for_function(f"() => Math.abs(({right})() - 600) < 1")
    await anas.page.mouse.up()
    await bens.has_shapes(1)


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
