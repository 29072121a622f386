"""`kill -9` in mid-load: what was acknowledged and is lost, what is there twice, and how soon people see again."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Callable

import aiohttp

from bench.placing import Placed, until_seen
from bench.table import Table
from bench.viewers import Viewer, let_go, watch
from bench.writers import Writer
from harness.people import Person
from harness.processes import Easel, Program

VIEWERS = 50
RATE = 40  # strokes a second
BEFORE, AFTER = 80, 320  # strokes before the blow and after it
SHARE = 0.95  # of the viewers


async def run(easel: Easel) -> Table:
    table = Table(
        "crashes",
        f"kill -9 in mid-load, {VIEWERS} viewers, {RATE} strokes/s",
        ["killed", "acknowledged", "lost", "doubled", "unseen", "s until 95 % are live"],
        note="The web process is started again at once; writers send again under the same change id.",
    )
    url = easel.start_another_web()
    web = easel.others[-1]
    table.add("web process", *await measure(url, lambda: restart(web)))
    deployment = easel.deployment_pid
    table.add("deployment", *await measure(easel.url, lambda: os.kill(deployment, signal.SIGKILL)))
    web.kill()
    return table


def restart(web: Program) -> None:
    web.kill()
    web.start()


async def measure(url: str, blow: Callable[[], object]) -> list[float]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        person = await Person.sign_in(http, url, "Bench")
        board = await person.create_board("Crash", "link-edit")
        watching = await watch(url, board, VIEWERS, stay=True)
        writer = Writer([person], board)
        before = await writer.draw(RATE, BEFORE, persist=True)
        after = asyncio.create_task(writer.draw(RATE, AFTER, persist=True))
        await asyncio.sleep(0.5)
        struck = time.perf_counter()
        await asyncio.to_thread(blow)
        placed = await after
        acknowledged = {*before.acknowledged, *placed.acknowledged}
        await until_seen(acknowledged, watching, patience=30)
        seconds = recovery(placed, watching, struck)
        unseen = sum(len(acknowledged - viewer.arrivals.keys()) for viewer in watching)
        let_go(watching)
        log = Counter[str]()
        after_ts: str | None = "0"
        while after_ts:
            page = (await person.get(f"/boards/{board}/changes?after={after_ts}")).json
            log.update(shape["id"] for change in page["changes"] for shape in change["put"])
            after_ts = page["next"]
    lost = sum(1 for name in acknowledged if name.decode() not in log)
    doubled = sum(1 for times in log.values() if times > 1)
    return [len(acknowledged), lost, doubled, unseen, seconds]


def recovery(placed: Placed, watching: list[Viewer], struck: float) -> float:
    """Seconds from the blow until 95 % of the viewers have got a stroke that was sent after it."""
    later = [name for name, at in placed.sent.items() if at > struck]
    firsts = sorted(
        min((viewer.arrivals[name] for name in later if name in viewer.arrivals), default=float("inf"))
        for viewer in watching
    )
    return firsts[int(len(firsts) * SHARE) - 1] - struck
