import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.drawing.measure import bounds
from app.shapes import MAX_OPERATIONS, MAX_POINTS, PALETTE, ChangeIn, Stroke
from app.shapes.models import MODELS
from app.shapes.points import extent, pack, path_data, unpack
from app.web.faults import untagged
from tests.unit.feed import alone

PATHS = json.loads((Path(__file__).parents[2] / "fixtures" / "paths.json").read_text())

tenths = st.integers(-10_000_000, 10_000_000).map(lambda value: value / 10)
points = st.lists(st.tuples(tenths, tenths), min_size=1, max_size=40).map(lambda pairs: [v for p in pairs for v in p])


def change(**parts: Any) -> ChangeIn:
    return ChangeIn.model_validate_json(json.dumps({"changeId": "c1", **parts}))


def stroke(**fields: Any) -> dict[str, Any]:
    return {"id": "s1", "kind": "stroke", "points": [0, 0, 10, 10], **fields}


def refused(body: str) -> list[tuple[tuple[int | str, ...], str]]:
    with pytest.raises(ValidationError) as error:
        ChangeIn.model_validate_json(body)
    return [(tuple(untagged(problem["loc"])), problem["type"]) for problem in error.value.errors()]


@pytest.mark.parametrize("case", PATHS, ids=lambda case: case["points"][:20])
def test_a_path_is_the_one_that_the_browser_draws(case: dict[str, str]) -> None:
    assert path_data(case["points"]) == case["d"]


@given(points)
def test_packing_keeps_every_tenth_of_a_pixel(points: list[float]) -> None:
    assert unpack(pack(points)) == pytest.approx(points, abs=1e-6)


@given(points)
def test_the_extent_holds_every_point_and_no_more(points: list[float]) -> None:
    xs, ys = unpack(pack(points))[::2], unpack(pack(points))[1::2]
    assert extent(pack(points)) == (min(xs), min(ys), max(xs), max(ys))


def test_points_are_rounded_to_tenths_and_origins_to_hundredths() -> None:
    (put,) = change(put=[stroke(points=[0, 0, 1.24, -0.26], x=1.005001, y=-2.346)]).args()["put"]
    assert (put["points"], put["x"], put["y"]) == ("0 0 12 -3", 1.01, -2.35)


def test_what_is_not_said_has_a_default_and_z_is_left_to_the_deployment() -> None:
    (put,) = change(put=[stroke()]).args()["put"]
    assert put == {
        "id": "s1",
        "kind": "stroke",
        "color": "black",
        "x": 0,
        "y": 0,
        "rotation": 0,
        "width": 4,
        "opacity": 1,
        "points": "0 0 100 100",
        "pressures": "",
        "group": "",
        "locked": False,
    }


def test_a_patch_sets_only_what_it_names() -> None:
    args = change(patch={"s1": {"x": 5, "color": "#AABBCC"}}, remove=["s2"]).args()
    assert args == {
        "changeId": "c1",
        "put": [],
        "patch": [{"id": "s1", "set": {"x": 5, "color": "#aabbcc"}}],
        "remove": ["s2"],
    }


@pytest.mark.parametrize("color", [*PALETTE, "#00ff7f", "#00FF7F"])
def test_colors_are_the_palettes_or_hexadecimal(color: str) -> None:
    assert change(put=[stroke(color=color)]).put[0].color == color.lower()


def test_the_longest_stroke_and_the_widest_change_are_allowed() -> None:
    (longest,) = change(put=[stroke(points=[0.0] * 2 * MAX_POINTS)]).args()["put"]
    assert longest["points"].count(" ") == 2 * MAX_POINTS - 1
    assert len(change(remove=[str(n) for n in range(MAX_OPERATIONS)]).remove) == MAX_OPERATIONS


