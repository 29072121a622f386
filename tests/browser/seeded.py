"""A board that has shapes before somebody opens it, and what the server has of it afterwards."""

import time
from typing import Any

from playwright.async_api import expect

from harness.people import Person, shape_of_kind, stroke
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit

PATIENCE = 10.0  # s
PHONE = {"viewport": {"width": 375, "height": 700}, "has_touch": True, "is_mobile": True}

Shapes = dict[str, dict[str, Any]]


async def opened(
    visit: Visit, easel: Easel, ana: Person, *shapes: dict[str, Any], **options: Any
) -> tuple[BoardPage, str]:
    """A board of Ana's with these shapes, open in her browser, and its id."""
    board = await ana.create_board("Seeded", "link-edit")
    if shapes:
        assert (await ana.draw(board, *shapes)).status == 201
    return await BoardPage.open(await visit(ana, **options), f"{easel.url}/boards/{board}"), board


async def opened_to_select(visit: Visit, easel: Easel, ana: Person, *shapes: dict[str, Any]) -> tuple[BoardPage, str]:
    """A board with these shapes, and the select tool in hand."""
    page, board = await opened(visit, easel, ana, *shapes)
    await press(page, "v")
    return page, board


async def after(page: BoardPage, ana: Person, board: str) -> Shapes:
    """The server's shapes by id, once everything is saved."""
    await page.saved()
    await expect(page.page.locator("#status")).to_have_text("Saved")
    return {shape["id"]: shape for shape in await ana.shapes(board)}


async def shape_is(ana: Person, page: BoardPage, board: str, **fields: Any) -> None:
    """The server's shape `a` comes to have these fields. A slider or a dialog commits a moment after the key."""
    has: dict[str, Any] = {}
    end = time.monotonic() + PATIENCE
    while has != fields and time.monotonic() < end:
        shape = (await after(page, ana, board))["a"]
        has = {name: shape[name] for name in fields}
    assert has == fields


async def press(page: BoardPage, *keys: str) -> None:
    for key in keys:
        await page.page.keyboard.press(key)


def rectangle(name: str = "a", **fields: Any) -> dict[str, Any]:
    return shape_of_kind("rectangle", name, **{"x": 320, "y": 250, "w": 120, "h": 80, "fill": "tint", **fields})


def boxes(*places: tuple[float, float], **fields: Any) -> list[dict[str, Any]]:
    """Filled rectangles of 100 by 60 called a, b, c …"""
    names = "abcdefg"
    return [
        shape_of_kind("rectangle", names[n], x=x, y=y, w=100, h=60, fill="tint", **fields)
        for n, (x, y) in enumerate(places)
    ]


def one_of_each() -> list[dict[str, Any]]:
    """Four shapes and a stroke, listed in reading order."""
    return [
        shape_of_kind("note", "milk", x=300, y=200, color="blue", text="Buy milk"),
        shape_of_kind("arrow", "way", x=500, y=250, points=[0, 0, 100, 0]),
        shape_of_kind("rectangle", "plan", x=600, y=210, w=160, h=80, color="red", fill="tint", text="Plan"),
        shape_of_kind("text", "line", x=320, y=480, text="Hello"),
        stroke("ink", points=[0, 0, 40, 20], x=600, y=480, color="green"),
    ]
