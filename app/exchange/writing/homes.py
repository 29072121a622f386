"""Which of many boxes a point is in. A board may have 50,000 of each: pair by pair that takes minutes. Pure."""

from bisect import bisect_left
from collections.abc import Sequence
from heapq import heappop, heappush

from app.drawing.units import Point
from app.shapes import Box


class Boxes:
    """The boxes that were passed on the way down, in a tree over their left and right edges.

    A box is in the few nodes that together cover its width, the smallest box of each on top.
    """

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._edges = sorted({x for left, _, right, _ in boxes for x in (left, right)})
        self._size = 2 * len(self._edges)  # the edges, and what is to the right of each
        self._nodes: list[list[tuple[float, int, float]]] = [[] for _ in range(2 * self._size)]

    def add(self, number: int, box: Box) -> None:
        left, top, right, bottom = box
        entry = (right - left) * (bottom - top), number, bottom
        low, high = self._leaf(left), self._leaf(right) + 1
        while low < high:
            if low % 2:
                heappush(self._nodes[low], entry)
                low += 1
            if high % 2:
                high -= 1
                heappush(self._nodes[high], entry)
            low, high = low // 2, high // 2

    def around(self, x: float, y: float) -> int | None:
        """The number of the smallest box there. Whatever ends above is forgotten: ask from the top down."""
        found: list[tuple[float, int, float]] = []
        node = self._leaf(x) if self._edges and x >= self._edges[0] else 0
        while node:
            entries = self._nodes[node]
            while entries and entries[0][2] < y:
                heappop(entries)
            found += entries[:1]
            node //= 2
        return min(found)[1] if found else None

    def _leaf(self, x: float) -> int:
        at = bisect_left(self._edges, x)
        exact = at < len(self._edges) and self._edges[at] == x
        return self._size + 2 * at - (not exact)


def homes(points: Sequence[Point], boxes: Sequence[Box]) -> list[int | None]:
    """For each point the smallest box that it is in, by its number; the first of several."""
    passed = Boxes(boxes)
    waiting = sorted(range(len(boxes)), key=lambda n: boxes[n][1], reverse=True)
    found: list[int | None] = [None] * len(points)
    for n in sorted(range(len(points)), key=lambda n: points[n].y):
        while waiting and boxes[waiting[-1]][1] <= points[n].y:
            number = waiting.pop()
            passed.add(number, boxes[number])
        found[n] = passed.around(*points[n])
    return found
