"""What a drawing paints, from the bottom up: each part with its place, its look and the groups that it is in."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper
from fontTools.misc.transform import Transform

from app.exchange.ground.drawing import Refused
from app.exchange.svg.lengths import View, px, seen_through, size_of
from app.exchange.svg.styles import START, Style, Styles, font
from app.exchange.svg.transforms import transform

SVG = ("http://www.w3.org/2000/svg", "", None)
SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
PAINTED = (*SHAPES, "text", "image", "foreignObject")
GROUPS = ("svg", "g", "a", "switch", "use", "symbol")
EFFECTS = {"filter": "effect", "mask": "masked"}  # what is not kept, by the name of the style
SMALL, ENLARGED = 100.0, 200.0  # px: an icon's longest side, and what it becomes: our points are whole tenths
MOST = 20_000  # parts that are looked at, with each use of a symbol
DEEPEST = 100  # groups in groups, with those of each use
HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
LAYER = "{http://www.inkscape.org/namespaces/inkscape}groupmode"


@dataclass(frozen=True)
class Part:
    """`around` are the numbers of the groups that it is in, the outermost first; `room` is what a use gives it."""

    element: ElementWrapper
    tag: str
    style: Style
    matrix: Transform
    opacity: float
    view: View
    around: tuple[int, ...] = ()
    room: View | None = None

    @property
    def source(self) -> Element:
        found: Element = self.element.etree_element
        return found

    def length(self, name: str, whole: float, otherwise: float = 0.0) -> float:
        return px(self.source.get(name), whole, font(self.style), otherwise)


class Parts:
    """Raises Refused for more than are looked at, as a few symbols that use each other are."""

    def __init__(self, root: Element, lost: Counter[str]) -> None:
        self.root = ElementWrapper.from_xml_root(root)
        self.size = size_of(root.attrib)
        long = max(self.size)
        self.small = long < SMALL
        self.scale = ENLARGED / long if self.small and long > 0 else 1.0
        self.by_id: dict[str, ElementWrapper] = {}
        for element in self.root.iter_subtree():
            self.by_id.setdefault(element.etree_element.get("id") or "", element)
        self._styles = Styles(self.root)
        self._lost = lost
        self._seen = self._groups = 0

    @property
    def sides(self) -> View:
        """Of its page, in px of the board."""
        return View(self.size.w * self.scale, self.size.h * self.scale)

    def all(self) -> Iterator[Part]:
        whole = Part(self.root, "svg", dict(START), Transform().scale(self.scale), 1.0, self.size)
        yield from self._inside(self._styled(whole, self.root), 0)

    def style_of(self, element: ElementWrapper, around: Style) -> Style:
        return self._styles.of(element, around)

    def _styled(self, around: Part, element: ElementWrapper) -> Part:
        """An element as it is drawn inside of another."""
        self._seen += 1
        if self._seen > MOST:
            raise Refused(f"This SVG drawing has more than {MOST:,} parts: it can only be added as a picture.")
        style = self._styles.of(element, around.style)
        made = Part(
            element,
            element.local_name,
            style,
            around.matrix.transform(transform(style.get("transform"))),
            around.opacity * share(style.get("opacity")),
            around.view,
            around.around,
        )
        for name, loss in EFFECTS.items():
            self._lost[loss] += style.get(name, "none") not in ("none", "")
        return made

    def _inside(self, part: Part, depth: int) -> Iterator[Part]:
        if part.style.get("display") == "none" or depth > DEEPEST:
            return
        if part.tag in PAINTED:
            if part.style.get("visibility", "visible") == "visible" and part.opacity > 0:
                yield part
            return
        part = self._entered(part)
        for child in self._children(part):
            drawn = self._styled(part, child)
            yield from self._inside(replace(drawn, room=room_of(part)) if part.tag == "use" else drawn, depth + 1)

    def _entered(self, part: Part) -> Part:
        matrix, view, source = part.matrix, part.view, part.source
        if part.tag in ("svg", "symbol", "use"):
            outer = part.element.parent is None and part.tag == "svg"
            x, y = (0.0, 0.0) if outer else (part.length("x", view.w), part.length("y", view.h))
            matrix = matrix.translate(x, y)
        if part.tag in ("svg", "symbol"):
            own = View(part.length("width", view.w, view.w), part.length("height", view.h, view.h))
            w, h = self.size if part.element.parent is None else part.room or own
            inner, view = seen_through(source.attrib, w, h)
            matrix = matrix.transform(inner)
        around = part.around
        if part.tag in ("g", "use", "symbol") and source.get(LAYER) != "layer":
            self._groups += 1
            around = (*around, self._groups)
        return replace(part, matrix=matrix, view=view, around=around)

    def _children(self, part: Part) -> Iterator[ElementWrapper]:
        if part.tag == "use":
            target = self.by_id.get(href(part.source).removeprefix("#"))
            if target is None:
                self._lost["missing"] += 1
            else:
                yield target
            return
        known = [one for one in part.element.iter_children() if one.namespace_url in SVG]
        drawn = [one for one in known if one.local_name in (*GROUPS, *PAINTED)]
        for one in drawn[:1] if part.tag == "switch" else drawn:
            # A symbol is drawn only where it is used.
            if one.local_name != "symbol":
                yield one


def room_of(use: Part) -> View | None:
    """None if it does not say both."""
    w, h = use.length("width", use.view.w), use.length("height", use.view.h)
    return View(w, h) if w > 0 and h > 0 else None


def href(element: Element) -> str:
    return next((found.strip() for name in HREFS if (found := element.get(name))), "")


def share(text: Any) -> float:
    """An opacity, in parts of one or in per cent."""
    return min(1.0, max(0.0, px(text, 1.0, otherwise=1.0))) if isinstance(text, str) else 1.0
