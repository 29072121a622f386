"""A stroke while it is drawn: points that are only ever added, each told once."""

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
        """The points from index `start` on; those that are here are passed over. Raises Gap if some are missing."""
        known = len(self) - start
        if known < 0:
            raise Gap(f"This ink goes on at point {start}, but is known up to point {len(self)}.", limit=len(self))
        self._points += points[2 * known :]
        self._pressures += pressures[known:]

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
