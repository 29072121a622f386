"""Opening a board in Chromium over a slow network, as its own network emulation has it, with nothing cached."""

import statistics
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from playwright.async_api import Browser, async_playwright

from bench.frames import until_ready
from bench.opening import seed
from bench.table import Table
from harness.chromium import launch
from harness.people import Person
from harness.processes import Easel

STROKES = 20
REPEATS = 7
NETWORKS = {"100 ms, 10 Mbit/s": (100, 10e6), "300 ms, 1.6 Mbit/s": (300, 1.6e6)}


@dataclass
class Traffic:
    """What the network panel counts: everything that is asked for until the page is ready."""

    requests: set[str] = field(default_factory=set)
    size: float = 0  # bytes on the wire

    def asked(self, event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            self.requests.add(event["requestId"])

    def answered(self, event: dict[str, Any]) -> None:
        self.size += event["response"]["encodedDataLength"]  # of its headers

    def received(self, event: dict[str, Any]) -> None:
        self.size += event["encodedDataLength"]


async def run(easel: Easel) -> Table:
    table = Table(
        "loading",
        f"Opening a board of {STROKES} strokes in Chromium, nothing cached",
        ["network", "requests", "KB", "s until ready", "slowest"],
        note=f"Medians of {REPEATS}. Ready: one can draw, and the stream is open.",
    )
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        person = await Person.sign_in(http, easel.url, "Bench")
        board = f"{easel.url}/boards/{await seed(person, STROKES)}"
    async with async_playwright() as playwright:
        browser = await launch(playwright.chromium)
        for name, (latency, bits) in NETWORKS.items():
            visits = [await visit(browser, person, board, latency, bits) for _ in range(REPEATS)]
            requests, sizes, times = zip(*visits, strict=True)
            middle = statistics.median(times) / 1_000
            table.add(name, max(requests), statistics.median(sizes) / 1_000, middle, max(times) / 1_000)
        await browser.close()
    return table


async def visit(browser: Browser, person: Person, board: str, latency: float, bits: float) -> tuple[int, float, float]:
    """Requests, bytes and ms of one visit by a browser that has never been there."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    await context.add_cookies([{"name": "session", "value": person.token, "url": person.url}])
    page = await context.new_page()
    network, traffic = await context.new_cdp_session(page), Traffic()
    network.on("Network.requestWillBeSent", traffic.asked)
    network.on("Network.responseReceived", traffic.answered)
    network.on("Network.dataReceived", traffic.received)
    await network.send("Network.enable")
    speed = {"downloadThroughput": bits / 8, "uploadThroughput": bits / 8}
    await network.send("Network.emulateNetworkConditions", {"offline": False, "latency": latency, **speed})
    await page.goto(board)
    ready = await until_ready(page)
    await context.close()
    return len(traffic.requests), traffic.size, ready
