"""The live shapes of one board, in z order, each with its picture."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import nan

from app.hub.batches import batches
from app.hub.bindings import Bindings
from app.hub.change import Change
from app.hub.order import Order
from app.hub.snapshot import Drawn
from app.shapes import Box, Find, Shape

SLICE = 0.004  # s of drawing before the event loop has its turn
PIECE = 200  # shapes

Draw = Callable[[Sequence[Shape], Find], list[str]]
Measure = Callable[[Shape, Find], Box]


class Drawing:
    """What the board shows. A shape is drawn once for each `ts`, and only when somebody wants to see it.

    A line that is bound to a shape is drawn again whenever that changes: where it ends is nowhere stored.
    """

    def __init__(self, draw: Draw, measure: Measure) -> None:
        self._draw = draw
        self._bounds_of = measure
        self._shapes: dict[str, Shape] = {}
        self._order = Order()
        self._svg: dict[str, str] = {}
        self._boxes: dict[str, Box] = {}
        self._bindings = Bindings()
        self._around: Box | None = None
        self.version = 0
        """Counts what changed it."""

    def __len__(self) -> int:
        return len(self._shapes)

    def __contains__(self, id: str) -> bool:
        return id in self._shapes

    @property
    def ready(self) -> bool:
        """Whether every shape is drawn and measured."""
        return len(self._svg) == len(self._boxes) == len(self._shapes)

    def find(self, id: str) -> Shape | None:
        return self._shapes.get(id)

    def shapes(self) -> list[Shape]:
        """In z order, the topmost last."""
        return [self._shapes[id] for id in self._order]

    def svg(self) -> str:
        self.pictures(self._shapes)
        return "".join([self._svg[id] for id in self._order])

    def pieces(self) -> list[str]:
        """The same in pieces; those of shapes that did not change stay the same, and so need no compressing again."""
        self.pictures(self._shapes)
        ids = self.ids()
        return ["".join([self._svg[id] for id in ids[n : n + PIECE]]) for n in range(0, len(ids), PIECE)]

    def bounds(self) -> Box | None:
        """left, top, right, bottom of all there is, in board px; None if there is nothing."""
        if self._shapes and self._around is None:
            self._measure(self._shapes)
            lefts, tops, rights, bottoms = zip(*self._boxes.values(), strict=True)
            self._around = min(lefts), min(tops), max(rights), max(bottoms)
        return self._around

    def measured(self) -> tuple[list[tuple[Shape, Box]], int]:
        """The shapes other than ink with their boxes, and how much ink there is besides."""
        others = [shape for shape in self._shapes.values() if shape.kind != "stroke"]
        self._measure(shape.id for shape in others)
        return [(shape, self._boxes[shape.id]) for shape in others], len(self._shapes) - len(others)

    def pictures(self, ids: Iterable[str]) -> list[str]:
        """The SVG of each of these shapes, drawn if it has not been."""
        ids = list(ids)
        missing = [self._shapes[id] for id in ids if id not in self._svg]
        if missing:
            for shape, svg in zip(missing, self._draw(missing, self._shapes.get), strict=True):
                self._svg[shape.id] = svg
        return [self._svg[id] for id in ids]

    def ids(self) -> list[str]:
        """In z order, the topmost last."""
        return list(self._order)

    def drawn(self, ids: Iterable[str]) -> list[Drawn]:
        """Those that are there, with picture and box."""
        there = [id for id in ids if id in self._shapes]
        self._measure(there)
        return [
            Drawn(self._shapes[id], svg, self._boxes[id]) for id, svg in zip(there, self.pictures(there), strict=True)
        ]

    def restore(self, drawn: Iterable[Drawn]) -> None:
        """What `drawn` gave, into a drawing that no change has reached yet."""
        for shape, svg, box in drawn:
            self._put(shape)
            self._svg[shape.id], self._boxes[shape.id] = svg, box

    def box(self, id: str) -> Box | None:
        """left, top, right, bottom in board px; None if the shape is not there."""
        if id not in self._shapes:
            return None
        self._measure([id])
        return self._boxes[id]

    def seen(self, id: str) -> tuple[Shape, Box]:
        """A shape that is there, and its box."""
        self._measure([id])
        return self._shapes[id], self._boxes[id]

    def z(self, id: str) -> float:
        return self._shapes[id].z

    def with_lines(self, ids: Iterable[str]) -> list[str]:
        """These, and the lines that are bound to any of them: what is drawn anew when these change."""
        return [shown for id in ids for shown in (id, *self._bindings.of(id))]

    def clear(self) -> None:
        for part in (self._shapes, self._order, self._svg, self._boxes, self._bindings):
            part.clear()
        self._around = None

    def load(self, shapes: Iterable[Shape]) -> None:
        """Shapes of a page, into a drawing that no change has reached yet."""
        for shape in shapes:
            self._put(shape)

    async def prepare(self, shapes: Iterable[Shape]) -> None:
        """Draw and measure many shapes, without keeping the event loop from anybody."""
        if self.ready:
            return
        slice_end = time.monotonic() + SLICE
        for batch in batches(shapes):
            ids = [shape.id for shape in batch if shape.id in self._shapes]
            self.pictures(ids)
            self._measure(ids)
            if time.monotonic() > slice_end:
                await asyncio.sleep(0)
                slice_end = time.monotonic() + SLICE

    async def prepare_touched(self, changes: Iterable[Change]) -> None:
        """The same for what changes that are folded in have touched."""
        ids = dict.fromkeys(self.with_lines([id for change in changes for id in change.before]))
        await self.prepare([self._shapes[id] for id in ids if id in self._shapes])

    def apply(self, change: Change) -> None:
        """Fold a change in. What is older than the shape it touches, or touches none, changes nothing.

        Its lines are drawn anew even so: in a snapshot they may be older than the shape.
        """
        for shape in change.put:
            change.before[shape.id] = self._z(shape.id, change.ts)
            if self._older(shape.id, shape.ts):
                self._put(shape)
        for id, fields in change.patch.items():
            change.before[id] = self._z(id, change.ts)
            if id in self._shapes and self._older(id, change.ts):
                self._put(self._shapes[id].patched(fields, change.ts))
        for id in change.remove:
            change.before[id] = self._z(id, change.ts)
            if id in self._shapes and self._older(id, change.ts):
                self._remove(id)
        for line in [line for id in change.before for line in self._bindings.of(id)]:
            self._outdate(line)

    def placed(self, before: Mapping[str, float | None]) -> tuple[list[str], list[tuple[str, str | None]]]:
        """How a page gets from `before` (of each touched shape the z that the page has) to this drawing.

        Gives the ids to remove, and (id, data-before) in the order that the page needs: from the top down those that
        go below another one ("": on top), so that the other one is there already; then, upwards, those that keep
        their place, with the lines bound to any of these, and those that are new and on top of everything.
        """
        lines = [id for touched in before for id in self._bindings.of(touched)]
        before = {**{id: self._shapes[id].z for id in lines}, **before}
        removed = [id for id in before if id not in self._shapes]
        moved = {id for id, z in before.items() if id in self._shapes and z != self._shapes[id].z}
        kept = [id for id in before if id in self._shapes and id not in moved]
        new = {id for id in moved if before[id] is None}
        on_top = self._order.top(new)
        below = sorted(moved.difference(on_top), key=lambda id: (self._shapes[id].z, id), reverse=True)
        return removed, [
            *((id, self._next(id, on_top)) for id in below),
            *((id, None) for id in kept),
            *((id, None) for id in on_top),
        ]

    def _next(self, id: str, on_top: list[str]) -> str:
        """The id right above, if the page has it by then."""
        above = self._order.above(self._shapes[id].z, id)
        return "" if above is None or above in on_top[:1] else above

    def _z(self, id: str, ts: int) -> float | None:
        """The z that a page has which has seen everything before `ts`; nan, which equals nothing, if we cannot know."""
        shape = self._shapes.get(id)
        if shape is None:
            return None
        return shape.z if shape.ts < ts else nan

    def _older(self, id: str, ts: int) -> bool:
        shape = self._shapes.get(id)
        return shape is None or shape.ts < ts

    def _put(self, shape: Shape) -> None:
        old = self._shapes.get(shape.id)
        self._shapes[shape.id] = shape
        if old is None or old.z != shape.z:
            if old:
                self._order.remove(old.z, old.id)
            self._order.add(shape.z, shape.id)
        if old:
            self._bindings.remove(old)
        self._bindings.add(shape)
        self._outdate(shape.id)

    def _remove(self, id: str) -> None:
        shape = self._shapes.pop(id)
        self._order.remove(shape.z, shape.id)
        self._bindings.remove(shape)
        self._outdate(id)

    def _outdate(self, id: str) -> None:
        """Forget the pictures and boxes that show this shape as it was."""
        self._around = None
        self.version += 1
        for shown in (id, *self._bindings.of(id)):
            self._svg.pop(shown, None)
            self._boxes.pop(shown, None)

    def _measure(self, ids: Iterable[str]) -> None:
        for id in ids:
            if id not in self._boxes:
                self._boxes[id] = self._bounds_of(self._shapes[id], self._shapes.get)
