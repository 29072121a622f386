"""A supervisor that does not supervise: `make run` starts again whatever dies, and waits for nothing for ever."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from app.auth.signing_key import FILE
from harness.people import Person, stroke
from harness.pids import command_line, group
from harness.processes import Easel, answers, until


def workers(easel: Easel) -> set[int]:
    return {pid for pid in group(easel.program.pid) if " -m app " in command_line(pid)}


async def test_the_only_web_process_is_started_again(own_easel: Easel, http: aiohttp.ClientSession) -> None:
    ana = await Person.sign_in(http, own_easel.url, "Ana")
    board = await ana.create_board()
    for _ in range(2):
        (before,) = workers(own_easel)
        os.kill(before, signal.SIGKILL)
        await until(lambda gone=before: workers(own_easel) - {gone} != set(), "a new one runs")  # type: ignore[misc]
        await until(lambda: answers(f"{own_easel.url}/readyz"), "it is ready again")
    assert (await ana.draw(board, stroke("after"))).status == 201
    assert own_easel.program.process
    assert own_easel.program.process.poll() is None
    assert "killed by signal 9" in own_easel.program.log.read_text()


class Stuck:
    """While it is set, a web process that starts waits for ever to read its key."""

    def __init__(self, easel: Easel) -> None:
        self._key = Path(easel.settings["DATA_DIR"]) / FILE
        self._kept = self._key.with_suffix(".kept")

    def set(self) -> None:
        self._key.rename(self._kept)
        os.mkfifo(self._key)

    def clear(self) -> None:
        self._kept.replace(self._key)


@pytest.fixture
def easel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Easel]:
    monkeypatch.setenv("EASEL_START_LIMIT", "5")
    with Easel(tmp_path) as running:
        yield running


async def test_a_web_process_that_never_accepts_blocks_no_restart(easel: Easel) -> None:
    stuck = Stuck(easel)
    (before,) = workers(easel)
    stuck.set()
    os.kill(easel.program.pid, signal.SIGUSR2)
    await until(lambda: "did not start" in easel.program.log.read_text(), "it is given up")
    assert workers(easel) == {before}
    assert answers(f"{easel.url}/readyz")
    stuck.clear()
    os.kill(easel.program.pid, signal.SIGUSR2)
    await until(lambda: before not in workers(easel) and len(workers(easel)) == 1, "the next one takes its place")
    assert answers(f"{easel.url}/readyz")


async def test_a_restarted_process_that_never_accepts_is_started_once_more(easel: Easel) -> None:
    stuck = Stuck(easel)
    (before,) = workers(easel)
    stuck.set()
    os.kill(before, signal.SIGKILL)
    await until(lambda: "did not accept connections" in easel.program.log.read_text(), "it is given up")
    stuck.clear()
    await until(lambda: answers(f"{easel.url}/readyz"), "another one serves")
