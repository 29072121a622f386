"""The z order of shapes; ids order those with the same z."""

from bisect import bisect_left, insort
from collections.abc import Container, Iterator


class Order:
    """The ids of shapes from the lowest to the topmost, found by binary search."""

    def __init__(self) -> None:
        self._places: list[tuple[float, str]] = []

    def __iter__(self) -> Iterator[str]:
        return (id for _, id in self._places)

    def add(self, z: float, id: str) -> None:
        insort(self._places, (z, id))

    def remove(self, z: float, id: str) -> None:
        del self._places[bisect_left(self._places, (z, id))]

    def clear(self) -> None:
        self._places.clear()

    def top(self, ids: Container[str]) -> list[str]:
        """The largest run of these ids that lies on top of all others, upwards."""
        start = len(self._places)
        while start and self._places[start - 1][1] in ids:
            start -= 1
        return [id for _, id in self._places[start:]]

    def above(self, z: float, id: str) -> str | None:
        """The id right above this one; None for the topmost."""
        place = bisect_left(self._places, (z, id)) + 1
        return self._places[place][1] if place < len(self._places) else None
