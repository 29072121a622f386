"""Every kind of shape as the API takes it, keeps it and tells it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.shapes import KINDS, PALETTE, ChangeIn, Line, shape_of
from app.shapes.declared import NUMBERS
from app.web.faults import invalid
from tests.unit.kinds import FULL, LACKING, LEAST, REFUSED, full, least


def hundredths(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(round(low * 100), round(high * 100)).map(lambda value: value / 100)


def paths(least: int, most: int) -> st.SearchStrategy[list[float]]:
    tenths = st.integers(-99_999, 99_999).map(lambda value: value / 10)
    return st.lists(st.tuples(tenths, tenths), min_size=least, max_size=most).map(
        lambda pairs: [v for p in pairs for v in p]
    )


IDS = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
FRACTIONS = hundredths(0, 1)
WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"), max_size=40
)
BINDINGS = st.none() | st.fixed_dictionaries({"id": IDS, "at": st.lists(FRACTIONS, min_size=2, max_size=2)})
ENDS = st.sampled_from(["none", "arrow", "triangle", "dot", "bar"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    **{name: hundredths(limits["least"], limits["most"]) for name, limits in NUMBERS.items()},
    "color": st.sampled_from([*PALETTE, "#00ff7f"]),
    "x": hundredths(-9e5, 9e5),
    "y": hundredths(-9e5, 9e5),
    "z": st.floats(-1e12, 1e12),
    "rotation": st.floats(-1e6, 1e6),
    "opacity": FRACTIONS,
    "group": IDS | st.just(""),
    "locked": st.sampled_from([False, True, "owner"]),
    "width": hundredths(0.5, 64),
    "pressures": st.just([]),
    "curved": st.booleans(),
    "dash": st.sampled_from(["solid", "dashed", "dotted"]),
    "start": ENDS,
    "end": ENDS,
    "from": BINDINGS,
    "to": BINDINGS,
    "w": hundredths(0, 1e6),
    "h": hundredths(0, 1e6),
    "fill": st.sampled_from(["none", "tint", "solid"]),
    "fillColor": st.sampled_from(["", *PALETTE, "#00ff7f"]),
    "radius": hundredths(0, 1_000),
    "text": WORDS,
    "size": hundredths(8, 400),
    "align": st.sampled_from(["left", "center", "right"]),
    "file": IDS,
    "alt": WORDS,
    "crop": st.none() | st.just([0.0, 0.25, 0.5, 1.0]),
    "flip": st.sampled_from(["", "x", "y", "xy"]),
}


@st.composite
def shapes(draw: st.DrawFn) -> dict[str, Any]:
    """A shape of any kind: what it needs, and some of what else it may have."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    points = paths(1, 20) if kind == "stroke" else paths(2, 20)
    fields = {name: points if name == "points" else VALUES[name] for name in full(kind) if name not in ("id", "kind")}
    needed = {name: fields.pop(name) for name in LEAST[kind]}
    return {"kind": kind, "id": draw(IDS), **draw(st.fixed_dictionaries(needed, optional=fields))}


def put(shape: dict[str, Any]) -> dict[str, Any]:
    """The arguments' form."""
    (wire,) = ChangeIn.model_validate_json(json.dumps({"changeId": "c", "put": [shape]})).args()["put"]
    return dict(wire)


def told(wire: dict[str, Any]) -> dict[str, Any]:
    return shape_of({"z": 1.0, **wire, "author": "u", "ts": 1}).json()


@given(shapes())
def test_a_shape_is_told_as_it_was_put(shape: dict[str, Any]) -> None:
    wire = put(shape)
    if wire.get("z") == "back":
        wire["z"] = 1.0
    assert told(wire).items() >= shape.items()


@given(shapes())
def test_a_patched_shape_is_told_with_the_new_fields_and_else_as_before(shape: dict[str, Any]) -> None:
    stored = shape_of({**put(full(shape["kind"])), "author": "u", "ts": 1})
    fields = {"color": "red"} | {name: value for name, value in shape.items() if name not in ("id", "kind")}
    (patch,) = ChangeIn.model_validate_json(json.dumps({"changeId": "c", "patch": {"a": fields}})).args()["patch"]
    assert stored.patched(patch["set"], 2).json() == {**stored.json(), **fields, "ts": "2"}
    assert stored.json()["ts"] == "1"


