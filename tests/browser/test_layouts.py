"""The kind of fault: the physical position of a key overrides its character, so a person does what nobody asked for."""

from harness.people import Person
from harness.processes import Easel
from tests.browser.conftest import Visit
from tests.browser.seeded import after, boxes, opened_to_select, press

PRESS = """([key, code, held]) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {
  key, code, ctrlKey: held.includes("Ctrl"), shiftKey: held.includes("Shift"), modifierAltGraph: held.includes("AltGr"),
  bubbles: true, cancelable: true }))"""


async def test_ctrl_plus_on_a_german_keyboard_zooms(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((300, 300), (340, 320)))
    before = await after(page, ana, board)
    await page.page.mouse.click(310, 310)
    camera = await page.page.evaluate("getComputedStyle(board).transform")
    taken = not await page.page.evaluate(PRESS, ["+", "BracketRight", "Ctrl"])
    assert taken, "else the browser zooms the page"
    await page.page.wait_for_function("zoom => getComputedStyle(board).transform !== zoom", arg=camera)
    await press(page, "Control+g")  # something that is sent after it
    shapes = await after(page, ana, board)
    assert {id: shape["z"] for id, shape in shapes.items()} == {id: shape["z"] for id, shape in before.items()}


async def test_alt_gr_types_and_changes_nothing(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened_to_select(visit, easel, ana, *boxes((300, 300), (340, 320)))
    await press(page, "Control+a")
    for key, code in [("ą", "KeyA"), ("ś", "KeyS"), ("}", "Digit0"), ("@", "KeyQ")]:
        untouched = await page.page.evaluate(PRESS, [key, code, "AltGr"])
        assert untouched, key
