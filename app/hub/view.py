"""What a request sees of a board: its drawing as a whole or by cells, and its shapes."""

from collections.abc import Collection, Sequence
from typing import Any

from app.drawing.bind import loosened
from app.drawing.boxes import grown, overlap
from app.drawing.units import number
from app.hub.batches import batches
from app.hub.cells import Cells
from app.hub.drawing import Drawing
from app.hub.json_shapes import json_shapes
from app.hub.once import Once
from app.hub.texts import Texts, folded, holding, texts
from app.pace import Pace
from app.shapes import MAX_OPERATIONS, Box, Line, Shape

PADDING = 32  # px around the content, in a fitted view


class View:
    """The board as it is at each call. One with more than `large` shapes is large."""

    def __init__(self, drawing: Drawing, cells: Cells, large: int) -> None:
        self._drawing = drawing
        self._cells = cells
        self._large = large
        self._json: Once[list[bytes]] = Once()
        self._texts: Once[Texts] = Once()
        self._measured: Once[tuple[list[tuple[Shape, Box]], int]] = Once()

    @property
    def large(self) -> int:
        """Of a large board, how many shapes a page is to load at a time; else 0."""
        return self._large * 3 // 5 if len(self._drawing) > self._large else 0

    def __len__(self) -> int:
        return len(self._drawing)

    def find(self, id: str) -> Shape | None:
        return self._drawing.find(id)

    def shows(self, file: str) -> bool:
        """Whether this picture is on the board."""
        return self._drawing.shows(file)

    def shapes(self) -> list[Shape]:
        """In z order, the topmost last."""
        return self._drawing.shapes()

    def unordered(self) -> list[Shape]:
        """In any order: of 100,000 shapes in 1 ms."""
        return self._drawing.unordered()

    def loosened(self, gone: Collection[str], touched: Collection[str]) -> dict[str, dict[str, Any]]:
        """Patches of the lines bound to `gone` that keep them where they are seen; none for lines in `touched`."""
        lines = {id for id in self._drawing.with_lines(gone) if id not in gone and id not in touched}
        bound = [line for id in lines if isinstance(line := self.find(id), Line) and line.locked != "owner"]
        return {line.id: loosened(line, gone, self.find) for line in bound[:MAX_OPERATIONS]}

    async def measured(self) -> tuple[list[tuple[Shape, Box]], int]:
        """The shapes other than ink with their boxes, and the number of strokes besides; made once for all concurrent
        callers, while the event loop goes on.
        """
        return await self._measured.get(self._drawing.version, self._measure)

    async def _measure(self) -> tuple[list[tuple[Shape, Box]], int]:
        await self._prepare()
        found, strokes, pace = list[tuple[Shape, Box]](), 0, Pace()
        for batch in batches(self._drawing.unordered()):
            await pace.rest()
            others = [shape.id for shape in batch if shape.kind != "stroke"]
            strokes += len(batch) - len(others)
            found += [one for id in others for one in self.seen(id)]
        return found, strokes

    def seen(self, id: str) -> list[tuple[Shape, Box]]:
        """The shape with its box, if it is there."""
        found = self._drawing.seen(id)
        return [found] if found else []

    async def search(self, words: str, most: int) -> tuple[int, list[tuple[Shape, Box]]]:
        """How many shapes have these words in their text, and the topmost of them; the event loop goes on meanwhile."""
        total, top = 0, list[tuple[Shape, Box]]()
        if not (wanted := folded(words)):  # accents alone
            return total, top
        written = await self._texts.get(self._drawing.version, lambda: texts(self._drawing.unordered()))
        async for ids in holding(written, wanted):
            await self._drawing.prepare([shape for id in ids if (shape := self.find(id))])
            total += len(ids)
            top = sorted([*top, *(one for id in ids for one in self.seen(id))], key=lambda one: one[1][1])[:most]
        return total, top

    def box(self) -> str | None:
        """An SVG viewBox around the content, with some room; None for an empty board."""
        around = self._drawing.bounds()
        if around is None:
            return None
        left, top, right, bottom = grown(around, PADDING)
        return " ".join(map(number, (left, top, right - left, bottom - top)))

    async def bounds(self, ids: Collection[str] | None = None) -> Box | None:
        """The box around these shapes, or around all; None if there is none."""
        await self._prepare()
        return self._drawing.bounds(ids)

    async def overlapping(self, boxes: Sequence[Box]) -> list[list[str]]:
        """For each box the ids of the shapes of which something may be in it; the event loop goes on meanwhile."""
        await self._prepare()
        found: list[list[str]] = [[] for _ in boxes]
        pace = Pace()
        for batch in batches(self.shapes()):
            await pace.rest()
            for shape in batch:
                around = self._drawing.bounds((shape.id,))
                for ids, box in zip(found, boxes, strict=True):
                    if overlap(around, box):
                        ids.append(shape.id)
        return found

    async def pieces(self) -> list[str]:
        """All elements in z order and in pieces, of one moment: the event loop goes on only while they are drawn."""
        await self._prepare()
        await Pace().rest()  # of 15,000 shapes the rest takes 10 ms: one caller goes on in a turn of the loop
        return self._drawing.pieces()

    async def excerpt(self, ids: Collection[str] | None = None) -> list[str]:
        """The elements of these shapes, or of all, in z order and in pieces. The event loop goes on meanwhile, so one
        piece may show a later moment than another.
        """
        await self._prepare()
        pace, pieces = Pace(), list[str]()
        await pace.rest()
        for slice in self._drawing.slices(ids):
            await pace.rest()
            pieces.append("".join(self._drawing.pictures(id for id in slice if self.find(id))))
        return pieces

    async def far_pieces(self) -> list[str]:
        """The board from afar, in pieces."""
        cells = await self.cells()
        return [markup async for markup in cells.all_far()]

    async def cells(self) -> Cells:
        """The board by cells."""
        await self._prepare()
        await self._cells.fill()
        return self._cells

    async def unlocked(self) -> list[str]:
        """The ids of all shapes that are not locked, in z order; the event loop goes on meanwhile."""
        ids, pace = list[str](), Pace()
        for batch in batches(self.shapes()):
            await pace.rest()
            ids += [shape.id for shape in batch if not shape.locked]
        return ids

    async def json(self) -> list[bytes]:
        """The shapes in the API's form, as a list in pieces; made once for all concurrent callers."""
        return await self._json.get(self._drawing.version, self._make_json)

    async def _make_json(self) -> list[bytes]:
        parts = [part async for part in json_shapes(self.shapes(), self._drawing.find)]
        return [b"[", *[part if number == 0 else b"," + part for number, part in enumerate(parts)], b"]"]

    async def _prepare(self) -> None:
        if not self._drawing.ready:  # a list of 100,000 shapes takes 15 ms
            await self._drawing.prepare(self.shapes())
