"""Clipboard flavours tried in the wrong order: text that comes with a picture of itself is text."""

from base64 import b64encode

import pytest
from playwright.async_api import expect

from harness.people import Person
from harness.pictures import picture
from harness.processes import Easel
from tests.browser.bringing import bring
from tests.browser.conftest import Visit
from tests.browser.seeded import after, boxes, opened_to_select, press

PNG = ("image.png", "image/png", picture(60, 40))
CELLS = "Name\tAge\r\nAna\t30\r\n"
TABLE = "<table><tr><td>Name</td><td>Age</td></tr><tr><td>Ana</td><td>30</td></tr></table>"
COPIED_IMAGE = '<meta charset="utf-8"><img src="https://example.org/lake.png" alt="A lake"/>'


@pytest.mark.parametrize("how", ["paste", "drop"])
async def test_cells_with_a_picture_of_them_come_as_text(visit: Visit, easel: Easel, ana: Person, how: str) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    await bring(page, how, {"text/plain": CELLS, "text/html": TABLE}, PNG)
    await page.has_shapes(1)
    (shape,) = (await after(page, ana, board)).values()
    assert (shape["kind"], shape["text"], shape["w"]) == ("text", "Name\tAge\nAna\t30", 0)


@pytest.mark.parametrize("how", ["paste", "drop"])
async def test_a_copied_picture_comes_as_a_picture(visit: Visit, easel: Easel, ana: Person, how: str) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    flavours = {"text/plain": "https://example.org/lake.png", "text/html": COPIED_IMAGE}
    await bring(page, how, flavours, PNG)
    await page.has_shapes(1)
    (shape,) = (await after(page, ana, board)).values()
    assert shape["kind"] == "image"


async def test_words_dropped_on_the_board_are_a_text(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    await bring(page, "drop", {"text/plain": "Buy milk"})
    await page.has_shapes(1)
    (shape,) = (await after(page, ana, board)).values()
    assert shape["text"] == "Buy milk"
    assert abs(shape["y"] - 400) < 60


async def test_who_may_only_look_brings_nothing(visit: Visit, easel: Easel, ana: Person, ben: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    assert (await ana.request("PATCH", f"/boards/{board}", json={"visibility": "link-view"})).status < 300
    there = await page.open(await visit(ben), f"{easel.url}/boards/{board}")
    for how in ("paste", "drop"):
        await bring(there, how, {"text/plain": "Buy milk"}, PNG)
    await expect(there.page.locator(".drafts:not([data-pending])")).to_be_attached()
    assert await after(page, ana, board) == {}


async def test_the_menus_paste_reads_the_clipboard_in_the_same_order(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    await page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    write = """async ([text, html, png]) => {
        const blob = (type, part) => new Blob([part], { type });
        const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
        const words = { "text/plain": blob("text/plain", text), "text/html": blob("text/html", html) };
        await navigator.clipboard.write([new ClipboardItem({ ...words, "image/png": blob("image/png", bytes) })]);
    }"""
    await page.page.evaluate(write, [CELLS, TABLE, b64encode(PNG[2]).decode()])
    await page.page.mouse.click(640, 400, button="right")
    await page.page.get_by_role("menuitem", name="Paste").click()
    await page.has_shapes(1)
    (shape,) = (await after(page, ana, board)).values()
    assert (shape["kind"], shape["text"]) == ("text", "Name\tAge\nAna\t30")


async def test_the_menus_paste_brings_our_shapes(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, *boxes((300, 200)))
    await page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await press(page, "Control+a", "Control+c", "Escape")
    await page.page.mouse.click(840, 500, button="right")
    await page.page.get_by_role("menuitem", name="Paste").click()
    await page.has_shapes(2)
    assert {shape["kind"] for shape in (await after(page, ana, board)).values()} == {"rectangle"}
