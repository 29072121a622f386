"""What is on a board, in words, for those who do not see it. Pure.

browser/kinds/names.ts and browser/kinds/reading.ts say the same: `tests/fixtures/outline.json` holds both to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from app.drawing.breaking import clusters
from app.shapes import Box, Shape
from app.text import one_line

ROW = 100  # px below the first of a row, or half of its height if that is less, within which a shape is in the row
LONGEST = 80  # clusters of a shape's text
MOST_READ = 1_000  # characters of a text, for its first clusters
MOST = 1_000  # items of a list


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The first `MOST` shapes in reading order. Of ink, which may be ten thousand strokes, only the number."""

    items: list[Item]
    more: int
    strokes: int

    def json(self) -> dict[str, object]:
        items = [{"id": item.id, "name": item.name} for item in self.items]
        return {"items": items, "more": self.more, "strokes": self.strokes}


def outline(shapes: Iterable[tuple[Shape, Box]], strokes: int) -> Outline:
    """Of shapes with their boxes, and of so many strokes besides."""
    read = reading_order(list(shapes))
    items = [Item(shape.id, name_of(shape)) for shape, _ in islice(read, MOST)]
    return Outline(items, len(read) - len(items), strokes)


def matches(found: Sequence[tuple[Shape, Box]]) -> list[dict[str, object]]:
    """Shapes that were searched for, in reading order: what they are called and where they are."""
    return [{"id": shape.id, "name": name_of(shape), "box": box} for shape, box in reading_order(found)]


def reading_order(shapes: Sequence[tuple[Shape, Box]]) -> list[tuple[Shape, Box]]:
    """Rows from the top, each from the left."""
    down = sorted(shapes, key=lambda one: (one[1][1], one[1][0]))
    read: list[tuple[Shape, Box]] = []
    start = 0
    while start < len(down):
        _, top, _, bottom = down[start][1]
        limit = top + min(ROW, (bottom - top) / 2)
        end = start + 1
        while end < len(down) and down[end][1][1] <= limit:
            end += 1
        read += sorted(down[start:end], key=lambda one: (one[1][0], one[1][1]))
        start = end
    return read


def name_of(shape: Shape) -> str:
    """`blue note: Buy milk`."""
    picture = shape.kind == "image"
    color = "" if picture or shape.color.startswith("#") else f"{shape.color} "
    said = shorten(getattr(shape, "alt" if picture else "text", ""))
    return f"{color}{'picture' if picture else shape.kind.replace('-', ' ')}{f': {said}' if said else ''}"


def shorten(text: str) -> str:
    """In one line."""
    line = one_line(text, MOST_READ)
    if len(line) <= LONGEST:
        return line
    letters = clusters(line)
    return line if len(letters) <= LONGEST else f"{''.join(letters[: LONGEST - 1]).rstrip()}…"
