"""tldraw's files, in each version of its schema."""

import struct
from base64 import b64encode
from math import pi
from typing import Any

import pytest

from app.exchange.ground.drawing import Refused, told
from app.exchange.reading.formats import read
from harness.drawings import tldraw, tldraw_shape

Json = dict[str, Any]


def shapes(*given: Json, **options: Any) -> list[Json]:
    return read(tldraw(*given, **options)).shapes


@pytest.mark.parametrize(
    ("geo", "kind"), [("rectangle", "rectangle"), ("oval", "rectangle"), ("rhombus", "parallelogram"), ("star", "star")]
)
def test_figures_are_the_nearest_of_ours(geo: str, kind: str) -> None:
    (found,) = shapes(tldraw_shape("a", props={"geo": geo, "growY": 10}))
    assert (found["kind"], found["w"], found["h"]) == (kind, 100, 60)
    assert found["radius"] == (30 if geo == "oval" else 6)


@pytest.mark.parametrize(
    ("fill", "ours"),
    [("none", ("none", "")), ("semi", ("solid", "#fcfffe")), ("solid", ("tint", "")), ("fill", ("solid", ""))],
)
def test_fills_look_alike(fill: str, ours: tuple[str, str]) -> None:
    (found,) = shapes(tldraw_shape("a", props={"fill": fill, "color": "light-violet"}))
    assert (found["fill"], found["fillColor"], found["color"]) == (*ours, "pink")


RICH = {
    "type": "doc",
    "content": [
        {"type": "paragraph", "content": [{"type": "text", "text": "Buy "}, {"type": "text", "text": "milk"}]},
        {"type": "bulletList", "content": [{"type": "listItem", "content": [{"type": "paragraph"}]}]},
        {"type": "paragraph", "content": [{"type": "text", "text": "and"}, {"type": "hardBreak"}]},
    ],
}


@pytest.mark.parametrize(
    ("props", "text"), [({"text": "Buy\r\nmilk"}, "Buy\nmilk"), ({"richText": RICH}, "Buy milk\n• \nand")]
)
def test_words_are_kept_in_old_and_new_files(props: Json, text: str) -> None:
    (found,) = shapes(tldraw_shape("a", "note", props=props))
    assert (found["text"], found["w"], found["h"]) == (text, 200, 200)
    assert found["color"] == "yellow"  # as tldraw has the notes that it calls black


def test_shapes_in_a_turned_group_stand_where_they_are_seen() -> None:
    group = tldraw_shape("g", "group", x=100, y=50, rotation=pi / 2, opacity=0.5)
    (found,) = shapes(group, tldraw_shape("a", parent="shape:g", x=10, y=0, rotation=0.1, isLocked=True))
    assert (found["x"], found["y"], found["group"], found["locked"]) == (100, 60, "shape:g", True)
    assert (found["rotation"], found["opacity"]) == (pytest.approx(pi / 2 + 0.1), 0.5)


def test_shapes_are_drawn_in_the_order_of_their_indices() -> None:
    given = [tldraw_shape(id, index=index) for id, index in (("c", "a2"), ("a", "Zz"), ("b", "a1V"))]
    assert [one["id"] for one in shapes(*given)] == ["shape:a", "shape:b", "shape:c"]


BOXES = tldraw_shape("a"), tldraw_shape("b", x=300)
ANCHOR = {"normalizedAnchor": {"x": 0.25, "y": 1}, "isPrecise": True}
OLD = {
    "start": {"type": "binding", "boundShapeId": "shape:a", **ANCHOR},
    "end": {"type": "binding", "boundShapeId": "shape:b", **ANCHOR, "isPrecise": False},
}
NEW = tuple(
    {"typeName": "binding", "id": f"binding:{end}", "type": "arrow", "fromId": "shape:c", "toId": f"shape:{to}"}
    | {"props": {"terminal": end, **ANCHOR, "isPrecise": end == "start"}}
    for end, to in (("start", "a"), ("end", "b"))
)


