"""A stroke while it is drawn: each point is sent once, unless the hand changes it (a straight line's end)."""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import Gap

WINDOW = 3.0  # s for which a point stays published: the feed of another process may skip documents


class Wet:
    """`head` holds its id and style; `sent` counts the points that the readers of this process have."""

    def __init__(self, kind: str, head: Mapping[str, Any]) -> None:
        self.kind = kind
        self.head = dict(head)
        self.id: str = head["id"]
        self.sent = 0
        self._points: list[float] = []
        self._pressures: list[float] = []
        self._published: deque[tuple[float, int]] = deque()
        self._whole_until = float("-inf")

    def __len__(self) -> int:
        return len(self._points) // 2

    def add(self, start: int, points: Sequence[float], pressures: Sequence[float] = ()) -> None:
        """Replace the points from index `start` on. Raises Gap if points before that are missing."""
        if start > len(self):
            raise Gap(f"This ink goes on at point {start}, but is known up to point {len(self)}.", limit=len(self))
        same = self._same(start, points)
        self._points[2 * same :] = points[2 * (same - start) :]
        self._pressures[same:] = pressures[same - start :]
        if len(self._pressures) not in (0, len(self)):  # some points have one and some have none: then none counts
            self._pressures, same = [], 0
        self.sent = min(self.sent, same)
        self._published = deque((at, min(count, same)) for at, count in self._published)

    def _same(self, start: int, points: Sequence[float]) -> int:
        """How many points, from the first on, stay as they are."""
        both = min(len(self) - start, len(points) // 2)
        if self._points[2 * start : 2 * (start + both)] == list(points[: 2 * both]):
            return start + both
        return start + next(n for n in range(both) if self._points[2 * (start + n) :][:2] != list(points[2 * n :][:2]))

    def piece(self, start: int) -> dict[str, Any]:
        """The points from `start` on, as JSON; only the first piece has the style."""
        pressures = {"pressures": self._pressures[start:]} if self._pressures else {}
        head = self.head if start == 0 else {"id": self.id}
        return {**head, "from": start, "points": self._points[2 * start :], **pressures}

    def news(self) -> dict[str, Any]:
        start, self.sent = self.sent, len(self)
        return self.piece(start)

    def publish(self, now: float) -> dict[str, Any]:
        """The points of the last WINDOW, for other processes; for WINDOW after `ask_whole`, all points."""
        self._published.append((now, len(self)))
        while len(self._published) > 1 and self._published[1][0] <= now - WINDOW:
            self._published.popleft()
        at, count = self._published[0]
        start = count if at <= now - WINDOW and now > self._whole_until else 0
        return {**self.piece(start), **self.head, "kind": self.kind}

    def ask_whole(self, now: float) -> None:
        self._whole_until = now + WINDOW
