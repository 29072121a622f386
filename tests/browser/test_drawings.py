"""Formats known by their first bytes, reasons hidden by a catch-all, and vectors turned into rasters too soon."""

import io
import json
import struct
from html import escape

import pytest
from PIL import Image
from playwright.async_api import expect

from harness.drawings import tldraw_shape
from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.bringing import bring
from tests.browser.conftest import Visit
from tests.browser.seeded import after, opened_to_select

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" '
ICON = f'{HEAD}width="24" height="24" viewBox="0 0 24 24"><path d="M4 4h16v16H4z" fill="#c00"/></svg>'
FLOW = f"""{HEAD}width="200" height="100"><rect width="200" height="100" fill="#0a0"/><switch>
<foreignObject width="200" height="100"><div xmlns="http://www.w3.org/1999/xhtml">Words</div></foreignObject>
<text x="10" y="20">Words</text></switch></svg>"""


async def image_of(page: BoardPage, ana: Person, board: str) -> tuple[dict[str, object], Image.Image]:
    """The only shape, and the picture that the server keeps of it."""
    await page.has_shapes(1)
    await expect(page.page.locator(".upload")).to_have_count(0)
    (shape,) = (await after(page, ana, board)).values()
    answer = await ana.get(f"/boards/{board}/images/{shape['file']}")
    return shape, Image.open(io.BytesIO(answer.body))


@pytest.mark.parametrize(
    "code",
    [
        f"<?xml version='1.0'?>\n<!-- Made by hand -->\n{ICON}".encode(),
        f'\ufeff<?xml version="1.0" encoding="UTF-16"?>{ICON}'.encode("utf-16-le"),
        ICON.replace(' xmlns="http://www.w3.org/2000/svg"', "").encode(),
    ],
    ids=["a declaration and a comment", "UTF-16", "no namespace"],
)
async def test_an_icon_stays_small_and_sharp(visit: Visit, easel: Easel, ana: Person, code: bytes) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    await bring(page, "drop", {}, ("icon", "", code))
    shape, kept = await image_of(page, ana, board)
    assert (shape["w"], shape["h"]) == (24, 24)
    assert kept.size == (2048, 2048)
    assert kept.convert("RGBA").getpixel((10, 10)) == (0, 0, 0, 0)
    edge = [kept.convert("RGBA").getpixel((x, 1024)) for x in (335, 350)]  # the path begins at 341
    assert [pixel[3] for pixel in edge] == [0, 255]  # type: ignore[index]