@pytest.mark.parametrize(
    ("fields", "where", "kind"),
    [
        ({"points": []}, ("points",), "too_short"),
        ({"points": [0.0] * (2 * MAX_POINTS + 2)}, ("points",), "too_long"),
        ({"points": [0, 0, 1]}, ("points",), "pairs"),
        ({"points": [0, "1"]}, ("points", 1), "float_type"),
        ({"points": [0, True]}, ("points", 1), "float_type"),
        ({"points": [0, None]}, ("points", 1), "float_type"),
        ({"points": [0, [0]]}, ("points", 1), "float_type"),
        ({"points": {"0": 1}}, ("points",), "list_type"),
        ({"points": [0, float("nan")]}, ("points", 1), "finite_number"),
        ({"points": [float("-inf"), 0]}, ("points", 0), "finite_number"),
        ({"points": [1_000_000.1, 0]}, ("points",), "coordinate"),
        ({"points": [2e5, 0], "x": 9e5}, ("points",), "coordinate"),
        ({"points": [0, -2e5], "y": -9e5}, ("points",), "coordinate"),
        ({"x": 1e6 + 1}, ("x",), "less_than_equal"),
        ({"y": "0"}, ("y",), "float_type"),
        ({"width": 0.4}, ("width",), "greater_than_equal"),
        ({"width": 64.1}, ("width",), "less_than_equal"),
        ({"opacity": 1.01}, ("opacity",), "less_than_equal"),
        ({"rotation": float("inf")}, ("rotation",), "finite_number"),
        ({"z": 1e13}, ("z",), "place"),
        ({"color": "puce"}, ("color",), "color"),
        ({"color": "#12345g"}, ("color",), "color"),
        ({"color": "#1234567"}, ("color",), "color"),
        ({"color": ""}, ("color",), "color"),
        ({"color": 7}, ("color",), "string_type"),
        ({"id": ""}, ("id",), "string_pattern_mismatch"),
        ({"id": "a" * 65}, ("id",), "string_pattern_mismatch"),
        ({"id": "a b"}, ("id",), "string_pattern_mismatch"),
        ({"id": "a\n"}, ("id",), "string_pattern_mismatch"),
        ({"id": 'a"><script>'}, ("id",), "string_pattern_mismatch"),
        ({"kind": "blob"}, (), "union_tag_invalid"),
        ({"pressures": [1]}, ("pressures",), "pressures"),
        ({"__proto__": {}}, ("__proto__",), "extra_forbidden"),
    ],
)
def test_a_stroke_outside_the_limits_is_refused_by_field(
    fields: dict[str, Any], where: tuple[int | str, ...], kind: str
) -> None:
    assert refused(json.dumps({"changeId": "c1", "put": [stroke(), stroke(**{"id": "s2", **fields})]})) == [
        (("put", 1, *where), kind)
    ]


@pytest.mark.parametrize(
    ("body", "where", "kind"),
    [
        ("{", (), "json_invalid"),
        ('{"changeId": "\\ud800"}', (), "json_invalid"),
        ("[" * 100_000, (), "json_invalid"),
        ("[]", (), "model_type"),
        ('{"remove": ["a"]}', ("changeId",), "missing"),
        ('{"changeId": 1, "remove": ["a"]}', ("changeId",), "string_type"),
        ('{"changeId": "c"}', (), "operations"),
        ('{"changeId": "c", "remove": ["a", "a"]}', (), "twice"),
        ('{"changeId": "c", "patch": {"a": {}}}', ("patch", "a"), "empty_patch"),
        ('{"changeId": "c", "patch": {"a": {"x": null}}}', ("patch", "a", "x"), "float_type"),
        ('{"changeId": "c", "patch": {"a": {"points": [0]}}}', ("patch", "a", "points"), "too_short"),
        ('{"changeId": "c", "patch": {"a": {"kind": "note"}}}', ("patch", "a", "kind"), "extra_forbidden"),
        ('{"changeId": "c", "patch": {"a b": {"x": 1}}}', ("patch", "a b", "[key]"), "string_pattern_mismatch"),
        ('{"changeId": "c", "remove": ["a"], "extra": 1}', ("extra",), "extra_forbidden"),
        ('{"changeId": "c", "patch": {"a": {"x": 1e999}}}', ("patch", "a", "x"), "finite_number"),
        (json.dumps({"changeId": "c", "remove": [str(n) for n in range(MAX_OPERATIONS + 1)]}), (), "operations"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_change_that_makes_no_sense_is_refused(body: str, where: tuple[int | str, ...], kind: str) -> None:
    assert refused(body) == [(where, kind)]


def test_a_refusal_says_what_is_allowed() -> None:
    with pytest.raises(ValidationError, match="must be #rrggbb or one of black, grey"):
        change(put=[stroke(color="puce")])
    with pytest.raises(ValidationError, match="holds 1 to 200 operations"):
        change()


def test_a_stored_stroke_comes_back_as_it_was_sent() -> None:
    sent = stroke(points=[1.5, 2, -3, 4.1], x=5, width=2.5, color="teal")
    wire = {"z": 7.0, **MODELS["stroke"].model_validate(sent).wire(), "author": "u1", "ts": 9}
    stored = Stroke.from_wire(wire | {"newer": "field"})
    assert stored.json().items() >= {**sent, "z": 7.0, "author": "u1", "ts": "9"}.items()
    assert stored.patched({"x": 6.0, "color": "red"}, 10).json() == stored.json() | {
        "x": 6.0,
        "color": "red",
        "ts": "10",
    }
    assert stored.ts == 9


def test_bounds_hold_the_ink_whatever_the_rotation() -> None:
    wire = {"z": 7.0, **MODELS["stroke"].model_validate(stroke(x=100, width=4)).wire(), "author": "u1", "ts": 9}
    assert bounds(Stroke.from_wire(wire), alone) == (98, -2, 112, 12)
    turned = bounds(Stroke.from_wire(wire | {"rotation": math.pi / 2}), alone)
    assert turned == pytest.approx((88, -2, 102, 12))
