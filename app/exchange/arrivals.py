"""Puts files that were opened on boards: all of a file, or nothing of it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import orjson

from app.auth import Viewer
from app.convex.files import Files
from app.convex.records import Committed
from app.convex.store import Store
from app.convex.trash import Trash
from app.errors import EaselError, Invalid, StorageFull, TooLarge, TooManyRequests, UnsupportedMedia
from app.exchange.ground.drawing import counted
from app.exchange.opening import Opened, opened
from app.images.decoder import Decoder
from app.images.intake import take_in
from app.images.spool import Spool
from app.shapes import MAX_OPERATIONS, ChangeIn
from app.web.budgets import Budgets
from app.web.limits import Rates
from app.web.turns import ImportTurns
from app.workers.pool import Pool

PATIENCE = 120.0  # s that an import waits in all until more changes are allowed
NOTHING = "Nothing of the file was added."
PART = "A part of the file is on the board: undo removes it."
EARLIER = "What an earlier request with this Idempotency-Key made stays."

log = logging.getLogger("easel.exchange")


@dataclass
class Import:
    """One file on its way to a board. `address` is that of the person, for counting."""

    viewer: Viewer
    address: str
    board: str
    opened: Opened
    earlier: bool = False
    """Whether an earlier request with the same key made some of it, which its sender may have had an answer to."""

    shapes: int = 0
    put: list[str] = field(default_factory=list)
    """The ids of the shapes that this request has put there."""

    last: Committed | None = None
    change_id: str = ""
    top: str = ""
    """The id of its topmost shape."""

    refused: int = 0

    def json(self) -> dict[str, Any]:
        """How it went: `lost` says in words what could not be kept."""
        assert self.last
        about = {"changeId": self.change_id, "ts": str(self.last.ts), "top": self.top}
        return {**about, "shapes": self.shapes, "lost": self.lost}

    @property
    def lost(self) -> list[str]:
        """In words."""
        return [*self.opened.lost, *counted("refused", self.refused)]

    def fate(self, gone: bool) -> str:
        """What people are told of a file that could not be added; `gone` is what this request has put."""
        return PART if not gone else EARLIER if self.earlier else NOTHING


class Arrivals:
    def __init__(
        self,
        pool: Pool,
        turns: ImportTurns,
        decoder: Decoder,
        store: Store,
        trash: Trash,
        files: Files,
        budgets: Budgets,
        rates: Rates,
    ) -> None:
        self._pool, self._turns, self._decoder = pool, turns, decoder
        self._store, self._trash, self._files = store, trash, files
        self._budgets, self._rates = budgets, rates

    @asynccontextmanager
    async def open(
        self,
        file: BinaryIO,
        seed: str,
        viewer: Viewer,
        address: str,
        at: tuple[float, float] | None = None,
        how: str = "shapes",
    ) -> AsyncIterator[Opened]:
        """See `opened`. One file of a person at a time."""
        async with (
            self._turns.of(viewer.identifier),
            opened(self._pool, file, seed, at, address, how=how) as found,
        ):
            yield found

    async def to_board(self, viewer: Viewer, address: str, board: str, opened: Opened) -> Import:
        """As one step of undo. What was put is taken back if the rest cannot be; what a repetition found stays."""
        arriving = Import(viewer, address, board, opened)
        try:
            await self._put(arriving)
        except Exception as error:
            explained(error, arriving.fate(await self._taken_back(arriving)))
            raise
        return arriving

    async def to_new_board(
        self,
        viewer: Viewer,
        address: str,
        title: str,
        opened: Opened,
        operation_id: str,
        source: str | None = None,
    ) -> Import:
        """The board is there only if all of the file is on it, or if an earlier request made it."""
        made = await self._store.create_board(viewer, title, operation_id, source)
        arriving = Import(viewer, address, made.id, opened, earlier=made.repeated)
        try:
            await self._put(arriving)
        except Exception as error:
            explained(error, arriving.fate(made.repeated or await self._removed(arriving)))
            raise
        return arriving

    async def _put(self, arriving: Import) -> None:
        if arriving.opened.pictures:
            self._rates.uploads(arriving.viewer, arriving.address, len(arriving.opened.pictures))
        pictures = {key: file async for key, file in self._pictures(arriving)}
        async for body in arriving.opened.bodies():
            change = await asyncio.to_thread(change_of, body, pictures, arriving.change_id)
            if change:
                self._budgets.change(arriving.viewer, arriving.address, arriving.board, len(body))
                arriving.last = await self._commit(arriving, change)
                arriving.change_id, arriving.top = change.changeId, change.put[-1].id
                arriving.shapes += len(change.put)
                if arriving.last.repeated:
                    arriving.earlier = True
                else:
                    arriving.put += [shape.id for shape in change.put]
        if arriving.last is None and arriving.opened.changes:
            raise Invalid("There is nothing in this file that Easel can draw.", field="file")

    async def _pictures(self, arriving: Import) -> AsyncIterator[tuple[str, str]]:
        """By their keys the board's files of the pictures. One that cannot be opened is counted."""
        at = 0
        for key, size in arriving.opened.pictures:
            try:
                with Spool() as spool:
                    async for part in arriving.opened.picture(at, size):
                        await spool.write(part)
                    await spool.flush()
                    whose = (arriving.viewer, arriving.address, arriving.board)
                    yield key, (await take_in(self._files, self._decoder, *whose, spool, "picture")).id
            except StorageFull:
                raise
            except (Invalid, UnsupportedMedia, TooLarge):
                arriving.refused += 1
            at += size

    async def _commit(self, arriving: Import, change: ChangeIn) -> Committed:
        """Waits when a person may not change more just now."""
        waited = 0.0
        while True:
            try:
                return await self._store.commit(arriving.viewer, arriving.board, change)
            except TooManyRequests as error:
                pause = max(0.1, error.retry_after or 1.0)
                waited += pause
                if waited > PATIENCE:
                    raise
                await asyncio.sleep(pause)

    async def _taken_back(self, arriving: Import) -> bool:
        try:
            for start in range(0, len(arriving.put), MAX_OPERATIONS):
                gone = arriving.put[start : start + MAX_OPERATIONS]
                change = ChangeIn(changeId=f"{arriving.change_id}-gone", remove=gone, continues=arriving.change_id)
                arriving.change_id = change.changeId
                await self._commit(arriving, change)
        except EaselError:
            log.warning("a part of an import stays on board %s", arriving.board)
            return False
        return True

    async def _removed(self, arriving: Import) -> bool:
        """For good: nobody looks in the trash for a board that never was."""
        whose = (arriving.viewer, arriving.board)
        try:
            await self._store.remove_board(*whose, f"{arriving.board}-gone")
            await self._trash.remove(*whose, f"{arriving.board}-erased")
        except EaselError:
            log.warning("a part of an import stays on the new board %s", arriving.board)
            return False
        return True


def change_of(body: bytes, pictures: dict[str, str], continues: str) -> ChangeIn | None:
    """With the board's own files in place of the pictures' keys; None if nothing is left of it."""
    raw = orjson.loads(body)
    put = []
    for shape in raw["put"]:
        if shape["kind"] != "image":
            put.append(shape)
        elif shape["file"] in pictures:
            put.append({**shape, "file": pictures[shape["file"]]})
    if not put:
        return None
    kept = {"changeId": raw["changeId"], "put": put, "continues": continues or None}
    return ChangeIn.model_validate_json(orjson.dumps(kept))


def explained(error: Exception, what: str) -> None:
    """Adds to a refusal what became of the file."""
    if isinstance(error, EaselError):
        error.message = f"{error.message} {what}"
