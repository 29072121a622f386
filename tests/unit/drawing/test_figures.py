"""Closed figures: what shapes/kinds.json declares of them, and what comes of it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drawing import polygon
from app.drawing.bind import bound_points
from app.drawing.body import figure_label
from app.drawing.figures import path
from app.drawing.figures import polygon as outline_of
from app.drawing.units import Point
from app.shapes import Figure, Line
from app.shapes.declared import FIGURES, MORE_FIGURES, TOOLS
from tests.drawn import shape, stored
from tests.readme import README, TABLE, table

DRAWN = [kind for kind, own in FIGURES.items() if own["outline"] not in ("rect", "ellipse")]
TWELVE = {
    *("triangle", "right-triangle", "parallelogram", "trapezoid", "pentagon", "hexagon"),
    *("octagon", "star", "cloud", "heart", "cylinder", "speech-bubble"),
}


def figure(kind: str, **fields: object) -> Figure:
    kept = stored(shape("f", kind, **fields))
    assert isinstance(kept, Figure)
    return kept


def test_the_twelve_figures_are_there_and_have_no_button_of_their_own() -> None:
    assert set(MORE_FIGURES) >= TWELVE
    assert not set(MORE_FIGURES) & {tool["name"] for tool in TOOLS}


@pytest.mark.parametrize("kind", DRAWN)
def test_an_outline_fills_its_box_and_no_more(kind: str) -> None:
    places = outline_of(kind, 100, 100, 0)
    for values in zip(*places, strict=True):
        assert min(values) == pytest.approx(0, abs=1)
        assert max(values) == pytest.approx(100, abs=1)
        assert min(values) >= -0.1
        assert max(values) <= 100.1
    assert places[0] == places[-1]


@pytest.mark.parametrize("kind", sorted(TWELVE))
def test_the_box_of_a_label_lies_in_the_outline(kind: str) -> None:
    outline = outline_of(kind, *map(float, FIGURES[kind]["size"]), 0)
    w, h = FIGURES[kind]["size"]
    left, top, right, bottom = FIGURES[kind]["label"]
    corners = [Point(x * w, y * h) for x in (left, right) for y in (top, bottom)]
    assert all(polygon.inside(outline, corner) for corner in corners)


@pytest.mark.parametrize("kind", sorted(TWELVE))
@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_the_lines_of_a_label_lie_in_the_outline(kind: str, align: str) -> None:
    kept = figure(kind, w=300, h=240, text="One two three four", align=align)
    label = figure_label(kept)
    left, top, right, bottom = label.box
    outline = outline_of(kind, 300, 240, 0)
    for place in (Point(left, top), Point(right, top), Point(left, bottom), Point(right, bottom)):
        assert polygon.inside(outline, place)


@pytest.mark.parametrize("kind", DRAWN)
@given(angle=st.floats(0, 2 * math.pi), radius=st.sampled_from([0, 12, 1000]))
def test_an_arrow_to_a_figure_stops_outside_of_it(kind: str, angle: float, radius: float) -> None:
    target = figure(kind, w=160, h=120, radius=radius)
    x, y = round(80 + 400 * math.cos(angle), 1), round(60 + 400 * math.sin(angle), 1)
    arrow = stored(shape("a", "arrow", x=x, y=y, points=[0, 0, 1, 1], to={"id": "f", "at": [0.5, 0.6]}))
    assert isinstance(arrow, Line)
    end = bound_points(arrow, {"f": target}.get)[-1]
    outline = outline_of(kind, 160, 120, radius)
    assert not polygon.inside(outline, Point(end.x + x, end.y + y))


def test_a_hole_between_two_points_of_a_star_is_outside() -> None:
    outline = outline_of("star", 100, 100, 0)
    assert polygon.inside(outline, Point(50, 50))
    assert polygon.inside(outline, Point(50, 0))
    assert not polygon.inside(outline, Point(25, 10))
    assert not polygon.inside(outline, Point(50, 95))


def test_straight_outlines_have_their_corners_rounded() -> None:
    assert path(figure("triangle", w=100, h=100), (0, 0)) == "M1000 0L2000 2000 0 2000Z"
    assert "Q" in path(figure("triangle", w=100, h=100, radius=10), (0, 0))
    assert "Q" not in path(figure("heart", radius=10), (0, 0))


def test_the_readme_shows_every_kind_with_its_fields() -> None:
    found = TABLE.search(README.read_text())
    assert found, "the markers are gone"
    assert found[0] == table(), "write it with: python -m tests.readme"
