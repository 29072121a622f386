"""What people feel, in two Chromium windows: how long after a hand's event the other window's frame shows it."""

import asyncio
import math
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import pairwise

import aiohttp
from playwright.async_api import Browser, Page, async_playwright

from bench.distant import distant
from bench.frames import until_ready
from bench.opening import seed
from bench.table import Table, percentile
from bench.watching import HAND, STOP, watch
from harness.chromium import launch
from harness.people import Person, shape_of_kind
from harness.processes import Easel

ROUNDS = 3
START, WAY = (440.0, 400.0), 600.0  # px
SPEED = 300.0  # px/s
ROUND_TRIP = 0.08  # s
STROKES = 10_000
RESTS = 1.5  # s after which a page that was zoomed has drawn itself anew

INK = "(document.querySelector('.drafts > g:last-child')?.getBBox().width ?? 0) / 20"
BOX = "document.getElementById('box').getBoundingClientRect().left"
CURSOR = "document.querySelector('#cursors .cursor').getBoundingClientRect().left"


@dataclass
class Gesture:
    """`shown` is where the other window shows the hand, in px from anywhere."""

    name: str
    key: str
    shown: str
    hertz: int = 60
    pressed: bool = True
    round_trip: float = 0.0


GESTURES = (
    Gesture("wet ink, 60 Hz", "p", INK),
    Gesture("wet ink, 120 Hz", "p", INK, hertz=120),
    Gesture("wet ink, 80 ms round trip", "p", INK, round_trip=ROUND_TRIP),
    Gesture("dragging a shape", "v", BOX),
    Gesture("cursor", "v", CURSOR, pressed=False),
)


async def run(easel: Easel) -> Table:
    table = Table(
        "felt",
        f"From the hand's event to the other window's frame, ms, {ROUNDS} rounds",
        ["what", "p50", "p95", "gap", "frames with motion, %", "worst frame"],
        note="Gap: between two frames in which something moved, in the median. Two windows, the servers and the hand "
        "share the machine. The worst frame of the last row is of a window that zooms and has all strokes in view.",
    )
    async with async_playwright() as playwright:
        browser = await launch(playwright.chromium)
        for gesture in GESTURES:
            table.add(gesture.name, *await measure(browser, easel.url, gesture), None)
        frames = await zooming(browser, easel.url)
        table.add(f"zooming {STROKES:,} strokes", *[None] * 4, frames)
        await browser.close()
    return table


async def measure(browser: Browser, url: str, gesture: Gesture) -> list[float]:
    delays: list[float] = []
    gaps: list[float] = []
    shares: list[float] = []
    for _ in range(ROUNDS):
        events, frames = await play(browser, url, gesture)
        delays += delays_of(events, frames)
        moving = moved(frames)
        gaps += [after - before for before, after in pairwise(moving)]
        shares.append(100 * len(moving) / sum(moving[0] <= at <= moving[-1] for at, _ in frames))
    return [percentile(sorted(delays), 50), percentile(sorted(delays), 95), percentile(sorted(gaps), 50), min(shares)]


async def play(
    browser: Browser, url: str, gesture: Gesture
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """When the hand was how far, and which frame of the other window showed how much of that."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        ana, ben = [await Person.sign_in(http, url, name) for name in ("Ana", "Ben")]
        board = await ana.create_board("Felt", "link-edit")
        box = shape_of_kind("rectangle", "box", x=390, y=350, w=100, h=100, fill="solid")
        assert (await ana.draw(board, box)).status == 201
        if gesture.round_trip:
            url = await stack.enter_async_context(distant(url, gesture.round_trip))
        hand, viewer = [await opened(browser, url, board, person) for person in (ana, ben)]
        while await viewer.locator("#people .person").count() < 2 or await hand.locator("#people .person").count() < 2:
            await asyncio.sleep(0.05)
        await hand.keyboard.press(gesture.key)
        await hand.mouse.move(*START)
        await asyncio.sleep(0.5)
        if gesture.pressed:
            await hand.mouse.down()
        await viewer.evaluate(watch(gesture.shown))
        await hand.evaluate(HAND, START[0])
        await sweep(hand, gesture)
        await asyncio.sleep(0.5)
        events, frames = await hand.evaluate("hand_"), await viewer.evaluate(STOP)
        for page in (hand, viewer):
            await page.context.close()
    return events, [(at, x - frames[0][1]) for at, x in frames]


async def opened(browser: Browser, url: str, board: str, person: Person) -> Page:
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    await context.add_cookies([{"name": "session", "value": person.token, "url": url}])
    page = await context.new_page()
    await page.goto(f"{url}/boards/{board}")
    await until_ready(page)
    return page


async def sweep(page: Page, gesture: Gesture) -> None:
    """To the right on a slight wave, on time whether or not the page keeps up."""
    devtools = await page.context.new_cdp_session(page)
    pressed = {"button": "left", "buttons": 1} if gesture.pressed else {}
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.TaskGroup() as sending:
        for step in range(1, int(gesture.hertz * WAY / SPEED) + 1):
            await asyncio.sleep(began + step / gesture.hertz - loop.time())
            x = START[0] + step * SPEED / gesture.hertz
            place = {"type": "mouseMoved", "x": x, "y": START[1] + 20 * math.sin(x / 40), **pressed}
            sending.create_task(devtools.send("Input.dispatchMouseEvent", place))


def delays_of(events: list[tuple[float, float]], frames: list[tuple[float, float]]) -> list[float]:
    """From each event to the first frame that shows it, within a px."""
    delays, at = [], 0
    for time, way in events:
        while at < len(frames) and (frames[at][1] < way - 1 or frames[at][0] < time):
            at += 1
        if at < len(frames):
            delays.append(frames[at][0] - time)
    return delays


def moved(frames: list[tuple[float, float]]) -> list[float]:
    return [after[0] for before, after in pairwise(frames) if after[1] != before[1]]


async def zooming(browser: Browser, url: str) -> float:
    """The longest frame while a hand zooms in and out, and rests in between."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        person = await Person.sign_in(http, url, "Ana")
        page = await opened(browser, url, await seed(person, STROKES), person)
    await page.mouse.move(640, 400)
    await asyncio.sleep(RESTS)
    await page.evaluate(watch("0"))
    await page.keyboard.down("Control")
    for direction in (1, -1) * ROUNDS:
        for _ in range(8):
            await page.mouse.wheel(0, 20 * direction)
        await asyncio.sleep(RESTS)
    times: list[float] = [at for at, _ in await page.evaluate(STOP)]
    await page.context.close()
    return max(after - before for before, after in pairwise(times))
