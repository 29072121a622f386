"""A stroke while it is drawn: each point is told once, unless the hand changes it (a straight line's end)."""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import Gap

WINDOW = 3.0  # s for which other processes find the newest points: their feed may skip what was replaced meanwhile


class Wet:
    """`head` is what it looks like, with its id; `told` counts the points that this process's readers have."""

    def __init__(self, kind: str, head: Mapping[str, Any]) -> None:
        self.kind = kind
        self.head = dict(head)
        self.id: str = head["id"]
        self.told = 0
        self._points: list[float] = []
        self._pressures: list[float] = []
        self._published: deque[tuple[float, int]] = deque()
        self._whole_until = float("-inf")

    def __len__(self) -> int:
        return len(self._points) // 2

    def add(self, start: int, points: Sequence[float], pressures: Sequence[float] = ()) -> None:
        """From index `start` on the points are these. Raises Gap if some before that are missing."""
        if start > len(self):
            raise Gap(f"This ink goes on at point {start}, but is known up to point {len(self)}.", limit=len(self))
        same = self._same(start, points)
        self._points[2 * same :] = points[2 * (same - start) :]
        self._pressures[same:] = pressures[same - start :]
        if len(self._pressures) not in (0, len(self)):  # some points have one and some have none: then none counts
            self._pressures, same = [], 0
        self.told = min(self.told, same)

    def _same(self, start: int, points: Sequence[float]) -> int:
        """How many points are as they were."""
        known = min(len(self) - start, len(points) // 2)
        if self._points[2 * start : 2 * (start + known)] == list(points[: 2 * known]):
            return start + known
        return start + next(n for n in range(known) if self._points[2 * (start + n) :][:2] != list(points[2 * n :][:2]))

    def piece(self, start: int) -> dict[str, Any]:
        """The points from `start` on, as JSON; only the first piece says what the stroke looks like."""
        pressures = {"pressures": self._pressures[start:]} if self._pressures else {}
        head = self.head if start == 0 else {"id": self.id}
        return {**head, "from": start, "points": self._points[2 * start :], **pressures}

    def news(self) -> dict[str, Any]:
        start, self.told = self.told, len(self)
        return self.piece(start)

    def publish(self, now: float) -> dict[str, Any]:
        """The points of the last WINDOW, for other processes; all of them for a while after `ask_whole`."""
        self._published.append((now, len(self)))
        while len(self._published) > 1 and self._published[1][0] <= now - WINDOW:
            self._published.popleft()
        at, count = self._published[0]
        start = count if at <= now - WINDOW and now > self._whole_until else 0
        return {**self.piece(start), **self.head, "kind": self.kind}

    def ask_whole(self, now: float) -> None:
        self._whole_until = now + WINDOW
