"""Packs the boards of one person into a ZIP file, one after the other."""

import asyncio
import datetime
import logging
from collections.abc import AsyncIterable
from dataclasses import dataclass, field

from app.archives.index import LeftOut, Packed, as_json, as_page
from app.archives.names import Names
from app.archives.package import Package, encoded
from app.auth import Viewer
from app.convex.archive_shelf import GONE, ArchiveShelf, Listed
from app.convex.deployment import DeploymentError
from app.convex.files import Files
from app.convex.store import Store
from app.errors import EaselError, NotFound, TooLarge, Unavailable
from app.exchange.writing.easel import easel
from app.hub import Hub, Hubs
from app.images.spool import Spool
from app.pictures.drawn import svg
from app.pictures.wanted import Wanted

MOST = 1_000  # boards
LARGEST = 512 * 2**20  # bytes of a ZIP file, as of one that is opened
LARGEST_BOARD = 64 * 2**20  # bytes of a board's file, as of one that is opened, and of its picture
LONGEST_BOARD = 60.0  # s
FOLDER = "boards"
LOST = "it was deleted, or you may not see it any more."
FULL = f"the ZIP file has {LARGEST // 2**20} MiB, and no room for it."
LARGE = f"with its pictures it has more than {LARGEST_BOARD // 2**20} MiB. Export it on its own."
BROKEN = "it could not be read. Export it on its own."
MORE = f"a ZIP file has {MOST:,} boards."

log = logging.getLogger("easel.archives")


@dataclass
class Making:
    """How far one is."""

    archive: str
    viewer: Viewer
    shared: bool
    total: int = 0
    packed: list[Packed] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)

    @property
    def done(self) -> int:
        return len(self.packed) + len(self.left)


class Maker:
    def __init__(self, shelf: ArchiveShelf, store: Store, hubs: Hubs, files: Files) -> None:
        self._shelf, self._store, self._hubs, self._files = shelf, store, hubs, files

    async def make(self, making: Making) -> None:
        boards, more = await self._shelf.boards(making.viewer, making.shared, MOST)
        making.total = len(boards)
        names = Names()
        async with Package() as package:
            for board in boards:
                await self._pack(making, package, names, board)
            if more:
                making.left.append(LeftOut("Further boards", MORE))
            now = datetime.datetime.now(datetime.UTC)
            about = as_page(now, making.packed, making.left, making.viewer.name)
            await package.add_text("index.html", about)
            await package.add_text("boards.json", as_json(now, making.packed, making.left))
            size, digest = await package.finish()
            counts = len(making.packed), len(making.left)
            await self._shelf.keep(making.archive, package.file, size, digest, *counts)

    async def _pack(self, making: Making, package: Package, names: Names, board: Listed) -> None:
        """What is wrong with one board keeps no other from the file."""
        try:
            making.packed.append(await self._packed(making.viewer, package, names, board))
            return
        except NotFound:
            why = LOST
        except Full:
            why = FULL
        except TooLarge:
            why = LARGE
        except (EaselError, DeploymentError, TimeoutError) as error:
            await self._require_rest(error)
            log.warning("board %s is not in an archive: %r", board.id, error)
            why = BROKEN
        making.left.append(LeftOut(board.title, why))

    async def _require_rest(self, error: Exception) -> None:
        """Raises Unavailable if it is not this board's fault: then none of the others could be read either."""
        if self._hubs.draining:
            raise Unavailable(GONE) from error
        try:
            await self._store.ping()
        except (DeploymentError, TimeoutError):
            raise Unavailable() from error

    async def _packed(self, viewer: Viewer, package: Package, names: Names, board: Listed) -> Packed:
        """Whether the person may see the board is asked now, and again when it is read."""
        if not await self._store.admits(viewer, board.id):
            raise NotFound()
        open_already = self._hubs.get(board.id) is not None
        hub = await self._hubs.open(board.id)
        try:
            if hub.access.role_of(viewer) is None:
                raise NotFound()
            with spool() as file, spool() as picture:
                shapes = hub.view.shapes()
                async with asyncio.timeout(LONGEST_BOARD):
                    await fill(file, easel(hub.access.title, shapes, hub.view.find, self._files, hub.board_id))
                    has_picture = await self._drawn(hub, picture)
                if package.size + file.size + picture.size > LARGEST:
                    raise Full()
                path = f"{FOLDER}/{names.new(hub.access.title)}"
                await package.add(f"{path}.easel.json", file.file)
                if has_picture:
                    await package.add(f"{path}.svg", picture.file)
                drawn = f"{path}.svg" if has_picture else None
                return Packed(hub.access.title, board.own, len(shapes), f"{path}.easel.json", drawn)
        finally:
            if not open_already:
                hub.let_go()

    async def _drawn(self, hub: Hub, picture: Spool) -> bool:
        try:
            await fill(picture, encoded(await svg(hub, Wanted(), self._files)))
        except TooLarge:
            picture.size = 0
            return False
        return True


class Full(Exception):
    """There is no room in the file for this board."""


def spool() -> Spool:
    return Spool(LARGEST_BOARD, "A board")


async def fill(spool: Spool, pieces: AsyncIterable[bytes]) -> None:
    async for piece in pieces:
        await spool.write(piece)
    await spool.flush()
