"""Bad news reported as no news: a disk that is full and a key that is refused are said, and heal by themselves."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.processes import Easel, answers, until


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own, of 24 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], check=False).returncode:
        pytest.skip("mounting needs root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


async def test_a_full_disk_is_said_and_what_comes_after_is_saved(
    small_disk: Path, tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    with Easel(tmp_path, DATA_DIR=str(small_disk / "data"), MAX_BOARD_BYTES="0") as easel:
        ana = await Person.sign_in(http, easel.url, "Ana")
        board = await ana.create_board()
        fill(small_disk)
        points = [float(n % 977) for n in range(10_000)]
        refused = await ana.draw(board, *(stroke(points=points) for _ in range(3)), change_id="first")
        for n in range(300):  # until the space that the log and SQLite have in hand is used up
            if refused.status != 201:
                break
            refused = await ana.draw(board, *(stroke(points=points) for _ in range(3)), change_id=f"more{n}")
        assert (refused.status, refused.error["code"]) == (503, "storage_full")
        assert "disk is full" in refused.error["message"]
        assert int(refused.headers["Retry-After"]) >= 1
        async with http.get(f"{easel.url}/readyz") as ready:
            assert (ready.status, "disk" in (await ready.json())["reason"]) == (503, True)
        acknowledged = len(await ana.shapes(board))
        (small_disk / "ballast").unlink()
        assert (await ana.draw(board, stroke("healed"))).status == 201
        await until(lambda: answers(f"{easel.url}/readyz"), "it is ready again")
        assert len(await ana.shapes(board)) == acknowledged + 1
        log = easel.program.log.read_text()
        assert "Traceback" not in log
        assert log.count("could not be saved") == 1


def fill(disk: Path) -> None:
    with (disk / "ballast").open("wb", buffering=0) as ballast:
        try:
            while True:
                ballast.write(bytes(1 << 16))
        except OSError:
            pass


async def test_a_refused_signing_key_makes_it_unready_and_is_said(
    own_easel: Easel, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    other = own_easel.start_another_web(DATA_DIR=str(tmp_path / "other"), until="healthz")
    async with http.get(f"{other}/readyz") as ready:
        assert ready.status == 503
        assert "signing key" in (await ready.json())["reason"]
    async with http.get(f"{other}/") as page:
        assert "Signing in does not work right now" in await page.text()


async def test_a_deployment_that_hangs_is_said_on_the_first_page(own_easel: Easel, http: aiohttp.ClientSession) -> None:
    os.kill(own_easel.deployment_pid, signal.SIGSTOP)
    try:
        await until(lambda: not answers(f"{own_easel.url}/readyz"), "the web process noticed")
        async with http.get(f"{own_easel.url}/") as page:
            assert "the deployment cannot be reached" in await page.text()
    finally:
        os.kill(own_easel.deployment_pid, signal.SIGCONT)
