"""Work where everything is refused: beyond the end of the board, 1,000,000 px from its middle."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.browser.seeded import after, opened_to_select, press, rectangle

ENDS = "The board ends here, 1,000,000 px from its middle."
END = 1_000_000


async def at_the_end(visit: Visit, easel: Easel, ana: Person, *shapes: dict[str, Any]) -> tuple[BoardPage, str]:
    """A page that looks at the lower right end of a board: 640, 400 of the window is 600, 360 px from it."""
    board = await ana.create_board("Wide", "link-edit")
    if shapes:
        assert (await ana.draw(board, *shapes)).status == 201
    context = await visit(ana)
    view = f"[{-(END - 1_240)}, {-(END - 760)}, 1]"
    await context.add_init_script(
        f"if (location.protocol !== 'about:') sessionStorage.setItem('easel:camera:{board}', '{view}')"
    )
    page = await BoardPage.open(context, f"{easel.url}/boards/{board}")
    await page.page.mouse.move(640, 400)
    return page, board


async def test_nobody_pans_beyond_the_end_and_all_there_can_be_drawn(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await at_the_end(visit, easel, ana)
    for _ in range(3):
        await page.page.mouse.wheel(4_000, 4_000)
    await page.toast(ENDS)
    await page.draw(wave(1_100, 700))
    await press(page, "r")
    await page.drag([(900, 600), (1_279, 799)])
    await page.pick("line")
    await page.drag([(600, 600), (1_279, 799)])
    shapes = (await after(page, ana, board)).values()
    assert len(shapes) == 3
    assert max(shape["x"] for shape in shapes) <= END
    await expect(page.page.locator("#toasts [data-kind=error]")).to_have_count(0)


async def test_zooming_out_and_panning_stays_within(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await at_the_end(visit, easel, ana)
    for _ in range(12):
        await press(page, "Control+-")
        await page.page.mouse.wheel(9_000, 9_000)
    await page.draw(wave(1_100, 600))
    await press(page, "n")
    await page.page.mouse.click(1_270, 500)
    await press(page, "Escape")
    assert len(await after(page, ana, board)) == 2


async def test_what_is_dragged_or_nudged_stops_at_the_end(visit: Visit, easel: Easel, ana: Person) -> None:
    box = rectangle(x=END - 300, y=END - 300)
    page, board = await at_the_end(visit, easel, ana, box)
    await press(page, "v")
    await page.drag([(1_000, 500), (1_279, 799)])
    moved = (await after(page, ana, board))["a"]
    assert END - 125 <= moved["x"] + 0 <= END - 120
    await press(page, *["Shift+ArrowRight"] * 3)
    await page.toast(ENDS)
    await press(page, "Control+d")
    shapes = await after(page, ana, board)
    assert len(shapes) == 2
    assert all(shape["x"] + shape["w"] <= END for shape in shapes.values())


async def test_what_is_pasted_at_the_end_lies_within(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await at_the_end(visit, easel, ana, rectangle(x=END - 900, y=END - 500, w=700, h=300))
    await press(page, "v")
    await page.page.mouse.click(500, 400)
    await press(page, "Control+c")
    await page.page.mouse.move(1_270, 790)
    await press(page, "Control+v")
    shapes = await after(page, ana, board)
    assert len(shapes) == 2
    assert all(shape["x"] + shape["w"] <= END and shape["y"] + shape["h"] <= END for shape in shapes.values())
    await expect(page.page.locator("#toasts [data-kind=error]")).to_have_count(0)


async def test_what_is_resized_at_the_end_stays_within(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await at_the_end(visit, easel, ana, rectangle(x=END - 300, y=END - 300))
    await press(page, "v")
    await page.page.mouse.click(1_000, 500)
    await page.drag([(1_060, 540), (1_279, 799)])
    shape = (await after(page, ana, board))["a"]
    assert shape["x"] + shape["w"] <= END
    await expect(page.page.locator("#toasts [data-kind=error]")).to_have_count(0)


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (
            {"field": "put.points", "message": "Each point must be within ±1000000 px."},
            "beyond the end of the board",
        ),
        ({"field": "put.text", "message": "String should have at most 5000 characters"}, "too long"),
        ({"field": "patch.width", "message": "Input should be less than or equal to 64"}, "does not fit"),
    ],
)
async def test_no_validators_words_reach_a_person(
    visit: Visit, easel: Easel, ana: Person, refused: dict[str, str], said: str
) -> None:
    page, _ = await opened_to_select(visit, easel, ana)
    answer = {"error": {"code": "invalid", **refused}}
    await page.page.route("**/changes", lambda route: route.fulfill(status=422, json=answer))
    await page.draw(wave(300, 300))
    toast = page.page.locator("#toasts")
    await expect(toast).to_contain_text(said)
    assert not re.search("Input should|Value error|String should|±", await toast.inner_text())
