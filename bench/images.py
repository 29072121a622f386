"""What pictures cost those who draw meanwhile: twenty photographs at once, and then files that are meant to do harm."""

import asyncio
import io
import sys
import time
from collections.abc import Awaitable
from pathlib import Path
from random import Random

import aiohttp
from PIL import Image

from bench.placing import until_seen
from bench.process import memory
from bench.table import Table, percentile
from bench.viewers import let_go, watch
from bench.writers import Writer
from harness.people import Person
from harness.pictures import send
from harness.processes import Easel

VIEWERS = 10
RATE = 20  # strokes a second, by one writer
QUIET = 10.0  # s of drawing with nothing else going on
AT_ONCE = 20  # photographs
ASK = 0.005  # s between two questions whether the web process is there: the longest answer is the longest it was away


async def run(easel: Easel) -> Table:
    table = Table(
        "images",
        f"Pictures while {VIEWERS} watch {RATE} strokes/s, ms",
        ["meanwhile", "stroke p50", "stroke p99", "worst gap", "took s", "web MB", "refused"],
    )
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        person = await Person.sign_in(http, easel.url, "Bench")
        board = await person.create_board("Pictures", "link-edit")
        await Writer([person], board).draw(RATE, 20)
        table.add("nothing", *await measure(easel, person, board, asyncio.sleep(QUIET, 0)))
        for what, body in (("photographs", photograph()), ("bombs", bomb()), ("halves of bombs", bomb()[:-1000])):
            files = written(easel.folder / what, body, AT_ONCE)
            table.add(f"{AT_ONCE} {what}", *await measure(easel, person, board, apart(easel, board, files)))
        table.add("nothing", *await measure(easel, person, board, asyncio.sleep(QUIET, 0)))
    return table


async def measure(easel: Easel, person: Person, board: str, work: Awaitable[int]) -> list[float]:
    """Draws for as long as the work takes, and a moment at least."""
    watching = await watch(easel.url, board, VIEWERS)
    gaps: list[float] = []
    asking = asyncio.create_task(ask(easel, gaps))
    start = time.perf_counter()
    doing = asyncio.ensure_future(work)
    sent: dict[bytes, float] = {}
    seed = 0
    while not doing.done() or not sent:
        seed += 1
        sent |= (await Writer([person], board, seed).draw(RATE, RATE)).sent
    took = time.perf_counter() - start
    await until_seen({*sent}, watching)
    asking.cancel()
    let_go(watching)
    times = sorted(
        (viewer.arrivals[name] - at) * 1000
        for viewer in watching
        for name, at in sent.items()
        if name in viewer.arrivals
    )
    used = memory(easel.web_pid)
    return [percentile(times, 50), percentile(times, 99), 1000 * max(gaps), took, used, await doing]


async def ask(easel: Easel, gaps: list[float]) -> None:
    """How long each answer took that costs nothing, in s."""
    async with aiohttp.ClientSession() as http:
        while True:
            start = time.perf_counter()
            async with http.get(f"{easel.url}/healthz") as answer:
                await answer.read()
            gaps.append(time.perf_counter() - start)
            await asyncio.sleep(ASK)


async def apart(easel: Easel, board: str, files: Path) -> int:
    """Sends the files from a process of its own, so that this one only measures. How many were refused."""
    arguments = (sys.executable, "-m", "bench.images", easel.url, board, str(files))
    sender = await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE)
    output, _ = await sender.communicate()
    return int(output)


async def sending(url: str, board: str, files: list[bytes]) -> None:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        person = await Person.sign_in(http, url, "Photographer")
        answers = await asyncio.gather(*(send(person, board, file) for file in files))
    statuses = [answer.status for answer in answers]
    assert all(status < 500 for status in statuses), statuses
    print(sum(status >= 400 for status in statuses))


def photograph() -> bytes:
    """12 megapixels, about 4 MB."""
    rough = Image.frombytes("RGB", (500, 375), Random(1).randbytes(500 * 375 * 3)).resize((4000, 3000))
    grain = Image.effect_noise((4000, 3000), 12).convert("RGB")
    body = io.BytesIO()
    Image.blend(rough, grain, 0.3).save(body, "JPEG", quality=90)
    return body.getvalue()


def bomb() -> bytes:
    """39 megapixels with alpha in 170 kB."""
    body = io.BytesIO()
    Image.new("RGBA", (6200, 6200), (1, 0, 0, 1)).save(body, "PNG", compress_level=9)
    return body.getvalue()


def written(folder: Path, body: bytes, count: int) -> Path:
    """So many files with the same picture, of which no two have the same bytes."""
    folder.mkdir()
    for number in range(count):
        (folder / str(number)).write_bytes(body + bytes([number]))
    return folder


if __name__ == "__main__":
    asyncio.run(sending(sys.argv[1], sys.argv[2], [file.read_bytes() for file in Path(sys.argv[3]).iterdir()]))