@pytest.mark.parametrize("new", [False, True])
def test_arrows_are_bound_in_old_and_new_files(new: bool) -> None:
    ends = {"start": {"x": 1, "y": 2}, "end": {"x": 3, "y": 4}} if new else OLD
    arrow = tldraw_shape("c", "arrow", index="a3", props={**ends, "bend": 0, "arrowheadStart": "dot"})
    found = shapes(*BOXES, arrow, others=NEW if new else ())[-1]
    assert found["from"] == {"id": "shape:a", "at": [0.25, 1]}
    assert found["to"] == {"id": "shape:b", "at": [0.5, 0.5]}
    assert found["points"] == [25, 50, 350, 25]
    assert (found["start"], found["end"], found["curved"]) == ("dot", "arrow", False)


def test_a_bent_arrow_is_an_arc() -> None:
    ends = {"start": {"type": "point", "x": 0, "y": 0}, "end": {"type": "point", "x": 100, "y": 0}}
    (found,) = shapes(tldraw_shape("a", "arrow", props={**ends, "bend": -50}))
    points = list(zip(found["points"][::2], found["points"][1::2], strict=True))
    assert points[len(points) // 2] == (50, -50)
    assert all((x - 50) ** 2 + y**2 == pytest.approx(2_500, abs=20) for x, y in points)


def test_ink_and_lines_are_read_in_old_and_new_files() -> None:
    points = [{"x": 0, "y": 0, "z": 0.2}, {"x": 5, "y": 5, "z": 0.9}]
    ink = tldraw_shape("a", "draw", props={"segments": [{"type": "free", "points": points}], "isPen": True})
    old = tldraw_shape("b", "line", index="a2", props={"handles": {"start": {"x": 0, "y": 0, "index": "a1"}}})
    corners = {"q": {"index": "a2", "x": 9, "y": 9}, "p": {"index": "a1", "x": 1, "y": 1}}
    new = tldraw_shape("c", "line", index="a3", props={"points": corners, "spline": "cubic"})
    first, second, third = shapes(ink, old, new)
    assert (first["points"], first["pressures"]) == ([0, 0, 5, 5], [0.2, 0.9])
    assert second["points"] == [0, 0, 0, 0]
    assert (third["points"], third["curved"]) == ([1, 1, 9, 9], True)


def test_ink_of_new_files_is_in_base64() -> None:
    steps = struct.pack("<3f", 1, 2, 0.5) + struct.pack("<3e", 4, -2, 0) + struct.pack("<3e", 0.5, 10, 0.25)
    path = {"type": "free", "path": b64encode(steps).decode()}
    whole = {"type": "free", "points": b64encode(struct.pack("<3e", 7, 8, 0.5)).decode()}
    cut = {"type": "free", "path": "%%%"}
    props = {"segments": [path, whole, cut], "scaleX": 2, "isPen": True}
    (found,) = shapes(tldraw_shape("a", "draw", props=props))
    assert found["points"] == [2, 2, 10, 0, 11, 10, 14, 8]
    assert found["pressures"] == [0.5, 0.5, 0.75, 0.5]


def test_pages_become_frames_side_by_side() -> None:
    given = tldraw_shape("a"), tldraw_shape("b", parent="page:1", x=900)
    drawing = read(tldraw(*given, pages=("One", "Two", "Empty")))
    frame, _, other, _ = drawing.shapes
    assert [(one["kind"], one["text"]) for one in (frame, other)] == [("frame", "One"), ("frame", "Two")]
    assert other["x"] >= frame["x"] + frame["w"]
    assert told(drawing.lost) == ["2 pages became frames"]


def test_a_clipboard_is_read_too() -> None:
    clipboard = b'{"type":"application/tldraw","kind":"content","data":{"shapes":[{"id":"shape:a","type":"geo","parentId":"x"}],"rootShapeIds":["shape:a"]}}'  # noqa: E501
    assert [one["kind"] for one in read(clipboard).shapes] == ["rectangle"]


def test_records_that_are_none_are_refused() -> None:
    with pytest.raises(Refused, match="missing or damaged"):
        read(b'{"tldrawFileFormatVersion": 1, "records": 7}')
