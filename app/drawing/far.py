"""A shape as it is seen from afar, where a px of the board is a fraction of one on the screen."""

from app.drawing.bind import settled
from app.shapes import Box, Find, Line, Shape, Stroke
from app.shapes.points import absolute

POINTS = 6  # of a line, besides its last
WIDTH = 2  # px, of what is no line


def far(shape: Shape, box: Box, find: Find) -> tuple[str, int, str]:
    """Its colour, its width in px, and path data in whole px: a line through a few of its points, or its box."""
    if isinstance(shape, Stroke | Line) and not shape.rotation:
        points = settled(shape, find).points if isinstance(shape, Line) else shape.points
        return shape.color, max(1, round(shape.width)), through(points, shape.x, shape.y)
    left, top, right, bottom = map(round, box)
    return shape.color, WIDTH, f"M{left} {top}H{right}V{bottom}H{left}z"


def through(packed: str, x: float, y: float) -> str:
    """`M10 20l5 -3 4 4`: some of the points, always the first and the last."""
    xs, ys = absolute(packed)
    step = max(1, -(-len(xs) // POINTS))
    chosen = [*range(0, len(xs) - 1, step), len(xs) - 1]
    places = [(round(x + xs[n] / 10), round(y + ys[n] / 10)) for n in chosen]
    (at_x, at_y), *rest = places
    path = f"M{at_x} {at_y}l"
    steps = []
    for to_x, to_y in rest:
        steps.append(f"{to_x - at_x} {to_y - at_y}")
        at_x, at_y = to_x, to_y
    return path + (" ".join(steps) or "0 0").replace(" -", "-")