async def test_a_diagram_becomes_shapes_and_a_picture_if_that_is_liked_better(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    await bring(page, "paste", {"text/plain": f"<?xml version='1.0'?><!-- draw.io -->{FLOW}"})
    await page.toast("drawing.svg: 1 shape.")
    await page.has_shapes(1)
    (shape,) = (await after(page, ana, board)).values()
    assert (shape["kind"], shape["text"], shape["color"]) == ("rectangle", "Words", "#00aa00")
    await page.page.get_by_role("button", name="Make it a picture").click()
    await page.toast("without its parts in HTML (foreignObject)")
    await expect(page.page.locator("#shapes image")).to_have_count(1)
    _, kept = await image_of(page, ana, board)
    red, green, blue = kept.convert("RGB").getpixel((1900, 900))  # type: ignore[misc]
    assert (red < 40, green > 130, blue < 40) == (True, True, True)


async def test_an_icon_is_a_picture_and_shapes_if_that_is_liked_better(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    await bring(page, "drop", {}, ("icon.svg", "image/svg+xml", ICON.encode()))
    await page.toast("icon.svg is a picture")
    await image_of(page, ana, board)
    await page.page.get_by_role("button", name="Make shapes of it").click()
    await page.toast("icon.svg: 1 shape.")
    await expect(page.page.locator("#shapes image")).to_have_count(0)
    (shape,) = (await after(page, ana, board)).values()
    assert (shape["kind"], shape["color"], shape["fill"]) == ("rectangle", "#cc0000", "solid")


async def test_what_tldraw_copies_is_pasted(visit: Visit, easel: Easel, ana: Person) -> None:
    shapes = [
        tldraw_shape("a", "geo", props={"text": "Plan"}),
        tldraw_shape("b", "text", props={"text": "a < b"}, y=90),
    ]
    copied = {"assets": [], "shapes": shapes, "bindings": [], "rootShapeIds": ["shape:a", "shape:b"]}
    about = {"type": "application/tldraw", "kind": "content", "version": 2, "data": copied}
    html = f"<meta charset='utf-8'><div data-tldraw=\"\">{escape(json.dumps(about), quote=False)}</div>"
    page, board = await opened_to_select(visit, easel, ana)
    await bring(page, "paste", {"text/html": html, "text/plain": "Plan a < b"})
    await page.has_shapes(2)
    found = (await after(page, ana, board)).values()
    assert sorted((shape["kind"], shape["text"]) for shape in found) == [("rectangle", "Plan"), ("text", "a < b")]


async def test_a_drawing_neither_runs_nor_loads_anything(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    asked: list[str] = []
    page.page.on("request", lambda request: asked.append(request.url))
    evil = f"""{HEAD}width="40" height="40" onload="document.title='run'"><script>document.title='run'</script>
<style>@import url("/evil.css"); rect {{ fill: url("/evil.svg#a") }}</style>
<image href="/evil.png" width="9" height="9"/>
<rect width="40" height="40"/></svg>"""
    await bring(page, "drop", {}, ("evil.svg", "image/svg+xml", evil.encode()))
    await page.toast("pictures that it only links to")
    await image_of(page, ana, board)
    assert "run" not in await page.page.title()
    assert [url for url in asked if "evil" in url] == []


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (ICON[:-20], "its end is missing"),
        (f"{HEAD}width='0' height='5'/>", "without a size"),
        (
            f"<!DOCTYPE svg [<!ENTITY a 'xx'><!ENTITY b '&a;&a;'>]>{HEAD}><text>&b;</text></svg>",
            "entities made of entities",
        ),
    ],
)
async def test_a_drawing_that_cannot_be_had_says_why(
    visit: Visit, easel: Easel, ana: Person, code: str, says: str
) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    await bring(page, "drop", {}, ("bad.svg", "image/svg+xml", code.encode()))
    await page.toast(says)
    assert await after(page, ana, board) == {}


async def test_a_transparent_icon_file_stays_transparent(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    picture = Image.new("RGBA", (32, 32), (0, 0, 0, 0))
    picture.paste((20, 120, 220, 255), (8, 8, 24, 24))
    body = io.BytesIO()
    picture.save(body, "ICO", sizes=[(32, 32)])
    await bring(page, "drop", {}, ("favicon.ico", "image/x-icon", body.getvalue()))
    _, kept = await image_of(page, ana, board)
    assert kept.mode == "RGBA"
    assert kept.getpixel((1, 1))[3] == 0  # type: ignore[index]
    assert kept.getpixel((16, 16)) == (20, 120, 220, 255)


async def test_a_picture_that_moves_is_said_to_stand_still(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue", "green")]
    body = io.BytesIO()
    frames[0].save(body, "GIF", save_all=True, append_images=frames[1:], duration=100)
    await bring(page, "drop", {}, ("wave.gif", "image/gif", body.getvalue()))
    await page.toast("wave.gif is animated")
    _, kept = await image_of(page, ana, board)
    assert kept.convert("RGB").getpixel((5, 5))[0] > 200  # type: ignore[index]


async def test_a_picture_that_no_browser_here_opens_is_named(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    heic = struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + bytes(60)
    await bring(page, "drop", {}, ("photo.heic", "image/heic", heic))
    await page.toast("photo.heic is a HEIC picture, which this browser cannot open")
    assert await after(page, ana, board) == {}
