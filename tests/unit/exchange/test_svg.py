"""Drawings in SVG as shapes: figures, lines, arrows, their places and their looks."""

from math import pi
from typing import Any

import pytest

from app.drawing.course import flattened
from app.drawing.units import Point
from app.exchange.ground.drawing import Drawing, told
from app.exchange.reading.formats import read
from harness.drawings import svg

Json = dict[str, Any]
LINE = 'stroke="#ff0000" fill="none"'


def drawing(*elements: str, **options: Any) -> Drawing:
    return read(svg(*elements, **options))


def only(*elements: str, **options: Any) -> Json:
    (found,) = drawing(*elements, **options).shapes
    return found


def place(shape: Json) -> list[float]:
    return [shape[side] for side in ("x", "y", "w", "h")]


@pytest.mark.parametrize(
    ("element", "kind", "box"),
    [
        ('<rect x="10" y="20" width="100" height="50"/>', "rectangle", [10, 20, 100, 50]),
        ('<circle cx="50" cy="60" r="20"/>', "ellipse", [30, 40, 40, 40]),
        ('<ellipse cx="50" cy="60" rx="40" ry="20"/>', "ellipse", [10, 40, 80, 40]),
        ('<polygon points="50,0 100,40 50,80 0,40"/>', "diamond", [0, 0, 100, 80]),
        ('<path d="M50 0L100 80H0z"/>', "triangle", [0, 0, 100, 80]),
        ('<path d="M30,0 L130,0 L100,60 L0,60 Z"/>', "parallelogram", [0, 0, 130, 60]),
        ('<path d="M0 10a40 10 0 0 1 80 0a40 10 0 0 1-80 0v60a40 10 0 0 0 80 0v-60"/>', "cylinder", [0, 0, 80, 80]),
    ],
)
def test_closed_outlines_are_the_figures_that_they_look_like(element: str, kind: str, box: list[float]) -> None:
    found = only(element)
    assert found["kind"] == kind
    assert place(found) == pytest.approx(box, abs=0.2)
    assert (found["fill"], found["color"]) == ("solid", "black")


def test_round_corners_are_kept() -> None:
    assert only('<rect width="90" height="50" rx="12"/>')["radius"] == pytest.approx(12, abs=0.2)
    path = '<path d="M10 0H90Q100 0 100 10V40Q100 50 90 50H10Q0 50 0 40V10Q0 0 10 0Z"/>'
    assert only(path)["radius"] == pytest.approx(10, abs=1.5)


def test_turned_figures_are_turned() -> None:
    found = only('<g transform="translate(100 50) rotate(90)"><rect width="40" height="20"/></g>')
    assert (found["kind"], found["rotation"]) == ("rectangle", 0)  # a quarter: it lies on its side
    assert place(found) == [80, 50, 20, 40]
    found = only('<ellipse rx="40" ry="20" transform="matrix(.866 .5 -.5 .866 200 100)"/>')
    assert (found["kind"], found["rotation"]) == ("ellipse", pytest.approx(pi / 6, abs=0.001))


def test_places_go_through_view_boxes_symbols_and_units() -> None:
    symbol = '<symbol id="s" viewBox="0 0 10 10"><rect width="10" height="5"/></symbol>'
    assert place(only(symbol, '<use href="#s" x="1in" y="5" width="20" height="20"/>')) == [96, 5, 20, 10]
    assert place(only('<rect width="50%" height="10"/>', viewBox="0 0 200 150")) == [0, 0, 200, 20]
    assert place(
        only('<svg x="10" y="10" width="50" height="50" viewBox="0 0 5 5"><rect width="1" height="1"/></svg>')
    ) == [10, 10, 10, 10]


STYLE = "<style>.a rect, #b { fill: #0000ff; stroke: #00ff00 } rect { stroke-width: 3 !important }</style>"


