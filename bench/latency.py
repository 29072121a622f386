"""Stroke to viewer: from the moment a stroke is sent to the moment its SVG reaches each reader's socket."""

import aiohttp

from bench.process import memory, servers
from bench.table import Table, percentile
from bench.viewers import let_go, watch
from bench.writers import Writer, until_seen
from harness.people import Person
from harness.processes import Easel

VIEWERS = (2, 10, 50, 200, 500)
RATE = 20  # strokes a second, by one writer
STROKES = 200


async def run(easel: Easel) -> Table:
    table = Table(
        "latency",
        f"Stroke to viewer, {RATE} strokes/s of 60 points, ms",
        [
            "viewers",
            "p50",
            "p95",
            "p99",
            "worst",
            "worst viewer's p50",
            "acknowledged p50",
            "bytes a stroke",
            "MB",
            "lost",
        ],
    )
    for viewers in VIEWERS:
        table.add(viewers, *await measure(easel, viewers))
    return table


async def measure(easel: Easel, viewers: int, strokes: int = STROKES) -> list[float]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        person = await Person.sign_in(http, easel.url, "Bench")
        board = await person.create_board("Latency", "link-edit")
        watching = await watch(easel.url, board, viewers)
        writer = Writer([person], board)
        await until_seen({*(await writer.draw(RATE, 10)).sent}, watching)
        for viewer in watching:
            viewer.bytes = 0
        placed = await writer.draw(RATE, strokes)
        await until_seen({*placed.sent}, watching)
        used = sum(map(memory, servers(easel)))
        let_go(watching)
    each = [
        sorted((viewer.arrivals[name] - at) * 1000 for name, at in placed.sent.items() if name in viewer.arrivals)
        for viewer in watching
    ]
    times = sorted(time for one in each for time in one)
    return [
        *(percentile(times, share) for share in (50, 95, 99)),
        times[-1],
        max(percentile(one, 50) for one in each),
        percentile(sorted(placed.acknowledged.values()), 50),
        sum(viewer.bytes for viewer in watching) / len(watching) / strokes,
        used,
        viewers * strokes - len(times),
    ]
