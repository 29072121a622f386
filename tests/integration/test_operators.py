"""The truth for operators: backup, restore, reload, keys, modes and misspelt settings of `make run`."""

import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import aiohttp

from harness.people import Person, stroke
from harness.pids import command_line, group
from harness.processes import ROOT, Easel, free_port, until
from launch.archive import DATA_FORMAT


def run(module: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"launch.{module}", *arguments]
    environment = {**os.environ, **settings}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def refused(ended: subprocess.CompletedProcess[str], *words: str) -> None:
    assert ended.returncode == 1
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    for word in words:
        assert word in ended.stderr


async def test_a_backup_of_a_board_in_use_restores_all_of_it(
    own_easel: Easel, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    ana = await Person.sign_in(http, own_easel.url, "Ana")
    board = await ana.create_board("Plan")
    for n in range(20):
        assert (await ana.draw(board, stroke(f"s{n}"))).status == 201
    backup = tmp_path / "easel.tar.gz"
    data = str(own_easel.folder / "data")
    saved = run("backup", str(backup), DATA_DIR=data)
    assert saved.returncode == 0, saved.stderr
    assert backup.stat().st_mode & 0o777 == 0o600
    assert (await ana.draw(board, stroke("later"))).status == 201
    refused(run("backup", str(backup), DATA_DIR=data), "exists already")
    refused(run("restore", str(backup), DATA_DIR=data), "is not empty")

    folder = tmp_path / "restored"
    assert run("restore", str(backup), DATA_DIR=str(folder / "data")).returncode == 0
    with Easel(folder) as restored:
        ana.url = restored.url  # the same signing key: the same person
        assert [shape["id"] for shape in await ana.shapes(board)] == [f"s{n}" for n in range(20)]
        assert (await ana.draw(board, stroke("after"))).status == 201


def test_a_backup_that_is_broken_or_newer_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "data"
    text = tmp_path / "text"
    text.write_text("no backup")
    refused(run("restore", str(text), DATA_DIR=str(target)), "not a backup")
    refused(run("restore", str(tmp_path / "none"), DATA_DIR=str(target)), "There is no backup")
    refused(run("restore", str(archive(tmp_path, "newer", easel=2)), DATA_DIR=str(target)), "newer version")
    refused(run("restore", str(archive(tmp_path, "sum", log="0" * 64)), DATA_DIR=str(target)), "not what was saved")
    refused(run("restore", str(archive(tmp_path, "out", "../evil")), DATA_DIR=str(target)), "unknown entry")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["newer", "out", "sum", "text"]


def archive(folder: Path, name: str, entry: str = "convex/log", log: str = "", easel: int = 1) -> Path:
    """A backup of one file, as somebody might have changed it."""
    manifest = json.dumps({"easel": easel, "data": 2, "files": {entry: log}}).encode()
    with tarfile.open(folder / name, "w:gz") as tar:
        for path, body in (("manifest.json", manifest), (entry, b"log")):
            info = tarfile.TarInfo(path)
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))
    return folder / name


def test_the_archive_knows_the_format_of_the_data_folder() -> None:
    assert f"const FORMAT = {DATA_FORMAT};" in (ROOT / "embedded/store/store.ts").read_text()


async def test_reload_replaces_the_web_processes_of_its_own_easel_alone(own_easel: Easel, tmp_path: Path) -> None:
    def workers() -> set[int]:
        return {pid for pid in group(own_easel.program.pid) if " -m app " in command_line(pid)}

    before = workers()
    refused(run("reload", DATA_DIR=str(tmp_path)), "No Easel runs")
    assert workers() == before
    done = run("reload", DATA_DIR=str(own_easel.folder / "data"))
    assert done.returncode == 0, done.stderr
    await until(lambda: len(workers()) == 1 and workers() != before, "a new process serves")


def test_another_signing_key_is_refused_before_guests_lose_their_boards(tmp_path: Path) -> None:
    with Easel(tmp_path) as easel:
        easel.program.stop()
    (tmp_path / "data/signing-key.pem").rename(tmp_path / "kept.pem")
    settings = {"DATA_DIR": str(tmp_path / "data"), "PORT": str(free_port())}
    refused(run("run", **settings), "not the key that signed", "convex.env.json")
    (tmp_path / "data/signing-key.pem").unlink()
    (tmp_path / "kept.pem").rename(tmp_path / "data/signing-key.pem")
    with Easel(tmp_path):
        pass


def test_a_folder_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    data.chmod(0o755)
    with Easel(tmp_path):
        assert data.stat().st_mode & 0o777 == 0o700


def test_a_deployment_elsewhere_that_knows_another_key_is_refused(own_easel: Easel, tmp_path: Path) -> None:
    settings = {"DATA_DIR": str(tmp_path / "data"), "PORT": str(free_port()), "CONVEX_URL": own_easel.convex_url}
    refused(run("run", **settings), "knows another signing key", "make push")


def test_windows_is_told_of_wsl_in_one_sentence() -> None:
    script = "import sys; sys.platform = 'win32'; import app"
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    refused(ended, "WSL")


async def test_production_serves_with_the_key_of_its_folder(tmp_path: Path) -> None:
    with Easel(tmp_path, ENVIRONMENT="production", PUBLIC_ORIGIN="https://easel.example") as easel:
        assert "--production" in command_line(easel.deployment_pid)
        async with aiohttp.ClientSession(headers={"Host": "easel.example"}) as http:
            ana = await Person.sign_in(http, easel.url, "Ana")
            assert (await ana.draw(await ana.create_board(), stroke())).status == 201
