"""Boards as files, as people take them along and open them."""

import asyncio
import json
from base64 import b64encode
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Page, expect

from harness.drawings import element, excalidraw, svg, tldraw, tldraw_shape
from harness.people import Person, shape_of_kind
from harness.processes import Easel
from tests.browser.bringing import BRING, bring
from tests.browser.conftest import Visit
from tests.browser.seeded import after, opened_to_select

PLAN = excalidraw(element("a"), element("b", "ellipse", x=200))
TALK = tldraw(tldraw_shape("a", "geo"), tldraw_shape("b", "embed", index="a2", props={"url": "https://a.b/v"}))


def chosen(name: str, body: bytes) -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": body}


def size_of(picture: Path) -> tuple[int, int]:
    with Image.open(picture) as opened:
        return opened.size


async def the_list(visit: Visit, easel: Easel, person: Person) -> Page:
    page = await (await visit(person)).new_page()
    await page.goto(f"{easel.url}/boards")
    return page


async def test_a_chosen_file_opens_as_a_board(visit: Visit, easel: Easel, ana: Person) -> None:
    page = await the_list(visit, easel, ana)
    async with page.expect_file_chooser() as chooser:
        await page.get_by_text("Open file").click()
    await (await chooser.value).set_files(chosen("Talk.tldr", TALK))
    await page.wait_for_url("**/boards/j*")
    await expect(page.locator("#shapes > *")).to_have_count(2)
    await expect(page.locator("#toasts")).to_contain_text("Talk.tldr: 2 shapes. 1 embed became a link.")


async def test_files_dropped_on_the_list_become_boards(visit: Visit, easel: Easel, ana: Person) -> None:
    page = await the_list(visit, easel, ana)
    files = [[name, "", b64encode(PLAN).decode()] for name in ("One.excalidraw", "Two.excalidraw")]
    await page.evaluate(BRING, ["drop", {}, files, "main"])
    await expect(page.locator("#boards .card")).to_have_count(2)
    assert {one["title"] for one in (await ana.get("/boards")).json["boards"]} == {"One", "Two"}


async def test_an_icon_on_the_list_becomes_a_board_with_a_picture(visit: Visit, easel: Easel, ana: Person) -> None:
    page = await the_list(visit, easel, ana)
    icon = svg('<path d="M0 0C9 0 20 9 20 20C9 20 0 9 0 0z"/>', w=24, h=24)
    async with page.expect_file_chooser() as chooser:
        await page.get_by_text("Open file").click()
    await (await chooser.value).set_files(chosen("icon.svg", icon))
    await page.wait_for_url("**/boards/j*")
    await expect(page.locator("#shapes image")).to_have_count(1)
    assert (await page.title()).startswith("icon")


async def test_a_file_dropped_on_a_board_is_undone_at_once(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, shape_of_kind("note", "n"))
    await bring(page, "drop", {}, ("talk.tldr", "", TALK))
    await page.toast("talk.tldr: 2 shapes. 1 embed became a link.")
    await page.has_shapes(3)
    await page.page.keyboard.press("Control+z")
    await page.has_shapes(1)
    assert set(await after(page, ana, board)) == {"n"}


async def test_a_picture_with_a_scene_in_it_is_a_drawing(visit: Visit, easel: Easel, ana: Person) -> None:
    page, _ = await opened_to_select(visit, easel, ana)
    scene = json.dumps({"encoded": PLAN.decode(), "compressed": False}).encode()
    text = b"application/vnd.excalidraw+json\0" + scene
    png = b"\x89PNG\r\n\x1a\n" + len(text).to_bytes(4, "big") + b"tEXt" + text + bytes(4)
    await bring(page, "drop", {}, ("plan.png", "image/png", png))
    await page.has_shapes(2)


async def test_a_board_is_exported_by_the_keyboard(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana, shape_of_kind("note", "n", text="Buy milk"))
    await page.page.keyboard.press("Control+Shift+e")
    dialog = page.page.get_by_role("dialog", name="Export the board")
    await expect(dialog).to_be_visible()
    async with page.page.expect_download() as download:
        await dialog.get_by_role("link", name="Markdown").press("Enter")
    file = await download.value
    assert file.suggested_filename.endswith(".md")
    assert "- Buy milk" in await asyncio.to_thread((await file.path()).read_text)
    await page.page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    assert set(await after(page, ana, board)) == {"n"}


async def test_a_pdf_that_is_refused_says_why_in_the_dialog(visit: Visit, easel: Easel, ana: Person) -> None:
    far = shape_of_kind("note", "far", x=90_000, y=90_000)
    page, _ = await opened_to_select(visit, easel, ana, shape_of_kind("note", "n"), far)
    await page.page.keyboard.press("Control+Shift+e")
    dialog = page.page.get_by_role("dialog", name="Export the board")
    await dialog.get_by_label("Pages of the PDF").select_option("PDF: sheets of A4")
    await dialog.get_by_role("link", name="PDF").click()
    await expect(dialog.get_by_role("status")).to_contain_text("sheets of A4. A PDF has at most")
    await dialog.get_by_label("Pages of the PDF").select_option("PDF: one page")
    async with page.page.expect_download() as download:
        await dialog.get_by_role("link", name="PDF").click()
    assert (await download.value).suggested_filename.endswith(".pdf")
    await expect(dialog.get_by_role("status")).to_have_text("")


async def test_a_picture_and_pages_of_a_part_are_exported(visit: Visit, easel: Easel, ana: Person) -> None:
    far = shape_of_kind("note", "far", x=900)
    frame = shape_of_kind("frame", "f", x=400, w=300, h=200, text="Idea")
    page, _ = await opened_to_select(visit, easel, ana, shape_of_kind("note", "n"), frame, far)
    await page.page.keyboard.press("Control+a")
    await page.page.keyboard.press("Control+Shift+e")
    dialog = page.page.get_by_role("dialog", name="Export the board")
    part = dialog.get_by_label("What the picture shows")
    assert (await part.inner_text()).split("\n") == ["The whole board", "What is selected (3)", "Frame: Idea"]
    await part.select_option("Frame: Idea")
    await dialog.get_by_label("2×").check()
    await dialog.get_by_label("No background").check()
    await expect(dialog.get_by_role("img", name="Preview")).to_be_visible()
    asked: list[str] = []
    page.page.on("request", lambda request: asked.append(request.url))
    async with page.page.expect_download() as download:
        await dialog.get_by_role("link", name="PNG").click()
    file = await download.value
    assert file.suggested_filename.endswith(".png")
    assert any(url.endswith(".png?frame=f&background=none&scale=2") for url in asked)
    assert await asyncio.to_thread(size_of, await file.path()) == (604, 404)  # with the line around it
    pages = dialog.get_by_label("Pages of the PDF")
    await expect(pages.get_by_role("option", name="a page for each frame")).to_be_disabled()
    await part.select_option("The whole board")
    await pages.select_option("PDF: a page for each frame")
    async with page.page.expect_download() as download:
        await dialog.get_by_role("link", name="PDF").click()
    file = await download.value
    assert any(url.endswith(".pdf?background=none&pages=frames") for url in asked)
    assert (await asyncio.to_thread((await file.path()).read_bytes)).startswith(b"%PDF")
