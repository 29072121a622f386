"""How shapes are drawn and measured, and that the browser does the same."""

import json
import re
import subprocess
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path import parse_path
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.drawing.boxes import to_board, to_local, union
from app.drawing.measure import bounds, ink
from app.drawing.units import Point
from app.shapes import Box
from launch.children import ROOT
from launch.deployment import NODE
from tests.drawn import DEFAULTS, FIXTURE, Json, draw, parted, samples, shape, stored
from tests.random_shapes import boards, shapes

ROWS: list[dict[str, Any]] = json.loads(FIXTURE.read_text())
TAGS = {"g", "path", "rect", "ellipse", "text", "tspan", "title", "image", "svg"}


def in_the_browser(made: list[list[Json]]) -> list[list[dict[str, Any]]]:
    command = [NODE, str(ROOT / "tests/js/kinds/draw.ts")]
    told = subprocess.run(command, input=json.dumps(made), capture_output=True, text=True, check=True)
    answer: list[list[dict[str, Any]]] = json.loads(told.stdout)
    return answer


def test_the_fixture_has_every_kind_and_the_server_draws_it_so() -> None:
    made = samples()
    assert [row["shape"] for row in ROWS] == made
    assert {one["kind"] for one in made} == set(DEFAULTS)
    for row, svg in zip(ROWS, draw(made), strict=True):
        assert parted(svg) == parted(row["svg"]), row["shape"]["id"]


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(boards(), min_size=20, max_size=20))
def test_the_browser_draws_and_measures_any_shape_as_the_server_does(made: list[list[Json]]) -> None:
    for board, drawn in zip(made, in_the_browser(made), strict=True):
        kept = {one["id"]: stored(one) for one in board}
        for one, svg, there in zip(board, draw(board), drawn, strict=True):
            assert parted(svg) == parted(there["svg"])
            assert there["bounds"] == pytest.approx(bounds(kept[one["id"]], kept.get), abs=1e-6, rel=1e-9)


def test_ink_without_a_pressure_for_each_point_is_drawn_all_the_same() -> None:
    made = [shape(f"p{n}", "stroke", points=[0, 0, 9, 0, 20, 5], pressures=[0.4] * n) for n in (1, 2, 4)]
    assert [parted(svg) for svg in draw(made)] == [parted(drawn["svg"]) for drawn in in_the_browser([made])[0]]


@given(boards())
def test_any_shape_is_one_line_of_xml_that_begins_with_its_name_and_id(made: list[Json]) -> None:
    for one, svg in zip(made, draw(made), strict=True):
        assert re.match(r'<(path|g) id="', svg)
        assert "\n" not in svg
        element = ET.fromstring(svg)
        assert element.get("id") == one["id"]
        assert {part.tag for part in element.iter()} <= TAGS


@settings(max_examples=60, deadline=None)
@given(boards())
def test_what_is_drawn_stays_within_the_measured_box(made: list[Json]) -> None:
    kept = {one["id"]: stored(one) for one in made}
    for one, svg in zip(made, draw(made), strict=True):
        left, top, right, bottom = ink(kept[one["id"]], kept.get)
        for box in drawn_boxes(one, ET.fromstring(svg)):
            # Rounding to twentieths moves both ends of an arc, and so makes it larger.
            assert left - 0.2 <= box[0] <= box[2] <= right + 0.2
            assert top - 0.2 <= box[1] <= box[3] <= bottom + 0.2


def drawn_boxes(one: Json, element: ET.Element) -> list[Box]:
    """Of each part of the element that the markup itself places, in the shape's px."""
    x, y = (one["x"], one["y"]) if element.get("transform") is None else (0, 0)
    boxes: list[Box] = []
    for part in element.iter():
        a, b, c, d = (float(part.get(name, "nan")) for name in ("x", "y", "width", "height"))
        match part.tag:
            case "rect" | "svg":
                boxes.append((a, b, a + c, b + d))
            case "ellipse":
                cx, cy, rx, ry = (float(part.get(name, "")) for name in ("cx", "cy", "rx", "ry"))
                boxes.append((cx - rx, cy - ry, cx + rx, cy + ry))
            case "tspan":
                boxes.append((a, b, a, b))
            case "path":
                pen = BoundsPen(None)
                parse_path(part.get("d", ""), pen)
                assert pen.bounds
                boxes.append(pen.bounds)
            case _:
                continue
        half = float(part.get("stroke-width", 0)) / 2
        left, top, right, bottom = boxes.pop()
        sides = (left - half) / 20 - x, (top - half) / 20 - y, (right + half) / 20 - x, (bottom + half) / 20 - y
        boxes.append(sides)
    return boxes


@given(shapes(), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_place_is_the_same_after_a_turn_there_and_back(one: Json, x: float, y: float) -> None:
    kept = stored(one)
    assert to_local(kept, to_board(kept, Point(x, y))) == pytest.approx((x, y), abs=1e-6)


@given(st.lists(st.tuples(*[st.floats(-1e6, 1e6)] * 4), min_size=2, max_size=2))
def test_a_union_holds_both(pair: list[Box]) -> None:
    left, top, right, bottom = union(*pair)
    assert all(left <= box[0] and top <= box[1] and right >= box[2] and bottom >= box[3] for box in pair)
