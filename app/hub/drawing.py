"""The live shapes of one board, in z order, each with its picture."""

from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from math import nan

from app.drawing.boxes import union
from app.hub.bindings import Bindings
from app.hub.change import Change
from app.hub.order import Order
from app.hub.pictures import Draw, Measure, Pictures
from app.hub.placement import Placed, placement
from app.hub.shown_files import ShownFiles
from app.hub.snapshot_format import DrawnShape
from app.shapes import Box, Shape

PIECE = 200  # shapes


class Drawing:
    """What the board shows. A shape is drawn once for each `ts`, and only when somebody wants to see it.

    A line that is bound to a shape is drawn again whenever that shape changes: its end is not stored.
    """

    def __init__(self, draw: Draw, measure: Measure) -> None:
        self._shapes: dict[str, Shape] = {}
        self._order = Order()
        self._bindings = Bindings()
        self._files = ShownFiles()
        self._pictures = Pictures(self._shapes, draw, measure)
        self.version = 0
        """Counts the changes."""

    def __len__(self) -> int:
        return len(self._shapes)

    # Reading

    def find(self, id: str) -> Shape | None:
        return self._shapes.get(id)

    def shows(self, file: str) -> bool:
        """Whether this picture is on the board."""
        return file in self._files

    def ids(self) -> list[str]:
        """In z order, the topmost last."""
        return list(self._order)

    def shapes(self) -> list[Shape]:
        """In z order, the topmost last."""
        return [self._shapes[id] for id in self._order]

    def unordered(self) -> list[Shape]:
        """In any order: of 100,000 shapes in 1 ms."""
        return list(self._shapes.values())

    def svg(self) -> str:
        return "".join(self._pictures.of(self.ids()))

    def pieces(self) -> list[str]:
        """The SVG of all shapes in z order and in pieces. One whose shapes stay is not compressed again."""
        return ["".join(self._pictures.of(slice)) for slice in self.slices()]

    def slices(self, ids: Collection[str] | None = None) -> list[list[str]]:
        """The ids of these shapes, or of all, in z order, a piece at a time."""
        ids = self.ids() if ids is None else self._there(ids)
        return [ids[start : start + PIECE] for start in range(0, len(ids), PIECE)]

    def pictures(self, ids: Iterable[str]) -> list[str]:
        """The SVG of each of these shapes."""
        return self._pictures.of(list(ids))

    def pictures_with_z(self, ids: Iterable[str]) -> list[str]:
        """The same with the z of each shape, for a page that has only some of the shapes."""
        ids = list(ids)
        return [with_z(self.z(id), svg) for id, svg in zip(ids, self._pictures.of(ids), strict=True)]

    def bounds(self, ids: Collection[str] | None = None) -> Box | None:
        """left, top, right, bottom of these shapes, or of all, in board px; None if there is none."""
        if ids is None:
            return self._pictures.bounds()
        boxes = [self._pictures.box(id) for id in ids if id in self._shapes]
        return reduce(union, boxes) if boxes else None

    def seen(self, id: str) -> tuple[Shape, Box] | None:
        """A shape and its box; None if it is not there."""
        return (self._shapes[id], self._pictures.box(id)) if id in self._shapes else None

    def _there(self, ids: Iterable[str]) -> list[str]:
        """Those of these ids that are on the board, in z order."""
        return sorted((id for id in ids if id in self._shapes), key=lambda id: (self._shapes[id].z, id))

    def z(self, id: str) -> float:
        return self._shapes[id].z

    def with_lines(self, ids: Iterable[str]) -> list[str]:
        """These ids and those of the lines bound to them: everything that is drawn again when these shapes change."""
        return [shown for id in ids for shown in (id, *self._bindings.of(id))]

    def placed(self, before: Mapping[str, float | None]) -> tuple[list[str], list[Placed]]:
        """How a page that has `before`, the z of each touched shape, gets to this drawing: see `placement`."""
        lines = [id for touched in before for id in self._bindings.of(touched)]
        return placement({**{id: self._shapes[id].z for id in lines}, **before}, self._shapes, self._order)

    # Drawing ahead

    @property
    def ready(self) -> bool:
        """Whether every shape is drawn and measured."""
        return self._pictures.ready

    async def prepare(self, shapes: Iterable[Shape]) -> None:
        """Draw and measure many shapes while the event loop goes on."""
        await self._pictures.prepare(shapes)

    async def prepare_touched(self, changes: Iterable[Change]) -> None:
        """The same for the shapes that these changes have touched."""
        ids = dict.fromkeys(self.with_lines([id for change in changes for id in change.before]))
        await self.prepare([self._shapes[id] for id in ids if id in self._shapes])

    # Filling

    def load(self, shapes: Iterable[Shape]) -> None:
        """Shapes as the deployment has them, into a drawing that no change has reached yet."""
        for shape in shapes:
            self._put(shape)

    def drawn(self, ids: Iterable[str]) -> list[DrawnShape]:
        """Those of these shapes that are there, each with picture and box, for a snapshot."""
        there = [id for id in ids if id in self._shapes]
        pictures = zip(there, self._pictures.of(there), strict=True)
        return [DrawnShape(self._shapes[id], svg, self._pictures.box(id)) for id, svg in pictures]

    def restore(self, drawn: Iterable[DrawnShape]) -> None:
        """Take what `drawn` gave, into a drawing that no change has reached yet."""
        for shape, svg, box in drawn:
            self._put(shape)
            self._pictures.restore(shape.id, svg, box)

    def clear(self) -> None:
        for part in (self._shapes, self._order, self._pictures, self._bindings, self._files):
            part.clear()

    def apply(self, change: Change) -> None:
        """Fold a change in. An operation that is older than its shape changes nothing.

        Lines bound to the shape are drawn again even so: those of a snapshot may be older than the shape.
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

    def _z(self, id: str, ts: int) -> float | None:
        """The z in a page that shows every change before `ts`; nan, which equals nothing, if that is unknown."""
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
            self._files.remove(old)
        self._bindings.add(shape)
        self._files.add(shape)
        self._outdate(shape.id)

    def _remove(self, id: str) -> None:
        shape = self._shapes.pop(id)
        self._order.remove(shape.z, shape.id)
        self._bindings.remove(shape)
        self._files.remove(shape)
        self._outdate(id)

    def _outdate(self, id: str) -> None:
        self.version += 1
        self._pictures.outdate((id, *self._bindings.of(id)))


def with_z(z: float, svg: str) -> str:
    """An element begins with its name and its id: see templates/shapes/lines.html."""
    name, rest = svg.split(" ", 1)
    return f'{name} data-z="{z!r}" {rest}'
