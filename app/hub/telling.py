"""What readers are told of the shapes: made once for each format, whatever the number of readers."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence

import orjson

from app.drawing import render
from app.drawing.bind import settled
from app.hub import events
from app.hub.cells import Cells, with_z
from app.hub.change import Change
from app.hub.drawing import Drawing
from app.hub.gaps import Gaps
from app.hub.mailbox import Format
from app.hub.window import Window
from app.shapes import Find, Line, Shape

RECENT = 500  # changes that may follow a snapshot which was made for somebody else
SLICE = 50  # shapes made JSON before the event loop has its turn: about 1 ms


class Telling:
    """`html` is for pages that have the whole board, `cells` for pages that have parts of it, `json` for programs."""

    def __init__(self, drawing: Drawing, large: int) -> None:
        self._drawing = drawing
        self._large = large
        self._snapshots: dict[Format, tuple[int, bytes]] = {}
        self._making: defaultdict[Format, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.gaps = Gaps(self.frame)
        self._cells: Cells | None = None
        self._filling: asyncio.Task[None]

    @property
    def large(self) -> int:
        """Of a large board, how many shapes a page is to load at a time; else 0."""
        return self._large * 3 // 5 if len(self._drawing) > self._large else 0

    async def cells(self) -> Cells:
        if self._cells is None:
            self._cells = Cells(self._drawing)
            self._filling = asyncio.create_task(self._cells.fill())
        await asyncio.shield(self._filling)
        return self._cells

    def applied(self, change: Change) -> None:
        """The drawing has taken it in."""
        if self._cells:
            change.cells = self._cells.moved(self._drawing.with_lines(change.touched))

    def tellable(self, changes: Sequence[Change], format: Format) -> bool:
        """Whether these can be told to who missed them: of the cells they changed we may have kept no count."""
        return format != "cells" or all(change.cells for change in changes)

    def frame(self, changes: Sequence[Change], format: Format) -> bytes:
        """These changes, the latest that the drawing shows, as bytes for any number of readers."""
        if format == "json":
            return b"".join([change.event for change in changes])
        ts = changes[-1].ts
        before: dict[str, float | None] = {}
        for change in changes:
            for id, z in change.before.items():
                before.setdefault(id, z)
        removed, placed = self._drawing.placed(before)
        pictures = self._drawing.pictures(id for id, _ in placed)
        if format == "html":
            places = [below for _, below in placed]
            return events.message(render.changes(ts, removed, zip(pictures, places, strict=True)), ts)
        elements = [(with_z(svg, self._drawing.z(id)), None) for svg, (id, _) in zip(pictures, placed, strict=True)]
        changed = sorted({cell for change in changes for cell in change.cells})
        return events.message(render.changes(ts, removed, elements, changed), ts)

    async def snapshot(self, ts: Callable[[], int], format: Format, window: Window) -> tuple[int, bytes]:
        """All shapes as one frame, and the ts that it shows: now, or a little ago if the window knows what came since.

        A thousand readers who come back cost one, also while others draw.
        """
        async with self._making[format]:
            made = self._snapshots.get(format)
            since = window.since(made[0]) if made else None
            if made is None or since is None or len(since) > RECENT or not self.tellable(since, format):
                now = ts()
                made = self._snapshots[format] = now, await self._snapshot(now, format)
        return made

    async def _snapshot(self, ts: int, format: Format) -> bytes:
        match format:
            case "html":
                elements = self._drawing.svg()
                return await asyncio.to_thread(lambda: events.message(render.snapshot(ts, elements), ts))
            case "cells":
                return events.message(render.snapshot(ts, ""), ts)  # the page asks for what it shows
            case "json":
                return events.snapshot(ts, [part async for part in json(self._drawing.shapes(), self._drawing.find)])

    async def prepare(self, changes: Sequence[Change], format: Format) -> None:
        """What telling these takes longest over, while others have their turn."""
        for change in changes if format == "json" else ():
            await change.prepare()


async def json(shapes: list[Shape], find: Find) -> AsyncIterator[bytes]:
    """Shapes in the API's form with commas between, lines as they are seen. The event loop has its turns meanwhile."""
    for start in range(0, len(shapes), SLICE):
        piece = shapes[start : start + SLICE]
        yield b",".join([orjson.dumps(seen(shape, find).json()) for shape in piece])
        await asyncio.sleep(0)


def seen(shape: Shape, find: Find) -> Shape:
    return settled(shape, find) if isinstance(shape, Line) else shape
