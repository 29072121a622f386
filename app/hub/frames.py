"""The frames about shapes: made once for each format, whatever the number of readers."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from app.drawing import render
from app.hub import events
from app.hub.change import Change, folded
from app.hub.cut_frame import CutFrame, cut
from app.hub.drawing import Drawing
from app.hub.gaps import Form, Gaps
from app.hub.json_shapes import json_shapes
from app.hub.made_frame import MadeFrame
from app.hub.mailbox import Format
from app.hub.window import Window

RECENT = 500  # changes that may follow a whole frame which was made for another reader


class Frames:
    """`html` is for pages that have the whole board, `cells` for pages that have parts of it, `json` for programs, and
    `folded` for programs that missed something, if their person may not see how the board was before.

    `oldest` is the ts at which a reader came who may not see that. With None the reader may.
    """

    def __init__(self, drawing: Drawing, window: Window) -> None:
        self._drawing = drawing
        self._window = window
        self._gaps = Gaps(self.of, self._shown, window)
        self._whole: dict[Format, MadeFrame] = {}
        self._making: defaultdict[Format, asyncio.Lock] = defaultdict(asyncio.Lock)

    def of(self, changes: Sequence[Change], format: Form) -> bytes:
        """The frame of these changes, the latest that the drawing shows."""
        if format == "json":
            return b"".join([change.event for change in changes])
        if format == "folded":
            return self._fold(changes).event
        ts = changes[-1].ts
        before: dict[str, float | None] = {}
        for change in changes:
            for id, z in change.before.items():
                before.setdefault(id, z)
        removed, placed = self._drawing.placed(before)
        ids = [id for id, _ in placed]
        if format == "html":
            elements = zip(self._drawing.pictures(ids), [below for _, below in placed], strict=True)
            return events.message(render.changes(ts, removed, elements), ts)
        loose = [(picture, None) for picture in self._drawing.pictures_with_z(ids)]
        changed = sorted({cell for change in changes for cell in change.cells})
        return events.message(render.changes(ts, removed, loose, changed), ts)

    def since(self, after: int, format: Format) -> Sequence[Change] | None:
        """The changes that a reader at `after` has missed; None if it needs a whole frame instead.

        For one by cells that is also the case if a change was made before this process kept cells.
        """
        missed = self._window.since(after)
        return None if missed and format == "cells" and not all(change.cells for change in missed) else missed

    def missed(self, after: int, form: Form, oldest: int | None) -> list[CutFrame]:
        """Frames from `after`, for which `since` gives changes, to now; the same bytes for every reader."""
        return self._gaps.frames(after, form, oldest)

    async def whole(self, format: Format, oldest: int | None) -> tuple[int, CutFrame]:
        """A frame with all shapes, and the ts that it shows: now, or a little ago if `since` has what came after.

        A thousand readers who come back cost one such frame, even while others draw.
        """
        async with self._making[format]:
            made = self._whole.get(format)
            since = self.since(made.ts, format) if made else None
            if made is None or since is None or len(since) > RECENT or not made.serves(oldest, self._window):
                ts = self._window.ts
                made = self._whole[format] = MadeFrame(ts, await self._make_whole(ts, format))
        return made.ts, made.frame

    async def _make_whole(self, ts: int, format: Format) -> CutFrame:
        match format:
            case "html":
                elements = self._drawing.svg()
                return await asyncio.to_thread(lambda: cut(events.message(render.whole(ts, elements), ts)))
            case "cells":
                return cut(events.message(render.whole(ts, ""), ts))  # the page then fetches the cells that it shows
            case "json":
                shapes = self._drawing.shapes()
                return cut(events.whole(ts, [part async for part in json_shapes(shapes, self._drawing.find)]))

    async def prepare(self, changes: Sequence[Change], format: Format) -> None:
        """Make the slowest part of these changes' frame while the event loop goes on."""
        for change in changes if format == "json" else ():
            await change.prepare()

    async def prepare_missed(self, after: int, form: Form, oldest: int | None) -> None:
        """The same for what a reader at `after` has missed."""
        if form == "folded":
            await self._gaps.prepare(after, self._fold, oldest)
        elif form == "json":
            await self.prepare(self._window.since(after) or (), form)

    def _fold(self, changes: Sequence[Change]) -> Change:
        return folded(changes, self._drawing.find)

    def _shown(self, changes: Sequence[Change]) -> list[str]:
        """The shapes in these changes' frame."""
        return self._drawing.with_lines([id for change in changes for id in change.before])
