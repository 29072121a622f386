"""Labels that do not see the shape they are in: words broken that would fit, lines and boxes hidden behind a label."""

import re
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drawing.body import figure_label
from app.drawing.caption import placed_label
from app.drawing.figures import polygon
from app.drawing.layout import widest
from app.drawing.line import drawn
from app.drawing.polygon import inside
from app.drawing.units import Point
from app.shapes import Box, Figure, Line
from tests.drawn import draw, shape, stored
from tests.random_shapes import words

KINDS = ("rectangle", "ellipse", "diamond")
sides = st.integers(20, 600).map(float)


def figure(kind: str, text: str, w: float, h: float, **fields: object) -> Figure:
    kept = stored(shape("a", kind, text=text, w=w, h=h, **fields))
    assert isinstance(kept, Figure)
    return kept


def texts(kind: str, text: str, w: float = 120, h: float = 80) -> list[str]:
    return [line.text for line in figure_label(figure(kind, text, w, h)).lines]


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_that_fits_the_middle_line_is_whole(kind: str) -> None:
    assert texts(kind, "Postgres", 120, 100) == ["Postgres"]
    assert texts(kind, "Valid?") == ["Valid?"]
    assert texts(kind, "a\nPostgres\nb", 120, 180) == ["a", "Postgres", "b"]


@given(st.sampled_from(KINDS), words, sides, sides, st.sampled_from(("left", "center", "right")))
def test_no_word_narrower_than_the_figure_is_broken(kind: str, text: str, w: float, h: float, align: str) -> None:
    whole = widest(text, 20)
    label = figure_label(figure(kind, text, w, h, align=align))
    if whole <= w - 8:
        lines = [line.text.rstrip() for line in label.lines]
        for word in re.findall(r"[a-z]+", text):
            assert any(word in line for line in lines)


@pytest.mark.parametrize("kind", ["ellipse", "diamond"])
@pytest.mark.parametrize("text", ["Postgres", "Valid?", "Is it valid?"])
def test_lines_lie_within_a_figure_with_room_for_them(kind: str, text: str) -> None:
    label = figure_label(figure(kind, text, 160, 130))
    for n, line in enumerate(label.lines):
        for y in (label.top + n * 25, label.top + (n + 1) * 25):
            x, y = line.width / 160, abs(y - 65) / 65
            assert (hypot(x, y) if kind == "ellipse" else x + y) <= 1


@pytest.mark.parametrize("flip", ["", "x", "y", "xy"])
@pytest.mark.parametrize("kind", ["pentagon", "hexagon", "octagon", "triangle", "trapezoid"])
def test_a_word_wider_than_the_label_s_box_reaches_to_the_sides(kind: str, flip: str) -> None:
    for w in (110.0, 140.0, 180.0):
        one = figure(kind, kind.title(), w, w, flip=flip)
        label = figure_label(one)
        left, top, right, bottom = label.box
        rows = [line.text for line in label.lines]
        if rows == [kind.title()] and bottom - top <= 26:
            corners = [Point(x, y) for x in (left, right) for y in (top + 5, bottom - 5)]
            assert all(inside(polygon(kind, w, w, 0.0, flip), corner) for corner in corners)
        else:
            assert w < 180
    assert texts("pentagon", "Pentagon", 140, 133) == ["Pentagon"]


def test_a_label_that_lies_within_stays_as_it_was() -> None:
    label = figure_label(figure("ellipse", "One two", 200, 120))
    assert label.x == 100
    assert [line.text for line in label.lines] == ["One two"]


def arrow(points: list[float], text: str, **fields: object) -> Line:
    kept = stored(shape("a", "arrow", points=points, text=text, **fields))
    assert isinstance(kept, Line)
    return kept


def placed(line: Line) -> tuple[tuple[float, float] | None, Box]:
    flat = [
        Point(*pair) for pair in ((0.0, 0.0), (float(line.points.split()[2]) / 10, float(line.points.split()[3]) / 10))
    ]
    label, gap = placed_label(line, flat)
    return gap, label.box


def test_a_label_stands_in_a_gap_of_a_long_arrow() -> None:
    gap, (left, top, right, bottom) = placed(arrow([0, 0, 300, 0], "depends on"))
    assert gap == pytest.approx((left - 4, right + 4))
    assert (top + bottom) / 2 == pytest.approx(0)


def test_a_label_in_a_gap_takes_the_width_that_the_line_has() -> None:
    line = arrow([0, 0, 200, 0], "a long label here")
    label, gap = placed_label(line, [Point(0.0, 0.0), Point(200.0, 0.0)])
    assert gap
    assert [row.text for row in label.lines] == ["a long label", "here"]


@pytest.mark.parametrize("far", [20, 40, 60, 90])
@pytest.mark.parametrize("way", [(1, 0), (-1, 0), (0, 1), (0, -1), (0.8, 0.6), (-0.6, 0.8)])
def test_a_label_stands_beside_a_short_arrow_and_leaves_it_whole(far: float, way: tuple[float, float]) -> None:
    line = arrow([0, 0, round(far * way[0], 1), round(far * way[1], 1)], "depends on")
    gap, (left, top, right, bottom) = placed(line)
    if gap is None:
        for n in range(101):
            x, y = far * way[0] * n / 100, far * way[1] * n / 100
            assert not (left < x < right and top < y < bottom)
    else:
        assert gap[0] >= 8
        assert far - gap[1] >= 8 + 20  # the head


@given(st.integers(1, 600), st.integers(-600, 600), words, st.booleans(), st.booleans())
def test_the_line_and_its_head_are_always_seen(x: int, y: int, text: str, curved: bool, dashed: bool) -> None:
    points = [0, 0, x / 2, y / 3, x, y]
    line = arrow(points, text, curved=curved, dash="dashed" if dashed else "solid")
    course, heads, _ = drawn(line, lambda _: None, (0, 0))
    assert heads.open
    assert course.startswith("M0 0")
    assert course.endswith(f"{20 * x} {20 * y}")


def test_nothing_is_painted_over_what_lies_below_a_label() -> None:
    (svg,) = draw([shape("a", "arrow", points=[0, 0, 60, 0], text="depends on")])
    assert "halo" not in svg
    assert re.findall(r"<(path|text|rect)", svg) == ["path", "text"]