@pytest.mark.parametrize(
    ("element", "look"),
    [
        (f'{STYLE}<g class="a"><rect width="9" height="9" stroke-width="8"/></g>', ("#00ff00", "#0000ff", 3)),
        ('<g fill="red"><rect width="9" height="9" style="stroke:#123"/></g>', ("#112233", "#ff0000", 1)),
        ('<g color="teal"><rect width="9" height="9" fill="currentColor"/></g>', ("#008080", "", 0.5)),
        ('<rect width="9" height="9" fill="light-dark(#dae8fc, #1d293b)"/>', ("#dae8fc", "", 0.5)),
        ('<g style="--x: #010203"><rect width="9" height="9" fill="var(--x)"/></g>', ("#010203", "", 0.5)),
        ('<rect width="9" height="9" fill="var(--y, rgb(1 2 3))"/>', ("#010203", "", 0.5)),
        (
            '<linearGradient id="g"><stop stop-color="#000"/><stop offset="1" stop-color="#fff"/></linearGradient>'
            '<rect width="9" height="9" fill="url(#g)"/>',
            ("#808080", "", 0.5),
        ),
    ],
)
def test_colours_come_from_attributes_styles_and_sheets(element: str, look: tuple[str, str, float]) -> None:
    found = only(element)
    assert (found["color"], found["fillColor"], found["width"]) == look


def test_black_on_the_paper_follows_the_theme_and_on_a_fill_it_stays() -> None:
    line = '<path d="M5 5L40 5" stroke="black"/>'
    assert only(line)["color"] == "black"
    box, crossing = drawing(f'<rect width="50" height="50" fill="#fff" stroke="#000"/>{line}').shapes
    assert (box["color"], box["fillColor"], crossing["color"]) == ("#000000", "#ffffff", "#000000")


def test_a_light_sheet_below_everything_is_the_paper() -> None:
    assert only('<rect width="100%" height="100%" fill="white"/><circle r="20" cx="50" cy="50"/>')["kind"] == "ellipse"
    assert len(drawing('<rect width="100%" height="100%" fill="#222"/><circle r="20" cx="50" cy="50"/>').shapes) == 2


@pytest.mark.parametrize(("dashes", "dash"), [("8 4", "dashed"), ("2,2", "dotted"), ("none", "solid"), ("0", "solid")])
def test_dashes_opacity_and_width_are_kept(dashes: str, dash: str) -> None:
    inside = f'<path d="M0 0H50" {LINE} stroke-width="2" stroke-dasharray="{dashes}" stroke-opacity="50%"/>'
    found = only(f'<g transform="scale(2)" opacity=".5">{inside}</g>')
    assert (found["kind"], found["points"], found["dash"]) == ("line", [0, 0, 100, 0], dash)
    assert (found["width"], found["opacity"]) == (4, 0.25)


def test_a_smooth_curve_stays_smooth_and_near() -> None:
    found = only(f'<path d="M0 100C50 0 150 200 200 100" {LINE}/>')
    assert found["curved"]
    points = [Point(*pair) for pair in zip(found["points"][::2], found["points"][1::2], strict=True)]
    middle = min(flattened(points, True), key=lambda point: abs(point.x - 100))
    assert abs(middle.y) < 1


def test_a_line_of_many_corners_is_ink() -> None:
    corners = " ".join(f"{n},{n % 2 * 50}" for n in range(300))
    assert only(f'<polyline points="{corners}" {LINE}/>')["kind"] == "stroke"
    assert only(f'<polyline points="0,0 50,0 50,50" {LINE}/>')["points"] == [0, 0, 50, 0, 50, 50]


MARKER = '<marker id="m"><path d="M0 0L10 5L0 10z"/></marker><marker id="o"><circle r="3"/></marker>'


