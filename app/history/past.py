"""What was on a board at a moment, ready to be shown."""

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import Self

from app.drawing import render
from app.drawing.measure import bounds
from app.history.fold import Fold
from app.hub.batches import batches
from app.hub.cells import Cells
from app.hub.drawing import Drawing
from app.hub.view import View
from app.shapes import Line, Shape


class Past:
    """Complete and never changed, so that requests share it."""

    def __init__(self, board: str, ts: int, fold: Fold, large: int) -> None:
        self.ts = ts
        self.fold = fold
        self.drawing = Drawing(partial(render.shapes, images=f"/boards/{board}/images/"), bounds)
        self.view = View(self.drawing, Cells(self.drawing), large)

    @classmethod
    async def drawn(cls, board: str, ts: int, fold: Fold, large: int, near: Self | None) -> Self:
        """In pieces. What is the same in `near`, another moment of the board, is not drawn again."""
        past = cls(board, ts, fold, large)
        for batch in batches(fold.live.values()):
            past.take(batch, near.drawing if near else None)
            await asyncio.sleep(0)
        await past.drawing.prepare(past.drawing.shapes())
        return past

    def take(self, shapes: Iterable[Shape], near: Drawing | None) -> None:
        new: list[Shape] = []
        same: list[Shape] = []
        for shape in shapes:
            kept = near and near.find(shape.id) is shape and not (isinstance(shape, Line) and shape.bound)
            (same if kept else new).append(shape)
        self.drawing.load(new)
        if near:
            self.drawing.restore(near.drawn([shape.id for shape in same]))
