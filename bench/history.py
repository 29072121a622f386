"""A board at random moments of its past: how long a page takes, and what checkpoints take."""

import asyncio
import random
import statistics
import time
import uuid
from pathlib import Path
from typing import Any

import aiohttp

from app.convex.deployment import Deployment
from app.shapes import ChangeIn
from bench.process import memory, servers
from bench.strokes import stroke
from bench.table import Table, percentile
from harness.people import Person
from harness.processes import Easel

CHANGES = (1_000, 10_000, 100_000)
MOST = 5_000  # strokes on the board at a time
PEOPLE = 24  # who draw at once
MOMENTS = 24
NEAR = 20  # changes between two moments of somebody who looks around
QUIET = 14.0  # s without a new file: the background is through


async def run(easel: Easel) -> Table:
    table = Table(
        "history",
        "Easel: the page of a board at a random moment",
        ["changes", "from start ms", "first ms", "cold ms", "cold p95", "warm ms", "warm p95", "files MB", "server MB"],
        note=(
            "A change is a stroke of 60 points, a move or a deletion; there are 5,000 strokes at a time, at most. From "
            "start: without checkpoints. First: all processes were just started. Cold: far from what was shown before. "
            "Warm: 20 changes from it. Files: all in file storage, which is checkpoints and one snapshot."
        ),
    )
    for changes in CHANGES:
        table.add(changes, *await measure(easel, changes))
    return table


async def measure(easel: Easel, changes: int) -> list[float]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        people = [await Person.sign_in(http, easel.url, f"Bench {n}") for n in range(PEOPLE)]
        before = stored(easel)
        board, moments = await drawn(easel, people, changes)
        moments.sort()
        start = await fetch(people[0], board, moments[-2])
        await settled(easel)
        easel.program.stop()
        easel.start()
        first = await fetch(people[0], board, moments[changes // 3])
        cold = [await fetch(people[0], board, ts) for ts in random.Random(1).sample(moments, MOMENTS)]
        at = changes // 2
        await fetch(people[0], board, moments[at])
        warm = [await fetch(people[0], board, moments[at + n * min(NEAR, changes // 60)]) for n in range(1, MOMENTS)]
        taken = (stored(easel) - before) / 1e6
        used = sum(map(memory, servers(easel)))
    return [start, first, *both(cold), *both(warm), taken, used]


def both(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), percentile(sorted(times), 95)


async def drawn(easel: Easel, people: list[Person], changes: int) -> tuple[str, list[int]]:
    """A board, and the ts of each of its changes."""
    chance = random.Random(changes)
    board = await people[0].create_board(f"{changes} changes", "link-edit")
    live: list[str] = []
    moments: list[int] = []
    left = iter(range(changes))

    def change() -> dict[str, Any]:
        if len(live) < 20 or (len(live) < MOST and chance.random() < 0.7):
            new = stroke(chance)
            live.append(new["id"])
            return {"put": [new]}
        at = chance.randrange(len(live) - 10)
        if len(live) >= MOST or chance.random() < 0.3:
            return {"remove": [live.pop(at)]}
        return {"patch": {live[at]: {"x": round(chance.uniform(0, 4000), 2)}}}

    async def draw(deployment: Deployment, person: Person) -> None:
        for _ in left:
            args = ChangeIn.model_validate({"changeId": str(uuid.uuid4()), **change()}).args()
            done = await deployment.mutation("changes:commit", {"board": board, **args}, token=person.token)
            moments.append(int(done["ts"]))

    # Past the web process, which would take most of the time.
    async with Deployment(easel.convex_url) as deployment:
        await asyncio.gather(*(draw(deployment, person) for person in people))
    return board, moments


def stored(easel: Easel) -> int:
    files = Path(easel.settings["DATA_DIR"]) / "convex" / "files"
    return sum(file.stat().st_size for file in files.iterdir() if file.is_file()) if files.exists() else 0


async def settled(easel: Easel) -> None:
    """Waits until nothing has been stored for a while."""
    size, since = -1, time.monotonic()
    while time.monotonic() - since < QUIET:
        await asyncio.sleep(0.5)
        if (now := stored(easel)) != size:
            size, since = now, time.monotonic()


async def fetch(person: Person, board: str, ts: int) -> float:
    """Milliseconds of one page."""
    start = time.perf_counter()
    answer = await person.get(f"/boards/{board}?at={ts}", headers={"Accept": "text/html"})
    assert answer.status == 200, answer.body[:300]
    return (time.perf_counter() - start) * 1000