@pytest.mark.parametrize(
    ("elements", "heads", "end"),
    [
        (f'{MARKER}<path d="M0 0H90" {LINE} marker-end="url(#m)"/>', ("none", "triangle"), [90, 0]),
        (
            f'{MARKER}<line x2="90" stroke="red" marker-start="url(#o)" marker-end="url(#m)"/>',
            ("dot", "triangle"),
            [90, 0],
        ),
        # As Graphviz, draw.io and PlantUML write them.
        (f'<g><path d="M0 0H90" {LINE}/><polygon points="90,-4 100,0 90,4"/></g>', ("none", "triangle"), [100, 0]),
        (f'<g><path d="M0 0H90" {LINE}/><path d="M92 5L99 0L92 -5" {LINE}/></g>', ("none", "arrow"), [90, 0]),
        (f'<path d="M0 0H90" {LINE}/><polygon points="90,0 80,4 80,-4"/>', ("none", "triangle"), [90, 0]),
        (f'<path d="M0 0H90" {LINE}/><circle r="3" cx="93"/>', ("none", "dot"), [93, 0]),
    ],
)
def test_heads_of_arrows_belong_to_their_lines(elements: str, heads: tuple[str, str], end: list[float]) -> None:
    found = only(elements)
    assert (found.get("start", "none"), found.get("end", "none")) == heads
    assert found["points"][-2:] == end


def test_sides_that_are_drawn_alone_and_twice_are_one_figure() -> None:
    sides = [(0, 0, 90, 0), (90, 0, 90, 50), (90, 50, 0, 50), (0, 50, 0, 0)]
    twice = " ".join(f"M{a} {b}C{a} {b} {c} {d} {c} {d}" for a, b, c, d in sides for _ in range(2))
    found = only(f'<g><path d="M0 0L90 0L90 50L0 50" fill="#abcdef"/><path d="{twice}" {LINE} stroke-width="2"/></g>')
    assert (found["kind"], found["fillColor"], found["color"], found["width"]) == ("rectangle", "#abcdef", "#ff0000", 2)


def test_groups_are_kept_but_not_one_around_everything() -> None:
    rect = '<rect width="50" height="50"/>'
    shapes = drawing(f"<g><g>{rect}{rect}</g>{rect}</g>").shapes
    assert shapes[0]["group"] == shapes[1]["group"] != ""
    assert shapes[2]["group"] == ""


def test_what_is_lost_is_counted() -> None:
    found = drawing(
        '<path d="M0 0L50 10 90 0 70 60 10 50 30 30z"/><image href="http://example.org/a.png" width="9" height="9"/>',
        '<g filter="url(#f)"><rect width="50" height="50"/></g><rect x="900" width="5" height="5"/><use href="#gone"/>',
    )
    assert sorted(told(found.lost)) == [
        "1 effect was left out",
        "1 filled line lost its fill",
        "1 picture is not in the file",
        "1 shape outside of its page was left out",
        "1 symbol is not in the file",
    ]


def test_an_illustration_and_an_icon_are_rather_pictures() -> None:
    leaf = '<path d="M0 0C50 0 90 30 90 90C40 90 0 50 0 0z" fill="green"/>'
    box = '<rect width="50" height="20" stroke="red"/>'
    assert not drawing(leaf, leaf, box).alike
    assert drawing(*[box] * 9, leaf).alike
    icon = drawing(box, w=24, h=24)
    assert not icon.alike
    assert icon.shapes[0]["w"] == pytest.approx(50 * 200 / 24, abs=0.1)  # enlarged


def test_pictures_in_a_drawing_are_pictures() -> None:
    found = drawing(
        '<image x="5" y="6" width="20" height="10" href="data:image/png;base64,AAAA" transform="scale(2)"/>'
    )
    (shape,) = found.shapes
    assert (shape["kind"], place(shape)) == ("image", [10, 12, 40, 20])
    assert found.pictures[shape["file"]] == b"\0\0\0"


def test_arrows_between_boxes_are_bound_to_them() -> None:
    area = '<rect x="150" width="200" height="100" fill="none" stroke="red"/>'
    boxes = '<rect width="50" height="50" y="20"/><rect width="50" height="50" x="200" y="20"/>'
    line = f'<path d="M50 45H190" {LINE} marker-end="url(#m)"/><path d="M200 30H250" {LINE}/>'
    shapes = drawing(MARKER, area, boxes, line).shapes
    arrow, inside = (one for one in shapes if one["kind"] == "line")
    assert arrow["from"] == {"id": shapes[1]["id"], "at": [0.99, 0.5]}
    assert arrow["to"] == {"id": shapes[2]["id"], "at": [0.02, 0.5]}  # not the area around it
    assert (inside["from"], inside["to"]) == (None, None)
