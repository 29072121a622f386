"""A drawing in SVG as shapes of ours: the nearest of them."""

from collections import Counter
from typing import Any

from app.exchange.ground.boxes import box_around
from app.exchange.ground.drawing import Drawing, Refused
from app.exchange.ground.values import words
from app.exchange.svg.document import document
from app.exchange.svg.drawn import Drawn
from app.exchange.svg.groups import grouped
from app.exchange.svg.html import html
from app.exchange.svg.labels import labelled
from app.exchange.svg.looks import Fills
from app.exchange.svg.paint import Ink, Paint
from app.exchange.svg.parts import Part, Parts
from app.exchange.svg.raster import raster
from app.exchange.svg.ties import tied
from app.exchange.svg.words import Words

UNLIKE = 0.2  # of its parts: if so many would look otherwise as shapes, it is rather a picture
MISSING = 2  # parts that one of which more is missing than its fill counts for

Shape = dict[str, Any]


def read_svg(data: bytes) -> Drawing:
    """Raises Refused."""
    reader = Reader(data)
    for part in reader.parts.all():
        reader.add(part)
    return reader.drawing()


class Reader:
    def __init__(self, data: bytes) -> None:
        root = document(data)
        if root.tag.rpartition("}")[2] != "svg":
            raise Refused("This file is XML, but no SVG drawing.")
        self._lost: Counter[str] = Counter()
        self._shapes: list[Shape] = []
        self._pictures: dict[str, bytes] = {}
        self._fills = Fills()
        self.parts = Parts(root, self._lost)
        paint = Paint(self.parts, self._lost)
        self._words = Words(self.parts, paint)
        self._drawn = Drawn(self.parts, paint, self._fills, self._lost, self._shapes)
        self._count = self._unlike = 0

    def add(self, part: Part) -> None:
        self._count += 1
        match part.tag:
            case "text":
                for shape in self._words.of(part):
                    self._say(part, shape)
            case "foreignObject":
                self._say(part, html(part, self.parts))
            case "image":
                picture = raster(part, self._pictures, self._lost)
                self._shapes += [{**picture, "around": part.around}] if picture else []
            case _:
                self._unlike += not self._drawn.add(part)

    def _say(self, part: Part, shape: Shape | None) -> None:
        if shape:
            color = self._fills.color(Ink(shape["color"]), shape)
            self._shapes.append({**shape, "color": color, "around": part.around})

    def drawing(self) -> Drawing:
        shapes = [{**shape, "id": str(n)} for n, shape in enumerate(self._shapes) if self._is_on_page(shape)]
        self._lost["outside"] += len(self._shapes) - len(shapes)
        missing = self._lost["masked"] + self._lost["inner"]
        alike = self._unlike + MISSING * missing <= UNLIKE * self._count and not self.parts.small
        return Drawing(self._title(), grouped(tied(labelled(shapes))), self._pictures, self._lost, alike=alike)

    def _is_on_page(self, shape: Shape) -> bool:
        """What lies beside the page nobody saw."""
        w, h = self.parts.sides
        box = box_around([{**shape, "id": ""}])
        return box is not None and box[2] >= 0 and box[3] >= 0 and box[0] <= w and box[1] <= h

    def _title(self) -> str:
        for element in self.parts.root.iter_children():
            if element.local_name == "title":
                return " ".join(words("".join(element.etree_element.itertext())).split())
        return ""
