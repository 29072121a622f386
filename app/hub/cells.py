"""A large board by cells: squares of the paper, each with the shapes whose middle is in it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from typing import TypeAlias

from app.drawing.far import far
from app.hub.change import Change
from app.hub.drawing import Drawing
from app.pace import Pace

SIDE = 500  # px
SLICE = 500  # shapes put into their cells before the event loop has its turn: 2 ms
Cell: TypeAlias = tuple[int, int]


class Cells:
    """Empty until somebody first needs a part of the board, and kept level from then on."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._filling: asyncio.Task[None] | None = None
        self._where: dict[str, Cell] = {}
        self._ids: defaultdict[Cell, dict[str, None]] = defaultdict(dict)
        self._far: dict[Cell, str] = {}
        self._drawn_from: dict[Cell, object] = {}

    async def fill(self) -> None:
        """Put all shapes into their cells, once. `apply` does the same for what changes meanwhile."""
        if self._filling is None:
            self._filling = asyncio.create_task(self._fill())
        await asyncio.shield(self._filling)

    async def _fill(self) -> None:
        ids, pace = self._drawing.ids(), Pace()
        for start in range(0, len(ids), SLICE):
            await pace.rest()
            self._move(ids[start : start + SLICE])

    def apply(self, change: Change) -> None:
        """The drawing shows this change: note in it the cells that look different now."""
        if self._filling:
            change.cells = self._move(self._drawing.with_lines(change.touched))

    def counts(self) -> list[tuple[int, int, int]]:
        """x, y and the number of shapes of each cell that has any."""
        return [(x, y, len(ids)) for (x, y), ids in self._ids.items()]

    def elements(self, cell: Cell) -> list[str]:
        """The pictures of a cell's shapes, in z order, each with its z: a page merges the cells that it has."""
        ids = sorted(self._ids.get(cell, ()), key=lambda id: (self._drawing.z(id), id))
        return self._drawing.pictures_with_z(ids)

    async def all_far(self) -> AsyncIterator[str]:
        """The whole board from afar, a `<g data-cell>` for each cell; the event loop goes on meanwhile."""
        pace = Pace()
        for cell in list(self._ids):
            await pace.rest()
            yield in_cell(cell, await self.far(cell))

    async def far(self, cell: Cell) -> str:
        """The cell from afar: one path for all shapes of a colour and width, each of a few points."""
        if (cached := self._far.get(cell)) is not None:
            return cached
        state = self._drawn_from[cell] = object()
        paths: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        pace = Pace()
        for number, id in enumerate(list(self._ids.get(cell, ())), 1):
            if self._where.get(id) == cell and (seen := self._drawing.seen(id)):  # it may have gone meanwhile
                color, width, path = far(*seen, self._drawing.find)
                paths[color, width].append(path)
            if number % SLICE == 0:
                await pace.rest()
        drawn = "".join(
            f'<path {painted(color)} stroke-width="{width}" d="{"".join(parts)}"/>'
            for (color, width), parts in paths.items()
        )
        if self._drawn_from.get(cell) is state:  # nothing in it has changed since
            del self._drawn_from[cell]
            self._far[cell] = drawn
        return drawn

    def _move(self, ids: Iterable[str]) -> set[Cell]:
        """Put each of these shapes into the cell where it is now; returns the cells that look different."""
        changed = set()
        for id in ids:
            before = self._where.pop(id, None)
            if before:
                del self._ids[before][id]
                if not self._ids[before]:
                    del self._ids[before]
                changed.add(before)
            if seen := self._drawing.seen(id):
                now = self._where[id] = cell_of(seen[1])
                self._ids[now][id] = None
                changed.add(now)
        for cell in changed:
            self._far.pop(cell, None)
            self._drawn_from.pop(cell, None)
        return changed


def cell_of(box: tuple[float, float, float, float]) -> Cell:
    left, top, right, bottom = box
    return int((left + right) // (2 * SIDE)), int((top + bottom) // (2 * SIDE))


def in_cell(cell: Cell, drawn: str) -> str:
    return f'<g data-cell="{cell[0]},{cell[1]}">{drawn}</g>'


def painted(color: str) -> str:
    """A palette's name, or #rrggbb: both were checked when they came in."""
    return f'stroke="{color}"' if color[0] == "#" else f'class="{color}"'
