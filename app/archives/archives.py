"""The archives that this process makes, each in a task of its own. Convex knows how far they are."""

import asyncio
import logging
from contextlib import suppress

from app.archives.making import Maker, Making
from app.auth import Viewer
from app.convex.archive_shelf import GONE, ArchiveShelf
from app.errors import EaselError

LONGEST = 1800.0  # s
EACH = 1.0  # s from one report to the next
SLOW = "It took longer than half an hour. Try again when fewer people draw."
FAILED = "Something went wrong here. Try again."

log = logging.getLogger("easel.archives")


class Archives:
    def __init__(self, shelf: ArchiveShelf, maker: Maker) -> None:
        self._shelf, self._maker = shelf, maker
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, viewer: Viewer, shared: bool) -> None:
        """Raises Conflict while one is being made for this person, TooManyRequests while too many are for others."""
        making = Making(await self._shelf.start(viewer, shared), viewer, shared)
        task = asyncio.create_task(self._make(making), name=f"archive {making.archive}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """They fail, and say why."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(self, making: Making) -> None:
        work = asyncio.create_task(self._maker.make(making))
        try:
            async with asyncio.timeout(LONGEST):
                if await self._report(making, work):
                    await work
        except TimeoutError:
            await self._fail(making, SLOW)
        except EaselError as error:
            await self._fail(making, error.message)
        except asyncio.CancelledError:
            await self._fail(making, GONE)
        except Exception:
            log.exception("archive %s", making.archive)
            await self._fail(making, FAILED)
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    async def _report(self, making: Making, work: asyncio.Task[None]) -> bool:
        """While it is being made. False if nobody wants it any more."""
        while not work.done():
            with suppress(EaselError):  # the next one says it
                if not await self._shelf.report(making.archive, making.done, making.total, len(making.left)):
                    return work.done()
            await asyncio.wait([work], timeout=EACH)
        return True

    async def _fail(self, making: Making, message: str) -> None:
        with suppress(EaselError):
            await self._shelf.fail(making.archive, message)
