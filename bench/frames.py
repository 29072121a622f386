"""Frames in a real Chromium (software rendering) while panning, zooming and drawing on a full board."""

import asyncio

import aiohttp
from playwright.async_api import Page, async_playwright

from bench.opening import seed
from bench.table import Table
from harness.chromium import launch
from harness.people import Person
from harness.processes import Easel

STROKES = (1_000, 10_000)

WATCH = """() => { window.frames_ = []; let last = performance.now();
  const tick = now => { window.frames_.push(now - last); last = now; window.tick_ = requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }"""
STOP = "() => { cancelAnimationFrame(window.tick_); return window.frames_.slice(2); }"


async def run(easel: Easel) -> Table:
    table = Table(
        "frames",
        "Frames in Chromium, software rendering, ms: median / 95th percentile",
        ["strokes", "ready", "pan", "zoom", "draw"],
        note="Ready: from navigation until one can draw. A frame at 60 a second takes 16.7 ms.",
    )
    for strokes in STROKES:
        table.add(strokes, *await measure(easel.url, strokes))
    return table


async def measure(url: str, strokes: int) -> list[float | str]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        person = await Person.sign_in(http, url, "Bench")
        board = await seed(person, strokes)
    async with async_playwright() as playwright:
        browser = await launch(playwright.chromium)
        context = await browser.new_context(viewport={"width": 1280, "height": 800})
        await context.add_cookies([{"name": "session", "value": person.token, "url": url}])
        page = await context.new_page()
        await page.goto(f"{url}/boards/{board}")
        ready = await until_ready(page)
        pairs = [await panning(page), await zooming(page), await drawing(page)]
        await browser.close()
    return [ready, *(f"{median:.1f} / {high:.1f}" for median, high in pairs)]


async def until_ready(page: Page) -> float:
    """Milliseconds since navigation. No locators: Playwright's put listeners on the page that cost 40 ms a frame."""
    while not await page.evaluate("document.body.dataset.ready === 'true'"):
        await asyncio.sleep(0.01)
    return float(await page.evaluate("performance.now()"))


async def panning(page: Page) -> tuple[float, float]:
    await page.mouse.move(640, 400)
    await page.evaluate(WATCH)
    for step in range(60):
        await page.mouse.wheel(20 if step < 30 else -20, 12)
    return middle(await page.evaluate(STOP))


async def zooming(page: Page) -> tuple[float, float]:
    await page.evaluate(WATCH)
    await page.keyboard.down("Control")
    for step in range(40):
        await page.mouse.wheel(0, -20 if step < 20 else 20)
    await page.keyboard.up("Control")
    return middle(await page.evaluate(STOP))


async def drawing(page: Page) -> tuple[float, float]:
    await page.keyboard.press("p")
    await page.mouse.move(400, 300)
    await page.mouse.down()
    await page.evaluate(WATCH)
    for step in range(100):
        await page.mouse.move(400 + 4 * step, 300 + (step % 10) * 6)
    frames = middle(await page.evaluate(STOP))
    await page.mouse.up()
    return frames


def middle(frames: list[float]) -> tuple[float, float]:
    ordered = sorted(frames) or [0.0]
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
