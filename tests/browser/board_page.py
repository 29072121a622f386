"""A board in a real browser, in the words of the person who uses it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

from playwright.async_api import BrowserContext, CDPSession, Page, expect

Points: TypeAlias = Sequence[tuple[float, float]]


@dataclass
class BoardPage:
    page: Page
    fingers: CDPSession | None = None

    @classmethod
    async def open(cls, context: BrowserContext, url: str) -> Self:
        """Opens a board and waits until its script runs and its stream is open."""
        page = await context.new_page()
        await page.goto(url)
        board = cls(page)
        await board.ready()
        return board

    async def ready(self) -> None:
        await expect(self.page.locator("body[data-ready=true]")).to_be_attached(timeout=15_000)

    async def draw(self, points: Points) -> None:
        """One stroke of the pen, in screen px, with the mouse."""
        await self.pick("pen")
        await self.drag(points)

    async def pick(self, tool: str) -> None:
        button = self.page.locator(f"#tools [data-tool={tool}]")
        if not await button.is_visible():
            await self.page.locator("#more-open").click()
        await button.click()

    async def drag(self, points: Points) -> None:
        mouse = self.page.mouse
        await mouse.move(*points[0])
        await mouse.down()
        for x, y in points[1:]:
            await mouse.move(x, y, steps=4)
        await mouse.up()

    async def saved(self, timeout: float = 15_000) -> None:
        await self.status("saved", timeout)

    async def status(self, state: str, timeout: float = 15_000) -> None:
        await expect(self.page.locator("#status")).to_have_attribute("data-state", state, timeout=timeout)

    async def has_shapes(self, count: int, timeout: float = 10_000) -> None:
        """Waits until the server's board, as this page has it, holds exactly so many shapes and no draft is left."""
        # First the count, drafts included: a paste that is still being read has no draft yet.
        await expect(self.page.locator("#shapes > [id]")).to_have_count(count, timeout=timeout)
        await expect(self.page.locator(".drafts:not([data-pending])")).to_be_attached(timeout=timeout)
        await expect(self.page.locator("#shapes > [id]")).to_have_count(count, timeout=timeout)

    async def shape_ids(self) -> list[str]:
        found: list[str] = await self.page.locator("#shapes > [id]").evaluate_all("found => found.map(e => e.id)")
        return found

    async def drawing(self) -> dict[str, str]:
        """Every shape's markup by its id, but for what a view hides: what two pages must agree on."""
        script = (
            "found => Object.fromEntries(found.map(e => {"
            " const copy = e.cloneNode(true); copy.removeAttribute('style'); return [e.id, copy.outerHTML] }))"
        )
        found: dict[str, str] = await self.page.locator("#shapes > [id]").evaluate_all(script)
        return found

    async def toast(self, text: str) -> None:
        await expect(self.page.locator("#toasts")).to_contain_text(text)

    async def camera(self) -> str:
        """The transform from board px to px of the window, however the page composes it."""
        script = "shapes => String(DOMMatrix.fromMatrix(shapes.getScreenCTM().scale(20)))"
        transform: str = await self.page.locator("#shapes").evaluate(script)
        return transform

    async def camera_moved(self, before: str) -> None:
        """Waits until the board is shown from elsewhere."""
        while await self.camera() == before:
            await self.page.evaluate("() => new Promise(requestAnimationFrame)")

    async def touch(self, kind: str, *points: tuple[float, float]) -> None:
        """A raw touch event (touchStart, touchMove, touchEnd) with these fingers."""
        # One session for a whole gesture: the fingers that are down belong to it.
        self.fingers = self.fingers or await self.page.context.new_cdp_session(self.page)
        touches = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        await self.fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    async def pen(self, kind: str, x: float, y: float, force: float = 0.5, button: str = "left") -> None:
        """A raw event of a pen (mousePressed, mouseMoved, mouseReleased) so hard; "right" is its barrel button."""
        self.fingers = self.fingers or await self.page.context.new_cdp_session(self.page)
        event = {"type": kind, "x": x, "y": y, "force": force, "pointerType": "pen", "button": button}
        down = {"left": 1, "right": 2}[button] if kind != "mouseReleased" else 0
        await self.fingers.send("Input.dispatchMouseEvent", {**event, "buttons": down, "clickCount": 1})

    async def outbox(self) -> int:
        """How many changes wait in this page's storage."""
        script = "Object.keys(localStorage).filter(k => k.startsWith('easel:outbox:')).map(k => localStorage[k])"
        boxes: list[str] = await self.page.evaluate(script)
        return sum(len(json.loads(box)) for box in boxes)


def wave(x: float, y: float, width: float = 120, height: float = 30) -> list[tuple[float, float]]:
    """A small zigzag from x, y."""
    return [(x + width * i / 6, y + (height if i % 2 else 0)) for i in range(7)]
