"""A board on which tests select and transform shapes, by real pointer and key events."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Route, expect

from harness.people import Person
from tests.browser.board_page import BoardPage, Points
from tests.browser.conftest import Visit

PHONE = {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True}
BOX = "e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.right, r.bottom] }"
RECTANGLE = {"id": "rectangle", "kind": "rectangle", "x": 300, "y": 200, "w": 120, "h": 80}


class Board:
    """Ana's board with these shapes, as one page shows it and as the server has it."""

    def __init__(self, page: BoardPage, person: Person, url: str) -> None:
        self.page = page
        self.person = person
        self.id = url.rsplit("/", 1)[1]
        self.mouse = page.page.mouse
        self.keyboard = page.page.keyboard

    @classmethod
    async def open(cls, visit: Visit, person: Person, url: str, *shapes: dict[str, Any], **options: Any) -> "Board":
        assert (await person.draw(url.rsplit("/", 1)[1], *shapes)).status == 201
        board = cls(await BoardPage.open(await visit(person, **options), url), person, url)
        await board.page.has_shapes(len(shapes))
        await board.keyboard.press("v")
        return board

    async def shape(self, id: str) -> dict[str, Any]:
        """As the server has it, once the page has nothing pending."""
        await expect(self.page.page.locator(".drafts:not([data-pending])")).to_be_attached(timeout=15_000)
        return next(shape for shape in await self.person.shapes(self.id) if shape["id"] == id)

    async def box(self, id: str) -> list[float]:
        found: list[float] = await self.page.page.locator(f"#shapes > [id='{id}']").evaluate(BOX)
        return found

    async def patch(self, id: str, **fields: Any) -> None:
        change = {"changeId": f"patch-{id}-{len(fields)}", "patch": {id: fields}}
        assert (await self.person.post(f"/boards/{self.id}/changes", change)).status == 201

    async def drag(self, points: Points, *keys: str) -> None:
        """Keys are held from the press to the release."""
        await self.mouse.move(*points[0])
        for key in keys:
            await self.keyboard.down(key)
        await self.page.drag(points)
        for key in keys:
            await self.keyboard.up(key)

    async def has_handles(self, count: int) -> None:
        await expect(self.page.page.locator("#selection .handle")).to_have_count(count)

    async def has_selected(self, *ids: str) -> None:
        """Waits until a press of Delete would remove just these: until the box around them is theirs."""
        boxes = [await self.box(id) for id in ids]
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
        await self.page.page.wait_for_function(
            "box => { const e = document.querySelector('#selection .box'); if (!e) return false;"
            " const r = e.getBoundingClientRect();"
            " return [r.x, r.y, r.right, r.bottom].every((v, i) => Math.abs(v - box[i]) < 6) }",
            arg=[left, top, right, bottom],
        )

    async def has_nothing_selected(self) -> None:
        await expect(self.page.page.locator("#selection > *")).to_have_count(0)

    @asynccontextmanager
    async def held(self, action: str = "changes") -> AsyncIterator[None]:
        """No change, or no undo, that the page sends inside arrives before the end."""
        gate = asyncio.Event()

        async def hold(route: Route) -> None:
            await gate.wait()
            await route.continue_()

        await self.page.page.route(f"**/{action}", hold)
        yield
        gate.set()
        await expect(self.page.page.locator(".drafts:not([data-pending])")).to_be_attached(timeout=15_000)
        await self.page.page.unroute_all(behavior="wait")
