"""Undo coarser than the merge, as a person meets it: one's own step goes back, and what somebody else did stays."""

import uuid
from typing import Any

from playwright.async_api import expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.conftest import Visit
from tests.browser.seeded import opened_to_select, press, rectangle, shape_is

AT = (350, 280)


async def patched(person: Person, board: str, **fields: Any) -> None:
    change = {"changeId": str(uuid.uuid4()), "patch": {"a": fields}}
    assert (await person.post(f"/boards/{board}/changes", change)).status == 201


async def test_a_move_is_undone_though_somebody_recoloured_the_box(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    page, board = await opened_to_select(visit, easel, ana, rectangle())
    await page.drag([AT, (AT[0] + 100, AT[1])])
    await shape_is(ana, page, board, x=420, color="black")
    await patched(ben, board, color="blue")
    await expect(page.page.locator("#shapes > #a .blue, #shapes > #a.blue")).to_have_count(1)
    await press(page, "Control+z")
    await shape_is(ana, page, board, x=320, color="blue")
    await expect(page.page.locator("#toasts > *")).to_have_count(0)
    await press(page, "Control+Shift+z")
    await shape_is(ana, page, board, x=420, color="blue")


async def test_undo_skips_a_step_that_somebody_else_has_overwritten(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    page, board = await opened_to_select(visit, easel, ana, rectangle())
    await page.drag([AT, (AT[0] + 100, AT[1])])
    await shape_is(ana, page, board, x=420)
    await page.page.locator("#style [data-field=color] [data-value=red]").click()
    await shape_is(ana, page, board, color="red")
    await patched(ben, board, color="blue")
    await expect(page.page.locator("#shapes > #a .blue, #shapes > #a.blue")).to_have_count(1)
    await press(page, "Control+z")
    await page.toast("One shape keeps what somebody else has changed or locked since.")
    await press(page, "Control+z")
    await shape_is(ana, page, board, x=320, color="blue")
