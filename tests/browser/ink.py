"""Ink for tests: a line that trembles, strokes of a pen and a finger, and the style to draw with."""

import math

from tests.browser.board_page import BoardPage

BOX = "e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.right, r.bottom] }"


def wobble(x: float, y: float) -> list[tuple[float, float]]:
    """A line that trembles, to the right."""
    return [(x + 6 * i, y + 40 * math.sin(i / 6) + (2 if i % 2 else -2)) for i in range(50)]


async def style(page: BoardPage, **fields: object) -> None:
    """What this browser remembers of the last style that was chosen."""
    await page.page.evaluate("style => localStorage.setItem('easel:style', JSON.stringify(style))", fields)
    await page.page.reload()
    await page.ready()
