"""Files with something wrong in them: a sentence that names it, or the rest of the drawing; never anything else."""

import json
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.ground.drawing import Refused
from app.exchange.reading.changes import changes, prepare
from app.exchange.reading.formats import read
from harness.drawings import element, excalidraw, tldraw, tldraw_shape
from tests.unit.kinds import FULL, full

Json = dict[str, Any]
HERE = (100.0, 50.0)
EASEL = {"type": "easel", "version": 1, "shapes": [full(kind, f"s{n}") for n, kind in enumerate(FULL)]}
BOUND = {"elementId": "", "gap": 1}
LINE: Json = {"points": [[0, 0], [9, 9]], "startBinding": BOUND, "endBinding": {"elementId": "a", "fixedPoint": [1, 0]}}
THEIRS = ("rectangle", "arrow", "line", "freedraw", "text", "image", "frame", "embeddable")
EXCALIDRAW = json.loads(excalidraw(element("a"), *[element(kind, kind, **LINE, groupIds=["g"]) for kind in THEIRS]))
PROPS: Json = {
    **{"w": 10, "h": 20, "geo": "arrow-left", "bend": 9, "start": {"x": 0, "y": 0}, "end": {"x": 9, "y": 5}},
    **{
        "points": {"a": {"x": 1, "y": 2}, "b": {"x": 3, "y": 4}},
        "segments": [{"points": [{"x": 0, "y": 0, "z": 0.5}]}],
    },
    "richText": {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x"}]}]},
}
TLDRAW_KINDS = ("geo", "text", "note", "frame", "draw", "line", "arrow", "image", "bookmark", "group")
TLDRAW = json.loads(tldraw(*[tldraw_shape(kind, kind, props=PROPS) for kind in TLDRAW_KINDS]))
ODD: list[Any] = [
    *(None, True, -1, 1e308, 2**64 - 1, "", "x", "\0", "#12", [], {}, [None], [[]], [1, 2], {"a": None}, {"id": "s0"}),
    *([[1, 2], [None, "x"]], [[1e299, -1e299], [5, 5]], {"id": "s0", "at": [9, 9]}, {"x": 1e308, "y": 0}),
]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *[place for key, part in inside for place in places(part, (*path, key))]]


def changed(value: Any, path: tuple[Any, ...], part: Any) -> Any:
    if not path:
        return part
    made = dict(value) if isinstance(value, dict) else list(value)
    made[path[0]] = changed(value[path[0]], path[1:], part)
    return made


def opened(file: Any) -> list[Json]:
    drawing = read(json.dumps(file).encode())
    return prepare(drawing, "seed", HERE)


@pytest.mark.parametrize("whole", [EASEL, EXCALIDRAW, TLDRAW], ids=["easel", "excalidraw", "tldraw"])
@given(data=st.data())
def test_a_wrong_value_anywhere_is_refused_or_left_out(whole: Json, data: st.DataObject) -> None:
    file = whole
    for _ in range(data.draw(st.integers(1, 3))):
        file = changed(file, data.draw(st.sampled_from(places(file)[1:] or [()])), data.draw(st.sampled_from(ODD)))
        if not isinstance(file, dict):
            return
    with suppress(Refused):
        list(changes(opened(file), "seed"))


@pytest.mark.parametrize(
    ("field", "value"), [("x", "far"), ("x", 1e308), ("group", ["g"]), ("w", None), ("color", {}), ("locked", 7)]
)
def test_the_field_that_is_wrong_in_an_easel_board_is_named(field: str, value: Any) -> None:
    file = {**EASEL, "shapes": [full("rectangle", "s0") | {field: value}, full("ellipse", "s1")]}
    with pytest.raises(Refused, match=f"^Shape 1 of this Easel board cannot be drawn: {field}"):
        opened(file)


def test_a_kind_that_is_no_word_is_no_kind() -> None:
    with pytest.raises(Refused, match="Shape 1 of this Easel board has no kind"):
        opened({**EASEL, "shapes": [{"id": "a", "kind": ["note"]}]})


def test_one_bad_stroke_of_another_program_costs_no_other_shape() -> None:
    file = json.loads(excalidraw(element("a"), element("b", "freedraw", points=[]), element("", "freedraw", **LINE)))
    assert [shape["kind"] for shape in opened(file)] == ["rectangle", "stroke", "stroke"]


def test_a_picture_with_an_endless_gap_in_it_is_read_at_once() -> None:
    gap = b"<svg><!-- application/vnd.excalidraw+json --><!-- payload-start -->" + b" " * 1_000_000 + b"</svg>"
    start = time.process_time()
    assert read(gap).shapes == []
    assert time.process_time() - start < 5  # a regular expression took minutes


def test_a_file_has_so_many_pictures_and_no_more() -> None:
    def file(count: int) -> Json:
        url = "data:image/png;base64,AAAA"
        files = {f"f{n}": {"dataURL": url} for n in range(count)}
        elements = [element(f"e{n}", "image", fileId=f"f{n}") for n in range(count)]
        return {"type": "excalidraw", "elements": elements, "files": files}

    assert len(opened(file(1_000))) == 1_000
    with pytest.raises(Refused, match=r"1,001 pictures: Easel takes 1,000 of one file\."):
        opened(file(1_001))
