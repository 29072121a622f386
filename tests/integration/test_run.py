"""`make run` as a command: how it starts, heals, refuses and ends."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.pids import group
from harness.processes import ROOT, Easel, Program, answers, free_port, until, wait_until


def run(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data"), "PORT": str(free_port()), **settings}
    command = [sys.executable, "-m", "launch.run"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def assert_one_sentence(ended: subprocess.CompletedProcess[str], *words: str) -> None:
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    for word in words:
        assert word in ended.stderr


def test_a_port_in_use_is_one_plain_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert_one_sentence(run(tmp_path, PORT=port), port)
        assert_one_sentence(run(tmp_path, CONVEX_PORT=port), port)


def test_an_unusable_data_folder_is_one_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert_one_sentence(run(tmp_path, DATA_DIR=str(tmp_path / "file" / "data")), "DATA_DIR")


def test_a_setting_that_makes_no_sense_is_one_plain_sentence(tmp_path: Path) -> None:
    assert_one_sentence(run(tmp_path, PORT="many"), "PORT")
    assert_one_sentence(run(tmp_path, ENVIRONMENT="production"), "PUBLIC_ORIGIN")


def test_two_on_one_data_folder_are_refused(own_easel: Easel) -> None:
    ended = run(own_easel.folder)
    assert_one_sentence(ended, "data")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_everything_cleanly_even_with_streams_open(
    own_easel: Easel, http: aiohttp.ClientSession, number: signal.Signals
) -> None:
    ana = await Person.sign_in(http, own_easel.url, "Ana")
    board = await ana.create_board("Open", "link-edit")
    stream = await http.get(f"{own_easel.url}/boards/{board}/stream")
    assert stream.status == 200
    if number == signal.SIGINT:
        os.killpg(own_easel.program.pid, number)  # Ctrl-C reaches the whole group
    else:
        os.kill(own_easel.program.pid, number)
    assert own_easel.program.wait(10) == 0
    await until(lambda: not group(own_easel.program.pid), "no process is left", 2)
    assert b"event: restart" in await stream.read()
    assert "Traceback" not in own_easel.program.log.read_text()


def test_no_process_outlives_a_parent_that_was_killed(tmp_path: Path) -> None:
    easel = Easel(tmp_path)
    command = f"{sys.executable} -m launch.run; true"  # a shell in make's place
    easel.program = Program(["/bin/sh", "-c", command], easel.program.environment, easel.program.log)
    with easel:
        assert len(group(easel.program.pid)) >= 4
        os.kill(easel.program.pid, signal.SIGKILL)
        wait_until(lambda: not group(easel.program.pid), "every process noticed", 15)


async def test_a_deployment_that_dies_is_started_again_and_everything_heals(
    own_easel: Easel, http: aiohttp.ClientSession
) -> None:
    ana = await Person.sign_in(http, own_easel.url, "Ana")
    board = await ana.create_board()
    assert (await ana.draw(board, stroke("before"))).status == 201
    own_easel.program.kill()
    own_easel.start()  # whatever the dead left behind does not stop a start
    os.kill(own_easel.deployment_pid, signal.SIGKILL)
    await until(lambda: not answers(f"{own_easel.url}/readyz"), "the web process noticed", 20)
    await until(lambda: answers(f"{own_easel.url}/readyz"), "it is ready again", 30)
    assert answers(f"{own_easel.url}/healthz")
    async with aiohttp.ClientSession() as ana.http:  # the old one keeps connections to the dead
        assert (await ana.draw(board, stroke("after"))).status == 201
        assert {shape["id"] for shape in await ana.shapes(board)} == {"before", "after"}


async def test_a_large_board_is_as_it_was_after_a_restart_and_goes_on(
    own_easel: Easel, http: aiohttp.ClientSession
) -> None:
    """It opens from the snapshot that the last process left, and from what the log has since."""
    ana = await Person.sign_in(http, own_easel.url, "Ana")
    board = await ana.create_board()
    for _ in range(3):
        assert (await ana.draw(board, *(stroke() for _ in range(200)))).status == 201
    before = await ana.shapes(board)
    own_easel.program.stop()
    own_easel.start()
    async with aiohttp.ClientSession() as ana.http:  # the old one keeps connections to the dead
        assert (await ana.draw(board, stroke("new"))).status == 201
        after = await ana.shapes(board)
    assert after[:-1] == before
    assert after[-1]["id"] == "new"
    assert "its snapshot" not in own_easel.program.log.read_text()  # a warning, were it no good
