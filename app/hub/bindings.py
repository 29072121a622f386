"""Which lines end at which shapes."""

from app.shapes import Line, Shape


class Bindings:
    """The ids of the lines bound to each shape, whether that shape is there or not."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[str, None]] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def of(self, id: str) -> tuple[str, ...]:
        """The lines bound to this shape."""
        return tuple(self._lines.get(id, ()))

    def add(self, shape: Shape) -> None:
        if isinstance(shape, Line):
            for target in shape.bound:
                self._lines.setdefault(target, {})[shape.id] = None

    def remove(self, shape: Shape) -> None:
        if isinstance(shape, Line):
            for target in set(shape.bound):
                del self._lines[target][shape.id]
                if not self._lines[target]:
                    del self._lines[target]

    def clear(self) -> None:
        self._lines.clear()
