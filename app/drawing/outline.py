"""Where a shape begins: what ends of arrows stop at. Convex, in local px; the same as browser/kinds/outline.ts."""

from app.drawing.units import Point
from app.shapes import Box, Figure, Shape

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
    if shape.kind == "diamond":
        return w > 0 and h > 0 and dx / w + dy / h <= 1
    if not isinstance(shape, Figure):
        return True
    radius = min(shape.radius, w, h)
    corner_x, corner_y = max(0.0, dx - (w - radius)), max(0.0, dy - (h - radius))
    return corner_x * corner_x + corner_y * corner_y <= radius * radius or corner_x == 0 or corner_y == 0


def way_outside(shape: Shape, box: Box, start: Point, end: Point) -> float:
    """How much of the way from a place outside to one inside is outside: 0..1. To a place outside it is all."""
    if not inside(shape, box, end):
        return 1.0
    outside, within = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (outside + within) / 2
        x, y = start.x + (end.x - start.x) * middle, start.y + (end.y - start.y) * middle
        if inside(shape, box, Point(x, y)):
            within = middle
        else:
            outside = middle
    return within
