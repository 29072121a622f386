"""Frames made for readers who came back, for the next ones who missed the same changes."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from typing import Literal

from app.hub.change import Change
from app.hub.cut_frame import CutFrame, cut
from app.hub.made_frame import MadeFrame
from app.hub.mailbox import Format
from app.hub.window import Window

MOST = 64  # frames kept
MAX_BYTES = 8 * 1024 * 1024

Form = Format | Literal["folded"]
Frame = Callable[[Sequence[Change], Form], bytes]
Shown = Callable[[Sequence[Change]], Collection[str]]


class Gaps:
    """Sends a gap as the frame that once covered all of it, then one for what has come since, and so on.

    So each change is drawn once for all readers who missed it, even while others go on drawing. A frame made at one ts
    never becomes wrong: it shows the board as it was then, and the next frame what came after. Readers who may not see
    how the board was before do not get one of which something is gone: see MadeFrame for `oldest`.
    """

    def __init__(self, frame: Frame, shown: Shown, window: Window) -> None:
        self._frame = frame
        self._shown = shown
        self._window = window
        self._made: dict[tuple[int, Form], MadeFrame] = {}
        self._bytes = 0
        self._making = asyncio.Lock()

    def frames(self, after: int, form: Form, oldest: int | None) -> list[CutFrame]:
        """From `after`, no earlier than the window's floor, to now; the same bytes for every reader."""
        frames: list[CutFrame] = []
        while changes := self._window.since(after):
            made = self._find(after, form, oldest) or self._keep(after, form, changes, self._frame(changes, form))
            after = made.ts
            frames.append(made.frame)
        return frames

    async def prepare(self, after: int, fold: Callable[[Sequence[Change]], Change], oldest: int | None) -> None:
        """Make the next folded frame while the event loop goes on."""
        async with self._making:
            changes = self._window.since(after)
            if changes and not self._find(after, "folded", oldest):
                folded = fold(changes)
                await folded.prepare()
                self._keep(after, "folded", changes, folded.event)

    def _find(self, after: int, form: Form, oldest: int | None) -> MadeFrame | None:
        made = self._made.get((after, form))
        return made if made and made.serves(oldest, self._window) else None

    def _keep(self, after: int, form: Form, changes: Sequence[Change], frame: bytes) -> MadeFrame:
        self._drop((after, form))
        made = self._made[after, form] = MadeFrame(changes[-1].ts, cut(frame), frozenset(self._shown(changes)))
        self._bytes += made.frame.size
        while len(self._made) > MOST or (self._bytes > MAX_BYTES and len(self._made) > 1):
            self._drop(next(iter(self._made)))
        return made

    def _drop(self, key: tuple[int, Form]) -> None:
        if dropped := self._made.pop(key, None):
            self._bytes -= dropped.frame.size
