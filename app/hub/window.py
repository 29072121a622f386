"""The last changes of a board, for readers who come back."""

from bisect import bisect_right

from app.hub.change import Change

MAX_CHANGES = 2_000
MAX_BYTES = 4 * 1024 * 1024


class Window:
    """Has every change after `floor`, a ts."""

    def __init__(self) -> None:
        self.floor = 0
        self._changes: list[Change] = []
        self._bytes = 0

    @property
    def ts(self) -> int:
        """The last change's."""
        return self._changes[-1].ts if self._changes else self.floor

    def start(self, floor: int) -> None:
        """The first change to come is the first one after this ts."""
        self.floor = floor

    def append(self, change: Change) -> None:
        self._changes.append(change)
        self._bytes += change.size
        if len(self._changes) > MAX_CHANGES or self._bytes > MAX_BYTES:
            self._drop_oldest()

    def has(self, ts: int) -> bool:
        """Whether the board once was at this ts. Every ts up to the floor counts as one: the window cannot tell."""
        place = bisect_right(self._changes, ts, key=lambda change: change.ts)
        return ts <= self.floor or (place > 0 and self._changes[place - 1].ts == ts)

    def since(self, ts: int) -> list[Change] | None:
        """The changes after `ts`, oldest first; None if some of them have been dropped."""
        if ts < self.floor:
            return None
        return self._changes[bisect_right(self._changes, ts, key=lambda change: change.ts) :]

    def _drop_oldest(self) -> None:
        """Drop an eighth of the changes at a time, which costs next to nothing for each."""
        dropped = self._changes[: max(1, len(self._changes) // 8)]
        del self._changes[: len(dropped)]
        self._bytes -= sum(change.size for change in dropped)
        self.floor = dropped[-1].ts
