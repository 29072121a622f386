"""Copy, cut and paste: between boards, from other programs and for them."""

import json

from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import after, boxes, opened_to_select, press
from tests.people import Person, shape_of_kind
from tests.processes import Easel


async def test_shapes_are_copied_to_another_board_with_their_arrows_and_cut(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    arrow = shape_of_kind("arrow", "r", x=400, y=230, points=[0, 0, 200, 0], **{"from": {"id": "a", "at": [1, 0.5]}})
    page, board = await opened_to_select(visit, easel, ana, *boxes((300, 200), text="Hello"), arrow)
    other = await ana.create_board("Other")
    await page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await press(page, "Control+a", "Control+x")
    assert await after(page, ana, board) == {}
    assert await page.page.evaluate("navigator.clipboard.readText()") == "Hello"
    there = await BoardPage.open(page.page.context, f"{easel.url}/boards/{other}")
    await press(there, "Control+v")
    await there.has_shapes(2)
    pasted = {shape["kind"]: shape for shape in (await after(there, ana, other)).values()}
    assert pasted["rectangle"]["text"] == "Hello"
    assert pasted["rectangle"]["id"] != "a"
    assert pasted["arrow"]["from"] == {"id": pasted["rectangle"]["id"], "at": [1, 0.5]}
    await press(page, "Control+z")
    assert set(await after(page, ana, board)) == {"a", "r"}


async def paste(page: BoardPage, text: str) -> None:
    await page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    await press(page, "Control+v")


async def test_pasted_text_becomes_a_text_shape_at_the_pointer(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((0, 0)))
    await page.page.mouse.move(640, 400)
    await paste(page, "Two\r\nlines")
    await page.has_shapes(2)
    shape = next(shape for shape in (await after(page, ana, board)).values() if shape["kind"] == "text")
    assert shape["text"] == "Two\nlines"
    assert abs(shape["y"] - 400) < 60
    assert abs(shape["x"] - 640) < 100


async def test_excalidraws_clipboard_is_pasted_as_our_shapes(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((0, 0)))
    element = {"id": "e", "type": "ellipse", "x": 10, "y": 10, "width": 80, "height": 40, "strokeColor": "#2f9e44"}
    await paste(page, json.dumps({"type": "excalidraw/clipboard", "elements": [element], "files": {}}))
    await page.has_shapes(2)
    shape = next(shape for id, shape in (await after(page, ana, board)).items() if id != "a")
    assert (shape["kind"], shape["w"], shape["h"], shape["color"]) == ("ellipse", 80, 40, "green")


async def test_shapes_are_copied_as_svg_and_png(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened_to_select(visit, easel, ana, *boxes((300, 200), text="Hello", color="red"))
    await page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await press(page, "Control+a", "Control+Shift+c")
    await page.toast("Copied as SVG")
    svg = await page.page.evaluate("navigator.clipboard.readText()")
    assert "Hello" in svg
    assert "#d0342c" in svg
    assert "var(" not in svg
    assert "class=" not in svg
    await press(page, "Shift+Alt+c")
    await page.toast("Copied as PNG")
    types = "navigator.clipboard.read().then(items => items.flatMap(item => item.types))"
    assert await page.page.evaluate(types) == ["image/png"]