@pytest.mark.parametrize("kind", FULL)
def test_the_examples_have_every_field(kind: str) -> None:
    assert set(told(put(full(kind)))) == {*full(kind), "author", "ts"}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("stroke", {"width": 4, "pressures": []}),
        (
            "line",
            {"start": "none", "end": "none", "from": None, "to": None, "curved": False, "dash": "solid", "text": ""},
        ),
        ("arrow", {"start": "none", "end": "arrow", "size": 20, "width": 4}),
        ("rectangle", {"radius": 12, "fill": "none", "fillColor": "", "dash": "solid", "text": "", "align": "center"}),
        ("ellipse", {"radius": 0}),
        ("diamond", {"radius": 0}),
        ("text", {"w": 0, "size": 24, "align": "left"}),
        ("note", {"w": 200, "h": 200, "text": "", "size": 20, "align": "center"}),
        ("frame", {"text": ""}),
        ("image", {"alt": "", "crop": None, "flip": ""}),
    ],
)
def test_what_is_not_said_has_a_default(kind: str, fields: dict[str, Any]) -> None:
    common = {"color": "black", "x": 0, "y": 0, "rotation": 0, "opacity": 1, "group": "", "locked": False}
    wire = put(least(kind))
    assert wire.pop("z", None) == ("back" if kind == "frame" else None)
    assert told(wire).items() >= {**common, **fields}.items()


@pytest.mark.parametrize("place", [5, -1.5, "front", "back", {"above": "b"}, {"below": "b"}])
def test_a_place_is_a_number_or_a_word_and_left_to_the_deployment(place: Any) -> None:
    assert put({**least("note"), "z": place})["z"] == place


@pytest.mark.parametrize(("kind", "fields", "where", "limit"), REFUSED, ids=lambda value: str(value)[:40])
def test_a_shape_outside_the_limits_is_refused_by_field(
    kind: str, fields: dict[str, Any], where: str, limit: float | None
) -> None:
    bad = {**least(kind), **fields}
    with pytest.raises(ValidationError) as caught:
        ChangeIn.model_validate_json(json.dumps({"changeId": "c", "put": [least("note", "fine"), bad]}))
    refusal = invalid(caught.value)
    assert (refusal.field, refusal.index, refusal.limit) == (f"put.{where}", 1, limit)
    assert len(refusal.message) < 300


@pytest.mark.parametrize(("kind", "field"), LACKING)
def test_what_a_kind_needs_is_asked_for(kind: str, field: str) -> None:
    bad = least(kind)
    del bad[field]
    with pytest.raises(ValidationError) as caught:
        ChangeIn.model_validate_json(json.dumps({"changeId": "c", "put": [bad]}))
    assert invalid(caught.value).field == f"put.{field}"


@pytest.mark.parametrize("kind", [None, 7, "", "circle", "Stroke", {}])
def test_a_kind_that_is_none_is_named(kind: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        ChangeIn.model_validate_json(json.dumps({"changeId": "c", "put": [{**least("note"), "kind": kind}]}))
    assert (invalid(caught.value).field, invalid(caught.value).index) == ("put.kind", 0)


def test_a_lone_half_of_a_character_is_not_text() -> None:
    with pytest.raises(ValidationError):
        ChangeIn.model_validate_json('{"changeId": "c", "put": [{"id": "a", "kind": "text", "text": "\\ud83d"}]}')


def test_strokes_from_before_there_were_other_kinds_are_read() -> None:
    wire = {**put(least("stroke")), "z": 1.0, "author": "u", "ts": 1}
    old = {name: value for name, value in wire.items() if name not in ("group", "locked", "pressures")}
    assert shape_of(old) == shape_of(wire)


def test_an_attribute_is_named_as_in_the_api_but_for_pythons_own_words() -> None:
    arrow = shape_of({**put(full("arrow")), "author": "u", "ts": 1})
    assert isinstance(arrow, Line)
    assert arrow.from_ == full("arrow")["from"]
    assert arrow.bound == ["other", "another"]
