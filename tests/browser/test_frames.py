"""The kind of fault: commands that belong together treat what a frame holds in different ways."""

import pytest

from harness.people import Person, shape_of_kind
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import after, boxes, opened_to_select, press

FRAME = shape_of_kind("frame", "f", x=280, y=180, w=200, h=150, text="Plan")


async def selected(visit: Visit, easel: Easel, ana: Person) -> tuple[BoardPage, str]:
    """A selected frame with the box a and the locked box l in it; b lies elsewhere."""
    locked = shape_of_kind("rectangle", "l", x=320, y=280, w=50, h=20, fill="tint", locked=True)
    page, board = await opened_to_select(visit, easel, ana, FRAME, *boxes((300, 200), (700, 200)), locked)
    await page.page.mouse.click(290, 172)
    return page, board


@pytest.mark.parametrize("key", ["Delete", "Backspace", "Control+x"])
async def test_what_lies_in_a_frame_goes_with_it(visit: Visit, easel: Easel, ana: Person, key: str) -> None:
    page, board = await selected(visit, easel, ana)
    await press(page, key)
    assert sorted(await after(page, ana, board)) == ["b", "l"]
    await press(page, "Control+z")
    await page.has_shapes(4)


async def test_a_frame_is_removed_from_around_its_contents(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await selected(visit, easel, ana)
    await press(page, "Control+Backspace")
    assert sorted(await after(page, ana, board)) == ["a", "b", "l"]
    await press(page, "Delete")  # what lay in it is selected now
    assert sorted(await after(page, ana, board)) == ["b", "l"]


async def test_the_menu_of_a_frame_offers_both(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await selected(visit, easel, ana)
    await page.page.mouse.click(290, 172, button="right")
    await page.page.locator("#context").get_by_text("Remove the frame, keep its contents").click()
    assert sorted(await after(page, ana, board)) == ["a", "b", "l"]
