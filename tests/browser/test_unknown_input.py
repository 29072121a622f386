"""Unknown input taken literally or dropped silently: it is recognised by its content, and named."""

import json
from typing import Any

import pytest
from playwright.async_api import expect

from harness.people import Person, shape_of_kind
from harness.pictures import picture
from harness.processes import Easel
from tests.browser.bringing import bring
from tests.browser.conftest import Visit
from tests.browser.seeded import after, opened_to_select

BOX = {"id": "e", "type": "rectangle", "x": 10, "y": 10, "width": 80, "height": 40, "strokeColor": "#2f9e44"}
DOT = {"id": "d", "type": "ellipse", "x": 500, "y": 500, "width": 20, "height": 20}
DRAWING = json.dumps({"type": "excalidraw", "version": 2, "elements": [BOX, DOT], "files": {}}, indent=2)
ITEMS = [{"id": str(n), "elements": [BOX, {**DOT, "id": "other"}]} for n in range(3)]
LIBRARY = json.dumps({"type": "excalidrawlib", "version": 2, "libraryItems": ITEMS}, indent=2)
TLDRAW = '{"type":"application/tldraw","kind":"content","data":{"shapes":[]}}'

Found = dict[str, dict[str, Any]]


def kinds(shapes: Found) -> list[str]:
    return sorted(shape["kind"] for shape in shapes.values())


async def test_a_dropped_excalidraw_file_becomes_shapes(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    await bring(page, "drop", {}, ("plan.excalidraw", "", DRAWING.encode()))
    await page.has_shapes(2)
    assert kinds(await after(page, ana, board)) == ["ellipse", "rectangle"]


@pytest.mark.parametrize("how", ["paste", "drop"])
async def test_a_library_becomes_a_group_for_each_item(visit: Visit, easel: Easel, ana: Person, how: str) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    if how == "paste":
        await bring(page, how, {"text/plain": LIBRARY})
    else:
        await bring(page, how, {}, ("icons.excalidrawlib", "application/json", LIBRARY.encode()))
    await page.has_shapes(6)
    shapes = list((await after(page, ana, board)).values())
    assert len({shape["group"] for shape in shapes}) == 3
    places = {(shape["x"], shape["y"]) for shape in shapes}
    assert len(places) == 6  # side by side, and not over each other


async def test_excalidraws_shapes_pasted_into_a_text_go_to_the_board(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, shape_of_kind("note", "n", x=300, y=200, text="Plan"))
    await page.page.mouse.dblclick(350, 250)
    await page.page.keyboard.type(" B")
    await bring(page, "paste", {"text/plain": DRAWING}, target="#writing textarea")
    await page.has_shapes(3)
    shapes = await after(page, ana, board)
    assert shapes["n"]["text"] == "Plan B"
    assert kinds(shapes) == ["ellipse", "note", "rectangle"]


@pytest.mark.parametrize(
    ("flavours", "program"),
    [
        ({"text/plain": TLDRAW}, "tldraw"),
        ({"text/html": f"<div data-tldraw>{TLDRAW}</div>", "text/plain": " "}, "tldraw"),
        ({"text/html": "<span data-buffer='<!--(figma)Zm(/figma)-->'></span>"}, "Figma"),
        ({"text/plain": "%3CmxGraphModel%3E%3Croot%3E"}, "draw.io"),
    ],
)
async def test_other_programs_shapes_are_named(
    visit: Visit, easel: Easel, ana: Person, flavours: dict[str, str], program: str
) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    await bring(page, "paste", flavours)
    await page.toast(program)
    assert await after(page, ana, board) == {}


async def test_files_that_are_no_pictures_are_named(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    for name, kind, body, says in (
        ("report.pdf", "application/pdf", b"%PDF-1.7\n", "report.pdf was not opened. This file is a PDF"),
        ("letter.docx", "", b"PK\x03\x04....word/document.xml", "letter.docx is a Word document"),
        ("clip.mp4", "video/mp4", b"\0\0\0\x20ftypisom....", "clip.mp4 is a video"),
        (
            "plan.tldr",
            "",
            b'{\n"tldrawFileFormatVersion": 1, "records": []}',
            "plan.tldr was not opened. There is nothing",
        ),
        ("fake.png", "image/png", b"<!doctype html><script>alert(1)</script>", "fake.png is a web page (HTML)"),
        ("none.png", "image/png", b"", "none.png is empty"),
        ("cut.excalidraw", "", DRAWING[:200].encode(), "a part of it is missing"),
    ):
        await bring(page, "drop", {}, (name, kind, body))
        await page.toast(says)
    await expect(page.page.locator(".upload")).to_have_count(0)
    assert await after(page, ana, board) == {}


async def test_a_picture_among_other_files_comes(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    docx = b"PK\x03\x04....word/document.xml"
    plan = ("p.excalidraw", "", DRAWING.encode())
    await bring(page, "drop", {}, ("lake", "", picture()), ("a.docx", "", docx), plan)
    await page.toast("a.docx is a Word document")
    await page.has_shapes(3)
    assert kinds(await after(page, ana, board)) == ["ellipse", "image", "rectangle"]


async def test_a_picked_file_is_recognised_too(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    async with page.page.expect_file_chooser() as chooser:
        await page.pick("image")
    plan: Any = {"name": "plan.excalidraw", "mimeType": "application/json", "buffer": DRAWING.encode()}
    await (await chooser.value).set_files(plan)
    await page.has_shapes(2)
    assert kinds(await after(page, ana, board)) == ["ellipse", "rectangle"]


async def test_kinds_that_easel_has_not_are_told(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened_to_select(visit, easel, ana)
    drawing = {"type": "excalidraw/clipboard", "elements": [BOX, {"id": "s", "type": "spiral"}]}
    await bring(page, "paste", {"text/plain": json.dumps(drawing)})
    await page.toast("Left out, since Easel has no such shapes: spiral.")
    await page.has_shapes(1)
