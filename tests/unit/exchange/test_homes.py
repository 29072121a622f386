"""Which box a point is in."""

import time

from hypothesis import given
from hypothesis import strategies as st

from app.drawing.units import Point
from app.exchange.writing.homes import homes
from app.shapes import Box

SIDE = st.integers(-6, 6).map(float)
BOX = st.tuples(SIDE, SIDE, SIDE, SIDE).map(
    lambda s: (min(s[0], s[2]), min(s[1], s[3]), max(s[0], s[2]), max(s[1], s[3]))
)
POINT = st.builds(Point, SIDE.map(lambda x: x / 2), SIDE)


def smallest(point: Point, boxes: list[Box]) -> int | None:
    around = [n for n, (a, b, c, d) in enumerate(boxes) if a <= point.x <= c and b <= point.y <= d]
    return min(around, key=lambda n: (boxes[n][2] - boxes[n][0]) * (boxes[n][3] - boxes[n][1]), default=None)


@given(st.lists(POINT, max_size=12), st.lists(BOX, max_size=12))
def test_a_point_is_in_the_smallest_box_around_it(points: list[Point], boxes: list[Box]) -> None:
    assert homes(points, boxes) == [smallest(point, boxes) for point in points]


def test_thousands_of_points_in_none_of_thousands_of_boxes_take_no_minute() -> None:
    boxes = [(float(n), 0.0, n + 9_000.0, 1.0) for n in range(10_000)]
    start = time.process_time()
    assert set(homes([Point(5_000.0, 2.0 + n) for n in range(10_000)], boxes)) == {None}
    assert time.process_time() - start < 5  # 0.2 s; pair by pair 20
