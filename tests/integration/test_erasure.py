"""What is deleted remains: a deletion outlives `kill -9`, and deletions of earlier versions are erased too."""

import asyncio
import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.processes import ROOT, Easel
from launch.deployment import NODE
from tests.convex.crons import Crons

WORD = "Zebrafish"
SHAPES = 3_000
DAY = 86_400_000  # ms


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("erasure")


def note(id: str, text: str) -> dict[str, Any]:
    return {"id": id, "kind": "note", "x": 0, "y": 0, "text": text}


async def fill(person: Person, board: str, count: int) -> None:
    for first in range(0, count, 200):
        notes = [note(f"n{n}", f"{WORD} {n}") for n in range(first, min(first + 200, count))]
        assert (await person.draw(board, *notes)).status == 201


async def page(person: Person, board: str) -> str:
    return (await person.get(f"/boards/{board}", headers={"Accept": "text/html"})).body.decode()


async def count(crons: Crons, table: str, board: str) -> int:
    return sum(row["boardId"] == board for row in await crons.rows(table))


async def test_killed_while_erasing_it_goes_on(folder: Path, http: aiohttp.ClientSession) -> None:
    with Easel(folder, TRASH_DAYS="0", PURGE_AFTER_DAYS="0") as easel:
        ana = await Person.sign_in(http, easel.url, "Ana")
        kept = await ana.create_board("Kept")
        await ana.draw(kept, stroke("line"))
        board = await ana.create_board(WORD)
        await fill(ana, board, SHAPES)
        assert "erased at once, for everybody" in await page(ana, board)
        assert (await ana.request("DELETE", f"/boards/{board}")).status == 204
        for _ in range(3):
            easel.program.kill()
            easel.start()
        crons = Crons(easel, http)
        while any(row["_id"] == board for row in await crons.rows("boards")):
            await asyncio.sleep(0.1)
        export = await crons.export()
        assert [name for name, file in export.items() if WORD.encode() in file] == []
        assert await count(crons, "shapes", board) == await count(crons, "changes", board) == 0
        assert [shape["id"] for shape in await ana.shapes(kept)] == ["line"]
        assert (await ana.get(f"/boards/{board}")).status == 404
        easel.program.stop()  # a running one overwrites it within an hour
        assert holding(folder, WORD) == []
        easel.start()
        assert [shape["id"] for shape in await ana.shapes(kept)] == ["line"]


def holding(folder: Path, word: str) -> list[str]:
    """The files of a data folder that have this word in them, in whatever page or record."""
    files = [path for path in (folder / "data").rglob("*") if path.is_file()]
    return [str(path) for path in files if word.encode() in path.read_bytes()]


async def test_boards_that_an_earlier_version_deleted_are_erased(folder: Path, http: aiohttp.ClientSession) -> None:
    with Easel(folder) as easel:
        ana = await Person.sign_in(http, easel.url, "Ana")
        board, kept = [await ana.create_board(title) for title in (WORD, "Kept")]
        await fill(ana, board, 10)
        assert "restore it from the trash for 30 days" in await page(ana, board)
        for path in ("boards", "trash"):
            assert (await ana.request("DELETE", f"/{path}/{board}")).status == 204
        easel.program.stop()
        as_earlier(folder / "data/convex")
        easel.start()
        crons = Crons(easel, http)
        later = 31 * DAY + next(row["_creationTime"] for row in await crons.rows("boards") if row["_id"] == board)
        # Nobody knows when it was deleted, so its time begins now.
        assert await crons.run("purge:boards", now=later) == {"due": 0, "dated": 1}
        assert await crons.run("purge:boards", now=later + 29 * DAY) == {"due": 0, "dated": 0}
        assert await crons.run("purge:boards", now=later + 31 * DAY) == {"due": 1, "dated": 0}
        while any(row["_id"] == board for row in await crons.rows("boards")):
            await asyncio.sleep(0.1)
        assert [name for name, file in (await crons.export()).items() if WORD.encode() in file] == []
        assert (await ana.get(f"/boards/{kept}")).status == 200


def as_earlier(data: Path) -> None:
    """Takes from a data folder what earlier versions did not write."""
    transfer = [NODE, str(ROOT / "embedded/command/transfer.ts"), "--data", str(data)]
    archive = data.parent / "all.zip"
    subprocess.run([*transfer, "--export", str(archive)], check=True, capture_output=True)
    changed = io.BytesIO()
    with zipfile.ZipFile(archive) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            file = before.read(name)
            if name == "boards/documents.jsonl":
                rows = [json.loads(line) for line in file.splitlines()]
                file = b"".join(json.dumps(row | {"removedAt": None}).encode() + b"\n" for row in rows)
                file = file.replace(b', "removedAt": null', b"")
            after.writestr(name, file)
    archive.write_bytes(changed.getvalue())
    data.rename(data.with_name("before"))
    subprocess.run([*transfer, "--import", str(archive)], check=True, capture_output=True)
    (data / "admin_key").write_bytes((data.with_name("before") / "admin_key").read_bytes())
