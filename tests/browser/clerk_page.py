"""A browser in which ClerkJS itself runs, as the person there uses it, and what it is refused."""

import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Page, Response, expect

from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.identity.resources import PASSWORD

SHOW = """hidden => {
  const seen = { hidden, visibilityState: hidden ? "hidden" : "visible" };
  for (const name in seen) Object.defineProperty(document, name, { configurable: true, get: () => seen[name] });
  document.hasFocus = () => !hidden;
  document.dispatchEvent(new Event("visibilitychange"));
  if (!hidden) dispatchEvent(new Event("focus"));
}"""


@dataclass
class ClerkBrowser:
    """`refused` are the paths of Easel's that were answered with 401."""

    context: BrowserContext
    easel: Easel
    refused: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, context: BrowserContext, easel: Easel) -> Self:
        found = cls(context, easel)
        context.on("response", found.note)
        return found

    def note(self, answer: Response) -> None:
        if answer.status == 401 and answer.url.startswith(self.easel.url):
            self.refused.append(urlsplit(answer.url).path)

    async def sign_in(self, name: str = "ana") -> Page:
        """By Clerk's own component, to the boards."""
        page = await self.context.new_page()
        await page.goto(f"{self.easel.url}/sign-in")
        await enter(page, name)
        await expect(page).to_have_url(re.compile("/boards$"))
        return page

    async def new_board(self, page: Page) -> BoardPage:
        await page.locator("form[action='/boards'] button").first.click()
        await expect(page).to_have_url(re.compile("/boards/.+"))
        board = BoardPage(page)
        await board.ready()
        return board

    async def start(self, name: str = "ana") -> BoardPage:
        """A new board of somebody who has just signed in."""
        return await self.new_board(await self.sign_in(name))


async def enter(page: Page, name: str, password: str = PASSWORD) -> None:
    await page.get_by_label("Email address").fill(f"{name}@example.com")
    await page.keyboard.press("Enter")
    await page.get_by_label("Password", exact=True).fill(password)
    await page.keyboard.press("Enter")


async def hide(board: BoardPage) -> None:
    """As pages see it that another tab covers. Chromium goes on with their timers, which it would slow down."""
    await board.page.evaluate(SHOW, True)


async def show(board: BoardPage) -> None:
    await board.page.evaluate(SHOW, False)


async def draw_slowly(board: BoardPage, strokes: int, row: int = 0) -> None:
    """A stroke each second: what is tested is time passing."""
    for n in range(strokes):
        await board.draw(wave(300 + 40 * n, 250 + 60 * row))
        await board.page.wait_for_timeout(1_000)
