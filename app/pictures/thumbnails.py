"""Small pictures of boards for lists, drawn when a board has come to rest, and kept in file storage.

Nothing is lost if a process ends before: whoever sees the board in a list has it drawn then.
"""

import asyncio
import hashlib
import logging
import random
import time
from contextlib import AsyncExitStack, suppress

from app.convex.thumbnail_shelf import THEMES, Latest, ThumbnailShelf
from app.drawing.boxes import grown
from app.drawing.hairline import least
from app.drawing.render import Paper
from app.errors import EaselError
from app.hub import Hub, Hubs
from app.hub.access import Person
from app.hub.rest import REST
from app.hub.view import PADDING, View
from app.pictures.excerpt import from_afar
from app.pictures.painter import Painter
from app.pictures.tag import DRAWN_BY
from app.shapes import Box

SIZE = (480, 300)  # px
EDGE = 0.06  # of the longer side: room around the drawing
LINE = 1.5  # px: cards show a thumbnail at about half its size
LEAST = (800.0, 500.0)  # px of the board: a small drawing is not shown larger than it is
WAIT = 3.0  # s that whoever looks at a list waits for a picture that is not drawn yet
MOST = 20  # boards that wait to be drawn for lists
SPREAD = 2.0  # s: of several processes that have a board open, the first draws it
VERSION = hashlib.sha256(DRAWN_BY.encode()).hexdigest()[:16]
SMALL = 1_000  # shapes, which take up to 0.3 s
KNOWN = 1_000  # boards that could not be drawn

log = logging.getLogger("easel.pictures")


class Thumbnails:
    """Draws those of boards that people look at, and with `ahead` those that have come to rest.

    Large boards wait for each other, and so do all others: nobody's small board waits for a large one.
    """

    def __init__(self, shelf: ThumbnailShelf, painter: Painter, hubs: Hubs, *, ahead: bool) -> None:
        self._shelf = shelf
        self._painter = painter
        self._hubs = hubs
        self._opening, self._small, self._large = asyncio.Semaphore(2), asyncio.Lock(), asyncio.Lock()
        self._drawing: dict[str, asyncio.Task[None]] = {}
        self._failed: dict[str, int] = {}
        self._loop = asyncio.get_running_loop()
        if ahead:
            hubs.on_rest.append(self.draw_soon)

    def draw_soon(self, board: str) -> None:
        self._loop.call_later(random.uniform(0, SPREAD), self._draw, board)

    async def latest(self, board: str, viewer: Person | None) -> Latest:
        """The board's thumbnail, ten seconds old at most if it can be drawn in three.

        Whoever does not see the history gets none that shows something which is no longer there. Raises NotFound,
        Unavailable.
        """
        found = await self._shelf.latest(board)
        if outdated(found) and len(self._drawing) < MOST:
            self._draw(board)  # nobody waits for it
        if found.level:
            return found
        hub = await self._hub(board)
        if not (recent(found) and suits(found, hub, viewer)):
            if len(self._drawing) < MOST and self._failed.get(board) != found.head:
                with suppress(TimeoutError):
                    async with asyncio.timeout(WAIT):
                        await asyncio.shield(self._draw(board))
            found = await self._shelf.latest(board)
        return found if found.level or suits(found, hub, viewer) else Latest(found.head, None)

    async def _hub(self, board: str) -> Hub | None:
        with suppress(EaselError, TimeoutError):
            async with asyncio.timeout(WAIT):
                return await self._hubs.open(board)
        return None

    def close(self) -> None:
        for task in self._drawing.values():
            task.cancel()

    def _draw(self, board: str) -> asyncio.Task[None]:
        """One task for all who want this board's."""
        if board not in self._drawing:
            task = self._drawing[board] = asyncio.create_task(self._drawn(board), name=f"thumbnail {board}")
            task.add_done_callback(lambda _: self._drawing.pop(board))
        return self._drawing[board]

    async def _drawn(self, board: str) -> None:
        ts = 0
        try:
            async with self._opening:
                hub = await self._hubs.open(board)
            async with self._large if len(hub.view) > SMALL else self._small:
                ts, found = hub.ts, await self._shelf.latest(board)
                if ts and (found.thumbnail is None or found.thumbnail.ts < ts or outdated(found)):
                    await self._keep(board, hub.view, ts)
        except EaselError as error:
            self._failed[board] = ts
            if len(self._failed) > KNOWN:
                del self._failed[next(iter(self._failed))]
            log.info("board %s has no thumbnail: %s", board, error)
        except Exception:
            log.exception("board %s has no thumbnail", board)

    async def _keep(self, board: str, view: View, ts: int) -> None:
        pieces = await (from_afar(view) if view.large else view.excerpt())
        part = framed(await view.bounds())
        thin = least(SIZE[0] / (part[2] - part[0]), LINE) / (20 if view.large else 1)
        async with AsyncExitStack() as kept:
            pictures = {}
            for number, theme in enumerate(THEMES):
                paper = Paper("", part, SIZE, number, fonts=False, least=thin)
                pictures[theme] = await kept.enter_async_context(self._painter.painted(board, pieces, paper))
            await self._shelf.keep(board, ts, VERSION, pictures)


def recent(found: Latest) -> bool:
    return found.thumbnail is not None and time.time() - found.thumbnail.at < REST


def suits(found: Latest, hub: Hub | None, viewer: Person | None) -> bool:
    """Whether this person may see the thumbnail although the board has changed since."""
    if found.thumbnail is None:
        return True
    return hub is not None and (hub.access.sees_history(viewer) or hub.shows_still(found.thumbnail.ts))


def outdated(found: Latest) -> bool:
    """Whether another version of Easel has drawn it."""
    return found.thumbnail is not None and found.thumbnail.version != VERSION


def framed(around: Box | None) -> Box:
    """The part of the board that has the form of a thumbnail, with all of the drawing in its middle."""
    left, top, right, bottom = around or (0.0, 0.0, *LEAST)
    edge = max(PADDING, EDGE * max(right - left, bottom - top))
    left, top, right, bottom = grown((left, top, right, bottom), edge)
    width = max(right - left, (bottom - top) * SIZE[0] / SIZE[1], LEAST[0])
    height = width * SIZE[1] / SIZE[0]
    x, y = (left + right - width) / 2, (top + bottom - height) / 2
    return x, y, x + width, y + height
