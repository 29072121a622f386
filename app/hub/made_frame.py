"""A frame that was made for one reader, and may serve others who missed the same changes."""

from collections.abc import Container

from app.hub.cut_frame import CutFrame
from app.hub.unchanged import Unchanged
from app.hub.window import Window


class MadeFrame:
    """Shows the board as it was at `ts`: the shapes of the ids in `shown`, or all of them without."""

    def __init__(self, ts: int, frame: CutFrame, shown: Container[str] | None = None) -> None:
        self.ts = ts
        self.frame = frame
        self._unchanged = Unchanged(ts, shown)

    def serves(self, oldest: int | None, window: Window) -> bool:
        """Whether a reader may have it who came at `oldest`, and may not see what was on the board before.

        It must show nothing that has been changed or removed between its making and then. None: the reader may see all.
        """
        return oldest is None or self.ts >= oldest or self._unchanged.until_now(window)
