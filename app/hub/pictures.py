"""The picture and the box of each shape, made when somebody wants to see it and kept until it changes."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from app.hub.batches import batches
from app.pace import Pace
from app.shapes import Box, Find, Shape

Draw = Callable[[Sequence[Shape], Find], list[str]]
Measure = Callable[[Shape, Find], Box]


class Pictures:
    """`shapes` are those of the drawing, by id: it says which of them have changed."""

    def __init__(self, shapes: Mapping[str, Shape], draw: Draw, measure: Measure) -> None:
        self._shapes = shapes
        self._draw = draw
        self._measure = measure
        self._svg: dict[str, str] = {}
        self._boxes: dict[str, Box] = {}
        self._around: Box | None = None

    @property
    def ready(self) -> bool:
        """Whether every shape is drawn and measured."""
        return len(self._svg) == len(self._boxes) == len(self._shapes)

    def of(self, ids: Collection[str]) -> list[str]:
        """The SVG of each of these shapes."""
        missing = [self._shapes[id] for id in ids if id not in self._svg]
        if missing:
            for shape, svg in zip(missing, self._draw(missing, self._shapes.get), strict=True):
                self._svg[shape.id] = svg
        return [self._svg[id] for id in ids]

    def box(self, id: str) -> Box:
        """left, top, right, bottom in board px."""
        self._measure_all((id,))
        return self._boxes[id]

    def bounds(self) -> Box | None:
        """The box around all shapes; None if there is none."""
        if self._shapes and self._around is None:
            self._measure_all(self._shapes)
            lefts, tops, rights, bottoms = zip(*self._boxes.values(), strict=True)
            self._around = min(lefts), min(tops), max(rights), max(bottoms)
        return self._around

    def restore(self, id: str, svg: str, box: Box) -> None:
        """What another process made of this shape."""
        self._svg[id], self._boxes[id] = svg, box

    def outdate(self, ids: Iterable[str]) -> None:
        """These shapes are drawn and measured again when somebody wants to see them."""
        self._around = None
        for id in ids:
            self._svg.pop(id, None)
            self._boxes.pop(id, None)

    async def prepare(self, shapes: Iterable[Shape]) -> None:
        """Draw and measure many shapes while the event loop goes on."""
        if self.ready:
            return
        pace = Pace()
        for batch in batches(shapes):
            await pace.rest()
            ids = [shape.id for shape in batch if shape.id in self._shapes]
            self.of(ids)
            self._measure_all(ids)

    def _measure_all(self, ids: Iterable[str]) -> None:
        for id in ids:
            if id not in self._boxes:
                self._boxes[id] = self._measure(self._shapes[id], self._shapes.get)

    def clear(self) -> None:
        self._svg.clear()
        self._boxes.clear()
        self._around = None
