"""Parts that are paths, rectangles and so on as our figures and lines. What cannot be kept is counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import atan2
from typing import Any

from app.exchange.svg.boxes import area_of
from app.exchange.svg.chains import chained
from app.exchange.svg.figures import figure
from app.exchange.svg.heads import head_of, markers
from app.exchange.svg.lines import line
from app.exchange.svg.looks import Fills, dash, lightness, width
from app.exchange.svg.outlines import Outline, Outlines
from app.exchange.svg.paint import Ink, Paint
from app.exchange.svg.parts import Part, Parts

OUTLINE = 1.5  # px, of the line around what was only a fill
PAPER = 0.75  # lightness: a sheet below all of a drawing that is as light as that is paper
WHOLE = 0.97  # of the drawing's sides, that such a sheet covers
HEADS = 2  # lines that a head may belong to: those just before it
LEAST = 1.0  # square px of a fill that can be seen
BORDER = 1.5  # px from a fill to the line around it
BOTH = 40  # outlines of a part that are compared

Shape = dict[str, Any]


class Drawn:
    """`shapes` gets what is drawn."""

    def __init__(self, parts: Parts, paint: Paint, fills: Fills, lost: Counter[str], shapes: list[Shape]) -> None:
        self._parts, self._paint, self._fills, self._lost, self._shapes = parts, paint, fills, lost, shapes
        self._outlines = Outlines()

    def add(self, part: Part) -> bool:
        """Whether it looks the same."""
        fill, stroke = self._paint.of(part, "fill"), self._paint.of(part, "stroke")
        outlines = self._outlines.of(part) if fill or stroke else []
        if not any(area_of(outline.points) > LEAST for outline in outlines):
            fill = None
        if not fill:
            outlines = chained(outlines) if stroke else []
        # Of outlines that overlap one may be a hole.
        whole = not fill or not any_overlap(outlines)
        kept = [self._add_one(part, outline, fill, stroke, whole) for outline in outlines]
        self._lost["filled"] += not all(kept)
        return all(kept)

    def _add_one(self, part: Part, outline: Outline, fill: Ink | None, stroke: Ink | None, whole: bool) -> bool:
        body = closed(outline) if fill else outline
        found = figure(body, turn_of(part), fill is not None) if whole else None
        if self._is_head(part, outline, found, fill is not None):
            return True
        if found is None:
            self._put(part, self._line(part, outline if stroke else body, stroke or fill, bool(stroke)))
            return fill is None
        made = self._figure(part, found, fill, stroke)
        if not (self._is_paper(made) if not stroke else not fill and self._is_border(part, made)):
            self._put(part, made)
        return True

    def _put(self, part: Part, shape: Shape) -> None:
        self._fills.add(shape)
        self._shapes.append({**shape, "around": part.around})

    def _figure(self, part: Part, found: Shape, fill: Ink | None, stroke: Ink | None) -> Shape:
        opacity = max(ink.opacity for ink in (fill, stroke) if ink)
        look = {"width": width(part) if stroke else 0.5, "dash": dash(part) if stroke else "solid", "opacity": opacity}
        if fill and stroke:
            other = "" if fill.color == stroke.color else fill.color
            return {**found, **look, "color": stroke.color, "fill": "solid", "fillColor": other}
        ink = fill or stroke
        assert ink
        color = self._fills.color(ink, found)
        return {**found, **look, "color": color, "fill": "solid" if fill else "none", "fillColor": ""}

    def _line(self, part: Part, outline: Outline, ink: Ink | None, stroked: bool) -> Shape:
        assert ink
        made = line(outline)
        color = self._fills.color(ink, made)
        if not stroked:
            return {**made, "color": color, "opacity": ink.opacity, "width": OUTLINE}
        heads = markers(part, self._parts) if made["kind"] == "line" else {}
        self._lost["dashed"] += made["kind"] == "stroke" and dash(part) != "solid"
        look = {"color": color, "opacity": ink.opacity, "width": width(part), "dash": dash(part)}
        return {**made, **look, **heads}

    def _is_head(self, part: Part, outline: Outline, found: Shape | None, filled: bool) -> bool:
        """Gives it to the line that it is the head of."""
        for at in range(len(self._shapes) - 1, max(-1, len(self._shapes) - 1 - HEADS), -1):
            one = self._shapes[at]
            beside = one["kind"] == "line" and one["around"][:-1] == part.around[:-1]
            if beside and (headed := head_of(one, outline, found, filled)):
                self._shapes[at] = headed
                return True
        return False

    def _is_border(self, part: Part, made: Shape) -> bool:
        """Gives its line to the fill that was drawn just before it, at the same place."""
        last = self._shapes[-1] if self._shapes else {}
        if last.get("fill") != "solid" or last["kind"] != made["kind"] or last["around"] != part.around:
            return False
        if any(abs(last[side] - made[side]) > BORDER for side in ("x", "y", "w", "h")):
            return False
        body = last["fillColor"] or last["color"]
        look = {name: made[name] for name in ("width", "dash", "color")}
        self._shapes[-1] = {**last, **look, "fillColor": "" if body == made["color"] else body}
        return True

    def _is_paper(self, made: Shape) -> bool:
        """A light sheet below all else is left out: the board is the paper."""
        w, h = self._parts.sides
        whole = made["w"] >= WHOLE * w and made["h"] >= WHOLE * h and not made["rotation"]
        return not self._shapes and made["kind"] == "rectangle" and whole and lightness(made["color"]) >= PAPER


def turn_of(part: Part) -> float:
    a, b, *_ = part.matrix
    return atan2(b, a)


def closed(outline: Outline) -> Outline:
    """A fill goes back to where it began."""
    points = outline.points
    return replace(outline, points=points if points[0] == points[-1] else [*points, points[0]], closed=True)


def any_overlap(outlines: Sequence[Outline]) -> bool:
    """Too many to compare count as such."""
    boxes = [outline.box for outline in outlines[: BOTH + 1]]
    pairs = [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :]]
    return len(boxes) > BOTH or any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in pairs)
