"""Alive, ready, and how a web process ends."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import aiohttp
import pytest

from harness.people import Answer, Person, stroke
from harness.pids import command_line, group
from harness.processes import ROOT, Easel, Program, answers, free_port, until, wait_until


async def get(http: aiohttp.ClientSession, url: str) -> Answer:
    async with http.get(url) as answer:
        return Answer(answer.status, answer.headers, await answer.read())


async def test_alive_and_ready(easel: Easel, http: aiohttp.ClientSession) -> None:
    assert (await get(http, f"{easel.url}/healthz")).json == {"status": "ok"}
    assert (await get(http, f"{easel.url}/readyz")).json == {"status": "ready"}


async def test_a_deployment_that_hangs_makes_it_unready_but_not_dead(
    own_easel: Easel, http: aiohttp.ClientSession
) -> None:
    ana = await Person.sign_in(http, own_easel.url, "Ana")
    board = await ana.create_board()
    assert await ana.shapes(board) == []  # open, and so readable whatever happens
    deployment = [pid for pid in group(own_easel.program.pid) if "embedded/main.ts" in command_line(pid)]
    for pid in deployment:
        os.kill(pid, signal.SIGSTOP)
    try:
        started = time.monotonic()
        unready, written, alive, shown = await asyncio.gather(
            get(http, f"{own_easel.url}/readyz"),
            ana.draw(board, stroke("late"), change_id="late"),
            get(http, f"{own_easel.url}/healthz"),
            ana.get(f"/boards/{board}.json"),
        )
        assert time.monotonic() - started < 12
        assert (unready.status, unready.headers["Retry-After"]) == (503, "1")
        assert unready.json["reason"] == "the deployment cannot be reached"
        assert (written.status, written.error["code"]) == (503, "unavailable")
        assert int(written.headers["Retry-After"]) >= 1
        assert alive.status == 200
        assert shown.status == 200
    finally:
        for pid in deployment:
            os.kill(pid, signal.SIGCONT)
    await until(lambda: answers(f"{own_easel.url}/readyz"), "it is ready again", 20)
    assert (await ana.draw(board, stroke("late"), change_id="late")).status in (200, 201)
    assert [shape["id"] for shape in await ana.shapes(board)] == ["late"]


def web(folder: Path, **settings: str) -> Program:
    """A web process alone; nothing answers at its CONVEX_URL."""
    convex = f"http://127.0.0.1:{free_port()}"
    environment = {"PORT": str(free_port()), "CONVEX_URL": convex, "DATA_DIR": str(folder / "data"), **settings}
    return Program([sys.executable, "-m", "app"], environment, folder / "web.log")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_and_ends_without_a_deployment(tmp_path: Path, number: signal.Signals) -> None:
    program = web(tmp_path)
    program.start()
    address = f"http://127.0.0.1:{program.environment['PORT']}"
    wait_until(lambda: answers(f"{address}/healthz"), "alive")
    assert not answers(f"{address}/readyz")
    os.kill(program.pid, number)
    assert program.wait(10) == 0
    assert "Traceback" not in program.log.read_text()


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    settings = web(tmp_path, EASEL_PARENT="1")
    child = subprocess.Popen(
        settings.command, cwd=ROOT, env=os.environ | settings.environment, stdin=reading, stderr=subprocess.PIPE
    )
    os.close(reading)
    wait_until(lambda: answers(f"http://127.0.0.1:{settings.environment['PORT']}/healthz"), "alive")
    os.close(writing)
    assert child.wait(10) == 0
    assert child.stderr
    child.stderr.close()


def test_what_keeps_it_from_starting_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        cases = [({"PORT": port}, port), ({"CONVEX_URL": ""}, "CONVEX_URL"), ({"HOST": "nowhere"}, "HOST")]
        for settings, word in cases:
            program = web(tmp_path, **settings)
            environment = os.environ | program.environment
            ended = subprocess.run(
                program.command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
            )
            assert ended.returncode == 1
            assert ended.stdout == ""
            assert word in ended.stderr
            assert len(ended.stderr.splitlines()) == 1, ended.stderr
