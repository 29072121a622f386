"""The last changes, for readers who come back."""

from bisect import bisect_right

from app.hub.change import Change

MAX_CHANGES = 2_000
MAX_BYTES = 4 * 1024 * 1024


class Window:
    """Knows every change after `floor`, a ts."""

    def __init__(self, floor: int) -> None:
        self.floor = floor
        self._changes: list[Change] = []
        self._bytes = 0

    def append(self, change: Change) -> None:
        self._changes.append(change)
        self._bytes += change.size
        if len(self._changes) > MAX_CHANGES or self._bytes > MAX_BYTES:
            self._drop_oldest()

    def has(self, ts: int) -> bool:
        """Whether the board was as `ts` says, as far as we know: a ts before the floor is answered by all there is."""
        place = bisect_right(self._changes, ts, key=lambda change: change.ts)
        return ts <= self.floor or (place > 0 and self._changes[place - 1].ts == ts)

    def since(self, ts: int) -> list[Change] | None:
        """What came after `ts`, oldest first; None if that is not known any more."""
        if ts < self.floor:
            return None
        return self._changes[bisect_right(self._changes, ts, key=lambda change: change.ts) :]

    def _drop_oldest(self) -> None:
        """An eighth of the changes at a time: each costs nearly nothing then."""
        dropped = self._changes[: max(1, len(self._changes) // 8)]
        del self._changes[: len(dropped)]
        self._bytes -= sum(change.size for change in dropped)
        self.floor = dropped[-1].ts
