"""Writing on shapes: labels and notes, alone and beside another person."""

import pytest
from playwright.async_api import expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.writing import BOX, field, written


async def test_double_click_on_the_canvas_writes_and_on_a_shape_edits_its_label(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("v")
    await page.page.mouse.dblclick(400, 250)
    await page.page.keyboard.type("free")
    await page.page.keyboard.press("Escape")
    await page.page.keyboard.press("r")
    await page.drag([(500, 300), (700, 420)])
    await page.page.mouse.dblclick(640, 340)  # inside, where nothing is drawn
    await page.page.keyboard.type("label")
    await page.page.keyboard.press("Escape")
    await page.page.keyboard.press("Enter")  # it is selected
    await expect(field(page)).to_have_value("label")
    await page.page.keyboard.type(" two")
    await page.page.keyboard.press("Control+Enter")
    shapes = await written(page, ana, 2)
    assert {str(shape["kind"]): shape["text"] for shape in shapes} == {"text": "free", "rectangle": "label two"}


async def test_a_note_is_placed_and_written_and_its_placing_is_one_step(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("n")
    await page.page.mouse.click(640, 400)
    await page.page.keyboard.type("Buy milk")
    await page.page.keyboard.press("Escape")
    [note] = await written(page, ana)
    assert (note["kind"], note["text"], note["color"]) == ("note", "Buy milk", "yellow")
    assert (note["x"], note["y"], note["w"], note["h"]) == (540, 300, 200, 200)
    await page.page.keyboard.press("Control+z")
    await page.has_shapes(0)


async def test_an_empty_note_stays(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("n")
    await page.page.mouse.click(640, 400)
    await page.page.keyboard.press("Escape")
    [note] = await written(page, ana)
    assert note["text"] == ""


async def test_somebody_elses_change_does_not_disturb_the_writing(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    board = shared_board.rsplit("/", 1)[1]
    await ana.draw(board, {"id": "note", "kind": "note", "x": 400, "y": 250, "text": "Begun"})
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("v")
    await page.page.mouse.dblclick(500, 350)
    await page.page.keyboard.type(" by Ana")
    change = {"changeId": "move", "patch": {"note": {"x": 500, "text": "Ben was here"}}}
    assert (await ben.post(f"/boards/{board}/changes", change)).status == 201
    await page.page.wait_for_function(
        "() => document.querySelector('#writing textarea').getBoundingClientRect().x > 500"  # it goes along
    )
    await expect(field(page)).to_have_value("Ben was here by Ana")
    await expect(field(page)).to_be_focused()
    await page.page.keyboard.press("Escape")
    [note] = await written(page, ana)
    assert (note["x"], note["text"]) == (500, "Ben was here by Ana")


async def test_what_somebody_removes_cannot_be_written_on(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    board = shared_board.rsplit("/", 1)[1]
    await ana.draw(board, {"id": "note", "kind": "note", "x": 400, "y": 250})
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("v")
    await page.page.mouse.dblclick(500, 350)
    await page.page.keyboard.type("too late")
    assert (await ben.post(f"/boards/{board}/changes", {"changeId": "gone", "remove": ["note"]})).status == 201
    await page.toast("removed what you were writing")
    await page.has_shapes(0)


async def test_a_viewer_cannot_write(visit: Visit, ana: Person, ben: Person) -> None:
    board = await ana.create_board("Look", "link-view")
    await ana.draw(board, {"id": "note", "kind": "note", "x": 400, "y": 250})
    page = await BoardPage.open(await visit(ben), f"{ana.url}/boards/{board}")
    await page.page.keyboard.press("v")
    await page.page.mouse.dblclick(500, 350)
    await page.page.keyboard.press("Enter")
    await expect(field(page)).to_have_count(0)


@pytest.mark.parametrize("kind", ["rectangle", "ellipse", "diamond"])
async def test_a_box_grows_with_its_label_and_is_made_no_smaller(
    visit: Visit, ana: Person, shared_board: str, kind: str
) -> None:
    board = shared_board.rsplit("/", 1)[1]
    box = {"id": "a", "kind": kind, "x": 400, "y": 200, "w": 200, "h": 60, "fill": "tint"}
    assert (await ana.draw(board, box)).status == 201
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("v")
    await page.page.mouse.dblclick(500, 230)
    await page.page.keyboard.type("words that go on and on and on until they need more and more room")
    await page.page.keyboard.press("Escape")
    [shape] = await written(page, ana)
    height = float(str(shape["h"]))
    assert height > 100
    assert (shape["x"], shape["y"]) == (400, 200)
    await within(page)
    # The lower side is pulled up, far beyond what the text needs.
    await page.drag([(500, 200 + height), (500, 240)])
    await page.saved()
    [shape] = await written(page, ana)
    assert shape["y"] == 200
    assert shape["h"] == pytest.approx(height, abs=0.1)
    # Larger letters make it higher.
    await page.page.locator("#style [data-field=size] [data-value='40']").click()
    await page.saved()
    [shape] = await written(page, ana)
    assert float(str(shape["h"])) > height
    await within(page)


async def within(page: BoardPage) -> None:
    """The label lies in the outline's box."""
    text = await page.page.locator("#shapes text").evaluate(BOX)
    outline = await page.page.locator("#shapes > [id=a] > :first-child").evaluate(BOX)
    assert outline[1] <= text[1]
    assert text[3] <= outline[3]


async def test_what_is_written_in_is_selected_and_can_be_styled(visit: Visit, ana: Person, shared_board: str) -> None:
    board = shared_board.rsplit("/", 1)[1]
    assert (await ana.draw(board, {"id": "a", "kind": "ellipse", "x": 400, "y": 200, "w": 200, "h": 90})).status == 201
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("v")
    await page.page.mouse.dblclick(500, 245)
    await page.page.keyboard.type("Red")
    await page.page.get_by_role("button", name="Red", exact=True).click()
    await page.page.keyboard.press("Escape")
    [shape] = await written(page, ana)
    assert (shape["text"], shape["color"]) == ("Red", "red")
