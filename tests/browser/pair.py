"""Two people on one board, and what their hands do and show."""

import asyncio
import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit

BOX = "e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.right, r.bottom] }"


def cursor_of(page: Page, name: str) -> Locator:
    return page.locator("#cursors .cursor").filter(has_text=name)


async def at(cursor: Locator, x: float, y: float) -> None:
    """Wait until the cursor has come there, in window px."""
    async with asyncio.timeout(10):
        while True:
            box = await cursor.bounding_box()
            if box and abs(box["x"] - x) < 3 and abs(box["y"] - y) < 3:
                return
            await asyncio.sleep(0.02)


async def two(visit: Visit, ana: Person, ben: Person, url: str, **options: Any) -> tuple[BoardPage, BoardPage]:
    """Ana and Ben on one board, each knowing of the other."""
    one = await BoardPage.open(await visit(ana, **options), url)
    other = await BoardPage.open(await visit(ben, **options), url)
    for board in (one, other):
        await expect(board.page.locator("#people .person")).to_have_count(2)
    return one, other


async def hold(board: BoardPage, tool: str, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A press with that tool that has come from one place to another, and is not released."""
    await board.pick(tool)
    await board.page.mouse.move(*start)
    await board.page.mouse.down()
    await board.page.mouse.move(*end, steps=10)


async def same_view(one: BoardPage, other: BoardPage) -> None:
    async with asyncio.timeout(10):
        while True:
            views = [matrix(await board.camera()) for board in (one, other)]
            if all(abs(a - b) < 1 for a, b in zip(*views, strict=True)):
                return
            await asyncio.sleep(0.02)


def matrix(transform: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", transform.partition("(")[2])]
