"""A large board by places: squares of the paper, each with the shapes whose middle is in it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from typing import TypeAlias

from app.drawing.far import far
from app.hub.drawing import Drawing

SIDE = 500  # px
SLICE = 500  # shapes looked at before the event loop has its turn: 2 ms
Cell: TypeAlias = tuple[int, int]


class Cells:
    """Made when somebody first asks for a part of the board, and kept level from then on."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._where: dict[str, Cell] = {}
        self._ids: defaultdict[Cell, dict[str, None]] = defaultdict(dict)
        self._far: dict[Cell, str] = {}
        self._drawn_from: dict[Cell, object] = {}

    async def fill(self) -> None:
        """Everything that is there; what changes meanwhile is told to `moved`."""
        ids = self._drawing.ids()
        for start in range(0, len(ids), SLICE):
            self.moved(ids[start : start + SLICE])
            await asyncio.sleep(0)

    def counts(self) -> list[tuple[int, int, int]]:
        """x, y and the number of shapes of each cell that has any."""
        return [(x, y, len(ids)) for (x, y), ids in self._ids.items()]

    def moved(self, ids: Iterable[str]) -> set[Cell]:
        """These came, went or changed; the cells that look different now."""
        changed = set()
        for id in ids:
            before = self._where.pop(id, None)
            if before:
                del self._ids[before][id]
                if not self._ids[before]:
                    del self._ids[before]
            if box := self._drawing.box(id):
                now = self._where[id] = cell_of(box)
                self._ids[now][id] = None
                changed.add(now)
            if before:
                changed.add(before)
        for cell in changed:
            self._far.pop(cell, None)
            self._drawn_from.pop(cell, None)
        return changed

    def elements(self, cell: Cell) -> list[str]:
        """The pictures of a cell's shapes, in z order, each with its z: a page puts the cells that it has together."""
        shapes = sorted([(self._drawing.z(id), id) for id in self._ids.get(cell, ())])
        pictures = self._drawing.pictures(id for _, id in shapes)
        return [with_z(svg, z) for svg, (z, _) in zip(pictures, shapes, strict=True)]

    async def all_far(self) -> AsyncIterator[str]:
        """The whole board from afar, a `<g data-cell>` for each cell; others have their turn meanwhile."""
        for cell in list(self._ids):
            fresh = cell in self._far
            yield in_cell(cell, await self.far(cell))
            if not fresh:
                await asyncio.sleep(0)

    async def far(self, cell: Cell) -> str:
        """The cell from afar: one path for all shapes of a colour and width, each of a few points."""
        if (known := self._far.get(cell)) is not None:
            return known
        state = self._drawn_from[cell] = object()
        paths: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for number, id in enumerate(list(self._ids.get(cell, ())), 1):
            if self._where.get(id) == cell:  # it may have gone meanwhile
                color, width, path = far(*self._drawing.seen(id), self._drawing.find)
                paths[color, width].append(path)
            if number % SLICE == 0:
                await asyncio.sleep(0)
        drawn = "".join(
            f'<path {painted(color)} stroke-width="{width}" d="{"".join(parts)}"/>'
            for (color, width), parts in paths.items()
        )
        if self._drawn_from.get(cell) is state:  # nothing in it has changed since
            del self._drawn_from[cell]
            self._far[cell] = drawn
        return drawn


def cell_of(box: tuple[float, float, float, float]) -> Cell:
    left, top, right, bottom = box
    return int((left + right) // (2 * SIDE)), int((top + bottom) // (2 * SIDE))


def in_cell(cell: Cell, drawn: str) -> str:
    return f'<g data-cell="{cell[0]},{cell[1]}">{drawn}</g>'


def with_z(svg: str, z: float) -> str:
    """The element with its z, which begins with its name and its id: see templates/shapes/lines.html."""
    name, rest = svg.split(" ", 1)
    return f'{name} data-z="{z!r}" {rest}'


def painted(color: str) -> str:
    """A palette's name, or #rrggbb: both were checked when they came in."""
    return f'stroke="{color}"' if color[0] == "#" else f'class="{color}"'
