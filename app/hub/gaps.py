"""Frames made for readers who came back, for the next ones who missed the same changes."""

from collections.abc import Callable, Sequence

from app.hub.change import Change
from app.hub.cut_frame import CutFrame, cut
from app.hub.mailbox import Format
from app.hub.window import Window

MOST = 64  # frames kept
MAX_BYTES = 8 * 1024 * 1024

Frame = Callable[[Sequence[Change], Format], bytes]


class Gaps:
    """Sends a gap as the frame that once covered all of it, then one for what has come since, and so on.

    So each change is drawn once for all readers who missed it, even while others go on drawing. A frame made at one ts
    never becomes wrong: it shows the board as it was then, and the next frame what came after.
    """

    def __init__(self, frame: Frame, window: Window) -> None:
        self._frame = frame
        self._window = window
        self._made: dict[tuple[int, Format], tuple[int, CutFrame]] = {}
        self._bytes = 0

    def frames(self, after: int, format: Format) -> list[CutFrame]:
        """From `after`, no earlier than the window's floor, to now; the same bytes for every reader."""
        frames: list[CutFrame] = []
        while changes := self._window.since(after):
            made = self._made.get((after, format))
            if made is None:
                made = changes[-1].ts, cut(self._frame(changes, format))
                self._keep((after, format), made)
            after = made[0]
            frames.append(made[1])
        return frames

    def _keep(self, key: tuple[int, Format], made: tuple[int, CutFrame]) -> None:
        self._made[key] = made
        self._bytes += made[1].size
        while len(self._made) > MOST or (self._bytes > MAX_BYTES and len(self._made) > 1):
            _, frame = self._made.pop(next(iter(self._made)))
            self._bytes -= frame.size
