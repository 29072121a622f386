"""Which pictures are on a board."""

from collections import Counter

from app.shapes import Image, Shape


class ShownFiles:
    """Counts the shapes that show each file."""

    def __init__(self) -> None:
        self._shown: Counter[str] = Counter()

    def __contains__(self, file: str) -> bool:
        return file in self._shown

    def add(self, shape: Shape) -> None:
        if isinstance(shape, Image):
            self._shown[shape.file] += 1

    def remove(self, shape: Shape) -> None:
        if isinstance(shape, Image):
            self._shown[shape.file] -= 1
            if not self._shown[shape.file]:
                del self._shown[shape.file]

    def clear(self) -> None:
        self._shown.clear()
