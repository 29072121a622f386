"""Where a stroke's time goes, hop by hop: each line adds one hop to the one above, and was measured from outside.

The last lines are what the web process says of itself, in `Server-Timing`.
"""

import asyncio
import random
import time
import uuid
from collections.abc import Awaitable, Callable
from statistics import median
from typing import Any

import aiohttp

from app.convex.deployment import Deployment
from app.shapes import ChangeIn
from bench.strokes import stroke
from bench.table import Table, percentile
from bench.viewers import Viewer, let_go, watch
from harness.people import Person
from harness.processes import Easel

REPEATS = 200
RATE = 20  # a second
Call = Callable[[], Awaitable[object]]


async def run(easel: Easel) -> Table:
    table = Table("hops", f"Where a stroke's time goes, {RATE} a second, ms", ["hop", "p50", "p99"])
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        person = await Person.sign_in(http, easel.url, "Bench")
        quiet, watched = [await person.create_board("Hops", "link-edit") for _ in range(2)]
        deployment = Deployment(easel.convex_url)
        table.add("GET /version of the deployment: HTTP alone", *await timed(deployment.version))
        table.add("GET /healthz: HTTP and the web process's middleware", *await timed(lambda: person.get("/healthz")))
        table.add(
            "a commit, straight to the deployment, nobody watching",
            *await timed(lambda: deployment.mutation("changes:commit", args(quiet), token=person.token)),
        )
        [viewer] = await watch(easel.url, watched, 1)
        table.add(
            "the same with a hub watching",
            *await timed(lambda: deployment.mutation("changes:commit", args(watched), token=person.token)),
        )
        told: dict[str, list[float]] = {}
        table.add("the same through the web process: acknowledged", *await timed(lambda: posted(person, watched, told)))
        table.add("until a viewer has it", *await timed(lambda: seen(person, watched, viewer)))
        let_go([viewer])
        await deployment.close()
    for name, spent in told.items():
        table.add(f"of which the web process says: {name}", median(spent), percentile(sorted(spent), 99))
    return table


async def timed(call: Call) -> list[float]:
    """p50 and p99 in ms, at RATE."""
    spent = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        await call()
        spent.append((time.perf_counter() - start) * 1000)
        await asyncio.sleep(max(0, start + 1 / RATE - time.perf_counter()))
    return [median(spent), percentile(sorted(spent), 99)]


def change() -> dict[str, Any]:
    return {"changeId": str(uuid.uuid4()), "put": [stroke(random.Random())]}


def args(board: str) -> dict[str, Any]:
    return {"board": board, **ChangeIn.model_validate(change()).args()}


async def posted(person: Person, board: str, told: dict[str, list[float]]) -> None:
    answer = await person.post(f"/boards/{board}/changes", change())
    assert answer.status == 201, answer.body
    for part in answer.headers.get("Server-Timing", "").split(","):
        name, _, spent = part.strip().partition(";dur=")
        if spent:
            told.setdefault(name, []).append(float(spent))


async def seen(person: Person, board: str, viewer: Viewer) -> None:
    drawn = change()
    name = drawn["put"][0]["id"].encode()
    sending = asyncio.create_task(person.post(f"/boards/{board}/changes", drawn))
    while name not in viewer.arrivals:
        await asyncio.sleep(0)
    arrived = viewer.arrivals[name]
    await sending
    assert arrived
