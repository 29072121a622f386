"""Copy, cut and paste: between boards, from other programs and for them."""

import json
from base64 import b64encode

from playwright.async_api import expect

from harness.people import Person, shape_of_kind
from harness.pictures import add, picture
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import after, boxes, opened_to_select, press


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
    page, board = await opened_to_select(visit, easel, ana, *boxes((400, 300)))  # clear of panels: the view stays
    await page.page.mouse.move(640, 400)
    await paste(page, "Two\r\nlines")
    await page.has_shapes(2)
    shape = next(shape for shape in (await after(page, ana, board)).values() if shape["kind"] == "text")
    assert shape["text"] == "Two\nlines"
    assert abs(shape["y"] - 400) < 60
    assert abs(shape["x"] - 640) < 100


async def test_a_long_text_is_pasted_in_lines(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    await paste(page, "many words " * 40)
    await page.has_shapes(1)
    (shape,) = (await after(page, ana, board)).values()
    assert shape["w"] == 600


async def test_what_is_pasted_twice_lies_beside_itself(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((300, 200)))
    await page.page.mouse.move(350, 230)
    await press(page, "Control+a", "Control+c", "Control+v", "Control+v")
    await page.has_shapes(3)
    shapes = await after(page, ana, board)
    assert sorted((shape["x"], shape["y"]) for shape in shapes.values()) == [(300, 200), (316, 216), (332, 232)]


async def test_a_frame_is_cut_and_pasted_with_what_lies_in_it(visit: Visit, easel: Easel, ana: Person) -> None:
    frame = shape_of_kind("frame", "f", x=280, y=180, w=200, h=150, text="Plan")
    page, board = await opened_to_select(visit, easel, ana, frame, *boxes((300, 200), (700, 200)))
    await page.page.mouse.click(290, 172)
    await press(page, "Control+x")
    assert list(await after(page, ana, board)) == ["b"]
    await press(page, "Control+v")
    kinds = sorted(shape["kind"] for shape in (await after(page, ana, board)).values())
    assert kinds == ["frame", "rectangle", "rectangle"]


async def test_svg_is_pasted_as_a_picture(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    await paste(page, '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><path d="M0 0h90"/></svg>')
    await page.has_shapes(1)
    (shape,) = (await after(page, ana, board)).values()
    assert (shape["kind"], shape["w"], shape["h"]) == ("image", 90, 60)


async def test_pictures_are_copied_to_another_board_as_they_are(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    look = {"rotation": 0.5, "crop": [0.25, 0, 0.75, 1], "flip": "x", "opacity": 0.5}
    image = await add(ana, board, picture(200, 100), x=300, y=200, w=150, h=150, alt="A lake", id="lake")
    change = {"changeId": "look", "patch": {"lake": look}, "put": boxes((320, 220), text="Above")}
    assert (await ana.post(f"/boards/{board}/changes", change)).status == 201
    await page.has_shapes(2)
    await page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await press(page, "Control+a", "Control+c")
    other = await ana.create_board("Other")
    there = await BoardPage.open(page.page.context, f"{easel.url}/boards/{other}")
    await press(there, "Control+v")
    await there.has_shapes(2)
    await expect(there.page.locator("#shapes image")).to_have_count(1)
    shapes = sorted((await after(there, ana, other)).values(), key=lambda shape: float(shape["z"]))
    assert [shape["kind"] for shape in shapes] == ["image", "rectangle"]
    copy = shapes[0]
    assert {name: copy[name] for name in look} == look
    assert (copy["w"], copy["h"], copy["alt"]) == (150, 150, "A lake")
    assert copy["file"] != image["file"]
    assert (await ana.get(f"/boards/{other}/images/{copy['file']}")).status == 200


async def test_copying_leaves_a_forbidden_picture_out_and_says_why(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((300, 200)))
    private = await ben.create_board("Ben's")
    image = await add(ben, private)
    html = json.dumps(
        {"board": private, "shapes": [{"id": "i", "kind": "image", "w": 9, "h": 9, "file": image["file"]}]}
    )
    await paste_html(page, f"<div data-easel>{html}</div>")
    await page.toast("A picture was left out")
    await paste_html(page, f"<div data-easel>{html.replace(private, '../' + private)}</div>")
    assert list(await after(page, ana, board)) == ["a"]


async def paste_html(page: BoardPage, html: str) -> None:
    script = """html => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/html", html);
        const options = { clipboardData, bubbles: true, cancelable: true };
        document.querySelector("#canvas").dispatchEvent(new ClipboardEvent("paste", options));
    }"""
    await page.page.evaluate(script, html)


async def test_excalidraws_clipboard_is_pasted_as_our_shapes(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((0, 0)))
    element = {"id": "e", "type": "ellipse", "x": 10, "y": 10, "width": 80, "height": 40, "strokeColor": "#2f9e44"}
    await paste(page, json.dumps({"type": "excalidraw/clipboard", "elements": [element], "files": {}}))
    await page.has_shapes(2)
    shape = next(shape for id, shape in (await after(page, ana, board)).items() if id != "a")
    assert (shape["kind"], shape["w"], shape["h"], shape["color"]) == ("ellipse", 80, 40, "green")


async def test_excalidraws_pictures_come_along(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((0, 0)))
    image = {"id": "i", "type": "image", "x": 10, "y": 10, "width": 80, "height": 40, "fileId": "f", "scale": [-1, 1]}
    crop = {"x": 0, "y": 0, "width": 100, "height": 100, "naturalWidth": 200, "naturalHeight": 100}
    file = {
        "id": "f",
        "mimeType": "image/png",
        "dataURL": f"data:image/png;base64,{b64encode(picture(200, 100)).decode()}",
    }
    elements = [{**image, "crop": crop}, {**image, "id": "lost", "fileId": "unknown"}]
    await paste(page, json.dumps({"type": "excalidraw/clipboard", "elements": elements, "files": {"f": file}}))
    await page.has_shapes(2)
    await page.toast("A picture was left out")
    shape = next(shape for id, shape in (await after(page, ana, board)).items() if id != "a")
    assert (shape["kind"], shape["w"], shape["h"]) == ("image", 80, 40)
    assert (shape["crop"], shape["flip"]) == ([0, 0, 0.5, 1], "x")


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
