"""The kind of fault: a command is limited so that it cannot do its job: a fit that shows a part of the drawing."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from harness.people import Person, shape_of_kind
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import opened, opened_to_select, press

FRAMES = [
    shape_of_kind("frame", f"f{n}", x=n % 4 * 11_500, y=n // 4 * 9_000, w=1_200, h=800, text=f"Frame {n}")
    for n in range(12)
]
WINDOWS = [(1280, 800), (1000, 600), (800, 600), (375, 700), (667, 375), (1920, 1080)]

# The parts of panels that cover a part of the drawing, in px of the window.
COVERED = """() => {
  const boxes = [...document.querySelectorAll("#shapes > [id]")].map((shape) => shape.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)), right = Math.max(...boxes.map((box) => box.right));
  const top = Math.min(...boxes.map((box) => box.top)), bottom = Math.max(...boxes.map((box) => box.bottom));
  const panels = [...document.querySelectorAll("#bar > .panel, #tools, #second > *, #zoom, #style")]
    .filter((panel) => panel.checkVisibility() && !panel.matches(":popover-open"));
  const covers = panels.filter((panel) => {
    const p = panel.getBoundingClientRect();
    return p.width && p.left < right && p.right > left && p.top < bottom && p.bottom > top;
  });
  const outside = left < 0 || top < 0 || right > innerWidth || bottom > innerHeight;
  return { covers: covers.map((panel) => panel.id), outside, boxes: boxes.length };
}"""
CLEAR = {"covers": [], "outside": False, "boxes": 12}


async def clear(page: BoardPage) -> None:
    """All frames come to be seen, with no panel over them."""
    script = f"() => {{ const seen = ({COVERED})(); return !seen.outside && !seen.covers.length }}"
    await page.page.wait_for_function(script)
    assert await page.page.evaluate(COVERED) == CLEAR


@pytest.mark.parametrize("size", WINDOWS, ids=str)
async def test_first_view_and_fit_show_the_whole_drawing(
    visit: Visit, easel: Easel, ana: Person, size: tuple[int, int]
) -> None:
    window: dict[str, Any] = {"viewport": {"width": size[0], "height": size[1]}}
    page, _ = await opened(visit, easel, ana, *FRAMES, **window)
    await clear(page)
    await press(page, "Control+0")
    await expect(page.page.locator("#zoom-level")).to_have_text("100%")
    await page.page.locator("[data-zoom=fit]").click()
    await clear(page)


async def test_a_drawing_at_the_origin_stays_where_it_is(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, shape_of_kind("note", "n", x=500, y=300))
    await expect(page.page.locator("#zoom-level")).to_have_text("100%")
    box = await page.page.locator("#n .sheet").bounding_box()
    assert box
    assert round(box["x"]) == 500


async def test_the_largest_board_fits_a_phone(visit: Visit, easel: Easel, ana: Person) -> None:
    corners = [shape_of_kind("note", f"n{x}", x=x, y=x, w=100, h=100) for x in (-999_000, 999_000)]
    page, _ = await opened(visit, easel, ana, *corners, viewport={"width": 375, "height": 700})
    await expect(page.page.locator("#zoom-level")).to_have_text(re.compile(r"^0\.0\d+%$"))
    seen = await page.page.evaluate(COVERED)
    assert (seen["outside"], seen["covers"]) == (False, [])


async def test_zooming_out_by_hand_ends_where_all_is_seen(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened_to_select(visit, easel, ana, shape_of_kind("note", "n", x=500, y=300))
    for _ in range(14):
        await press(page, "Control+-")
    await expect(page.page.locator("#zoom-level")).to_have_text("2%")
    corner = shape_of_kind("note", "far", x=400_000, y=300)
    assert (await ana.draw(page.page.url.rsplit("/", 1)[1], corner)).status == 201
    await page.has_shapes(2)
    for _ in range(8):
        await press(page, "Control+-")
    await expect(page.page.locator("#zoom-level")).to_have_text(re.compile(r"^0\.2\d*%$"))
    for _ in range(5):
        await press(page, "Control+=")
    await expect(page.page.locator("#zoom-level")).to_have_text(re.compile(r"^[2-9]%$"))


async def test_a_selection_larger_than_any_window_is_fitted(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened_to_select(visit, easel, ana, *FRAMES)
    await press(page, "Control+0", "Control+a", "Shift+2")
    await clear(page)


async def test_shapes_are_worked_on_from_afar(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened_to_select(visit, easel, ana, *FRAMES)
    await clear(page)
    frame = await page.page.locator("#f5 .frame").bounding_box()
    assert frame
    await page.page.mouse.click(frame["x"], frame["y"] + frame["height"] / 2)
    await expect(page.page.locator("#selection .box")).to_have_count(1)
    await press(page, "Delete")
    await page.has_shapes(11)


async def test_a_line_in_hand_is_seen_from_afar(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, *FRAMES)
    await press(page, "p")
    await page.page.mouse.move(300, 300)
    await page.page.mouse.down()
    await page.page.mouse.move(500, 400, steps=5)
    await page.page.wait_for_function("""() => {
      const [line, ...more] = document.querySelectorAll(".drafts path");
      return line && !more.length && parseFloat(getComputedStyle(line).strokeWidth) * line.getScreenCTM().a >= 0.69;
    }""")
    await page.page.mouse.up()


async def test_from_afar_the_drawing_has_its_own_size_on_paper_alone(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened(visit, easel, ana, *FRAMES)
    await clear(page)
    # Chromium keeps the picture of a layer while it moves only if it is painted larger than life.
    painted = await page.page.evaluate("new DOMMatrix(getComputedStyle(board).transform).a")
    assert 1 <= painted < 2
    printed = "() => { dispatchEvent(new Event('beforeprint')); return board.viewBox.baseVal.width }"
    assert 3 * 11_500 < await page.page.evaluate(printed) < 4 * 11_500
