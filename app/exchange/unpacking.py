"""Makes boards of a ZIP archive: a new one of each in it. Each is there as a whole, or not at all."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from app.auth import Viewer
from app.errors import EaselError, Invalid
from app.exchange.arrivals import Arrivals
from app.exchange.opening import BROKEN
from app.exchange.reading.archive import BOARD
from app.text import MAX_TITLE, one_line
from app.web.limits import Rates
from app.workers.nameless import nameless
from app.workers.pool import Job, Pool

JOB = Job(
    script=Path(__file__).with_name("archive_worker.py"),
    memory=512 * 2**20,
    cpu=30,  # 2 GiB take 10 s
    largest=2**20,
    patience=120.0,
)
UNNAMED = "Imported board"
STOPPING = frozenset({"unauthenticated", "expired", "too_many_requests", "unavailable", "storage_full"})


@dataclass
class Unpacked:
    """What became of the boards. `stopped` says why the rest were not even tried: the same again goes on there."""

    total: int
    boards: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    stopped: str | None = None

    def json(self) -> dict[str, Any]:
        return asdict(self)


class Unpacking:
    def __init__(self, pool: Pool, arrivals: Arrivals, rates: Rates) -> None:
        self._pool, self._arrivals, self._rates = pool, arrivals, rates

    async def boards(self, file: BinaryIO, address: str) -> list[str]:
        """The paths of the boards in the file, all of which are whole. Raises Invalid."""
        with nameless() as output:
            report = orjson.loads(await self._pool.run(JOB, file, [output], address=address) or BROKEN)
            if "error" in report:
                raise Invalid(report["error"], field="file")
            output.seek(0)
            names: list[str] = orjson.loads(await asyncio.to_thread(output.read))
            return names

    async def unpack(
        self, file: BinaryIO, names: list[str], viewer: Viewer, address: str, operation_id: str
    ) -> AsyncIterator[Unpacked]:
        """After each board, how far it is. Whoever goes away leaves no board half made."""
        unpacked = Unpacked(len(names))
        for number, name in enumerate(names):
            if not number:
                yield unpacked
            try:
                board = self._board(file, number, name, viewer, address, operation_id)
                unpacked.boards.append(await asyncio.shield(asyncio.create_task(board)))
            except EaselError as error:
                if error.code in STOPPING:
                    unpacked.stopped = error.message
                else:
                    unpacked.refused.append({"name": name, "message": error.message})
            yield unpacked
            if unpacked.stopped:
                return

    async def _board(
        self, file: BinaryIO, number: int, name: str, viewer: Viewer, address: str, operation_id: str
    ) -> dict[str, Any]:
        """Of the same request again, the same board."""
        self._rates.boards(viewer, address)
        seed = f"{operation_id} {number}"
        id = hashlib.sha256(seed.encode()).hexdigest()[:32]
        await asyncio.to_thread(file.seek, 0)
        async with self._arrivals.open(file, seed, viewer, address, how=f"zip-{number}") as opened:
            title = one_line(opened.title, MAX_TITLE) or stem(name)
            made = await self._arrivals.to_new_board(viewer, address, title, opened, id)
        return {"id": made.board, "title": title, "shapes": made.shapes, "lost": made.lost}


def stem(name: str) -> str:
    return one_line(name.rsplit("/", 1)[-1][: -len(BOARD)], MAX_TITLE) or UNNAMED
