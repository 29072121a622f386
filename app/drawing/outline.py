"""Where a shape begins: what ends of arrows stop at. In local px; the same as browser/kinds/outline.ts."""

from app.drawing import polygon
from app.drawing.figures import polygon as outline_of
from app.drawing.units import Point
from app.shapes import Box, Figure, Shape

EXACT = ("rectangle", "ellipse")  # convex, and known without an outline
HALVINGS = 40  # of the way to an outline: 1e6 px to less than a millionth


def inside(shape: Shape, box: Box, place: Point) -> bool:
    """Whether a local place is inside the shape, whose local box this is."""
    left, top, right, bottom = box
    w, h = (right - left) / 2, (bottom - top) / 2
    dx, dy = abs(place.x - (left + w)), abs(place.y - (top + h))
    if dx > w or dy > h:
        return False
    if shape.kind == "ellipse":
        return w > 0 and h > 0 and (dx / w) * (dx / w) + (dy / h) * (dy / h) <= 1
    if not isinstance(shape, Figure):
        return True
    if shape.kind != "rectangle":
        return polygon.inside(_polygon(shape, box), Point(place.x - left, place.y - top))
    radius = min(shape.radius, w, h)
    corner_x, corner_y = max(0.0, dx - (w - radius)), max(0.0, dy - (h - radius))
    return corner_x * corner_x + corner_y * corner_y <= radius * radius or corner_x == 0 or corner_y == 0


def way_outside(shape: Shape, box: Box, start: Point, end: Point) -> float:
    """How much of the way from a place outside to one inside is outside: 0..1. To a place outside it is all."""
    if not inside(shape, box, end):
        return 1.0
    if isinstance(shape, Figure) and shape.kind not in EXACT:
        left, top, _, _ = box
        local = Point(start.x - left, start.y - top), Point(end.x - left, end.y - top)
        return polygon.first_crossing(_polygon(shape, box), *local)
    outside, within = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (outside + within) / 2
        x, y = start.x + (end.x - start.x) * middle, start.y + (end.y - start.y) * middle
        if inside(shape, box, Point(x, y)):
            within = middle
        else:
            outside = middle
    return within


def _polygon(figure: Figure, box: Box) -> list[Point]:
    left, top, right, bottom = box
    return outline_of(figure.kind, right - left, bottom - top, figure.radius, figure.flip)
