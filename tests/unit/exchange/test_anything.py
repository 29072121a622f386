"""One field that is not what it should be spoils at most its own shape, and never the whole file."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.exchange.reading.changes import changes, prepare
from app.exchange.reading.formats import read
from app.shapes import ChangeIn
from harness.drawings import element, excalidraw, tldraw, tldraw_shape
from tests.exchanged import DRAWINGS

Json = dict[str, Any]

numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | numbers | st.text(max_size=8)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
)
SOUND = element("sound", "ellipse")
ELEMENTS = [one for drawing in DRAWINGS.values() for one in drawing if "type" in one]
KINDS = ("geo", "text", "note", "frame", "draw", "highlight", "line", "arrow", "image", "bookmark", "embed", "group")
PROPS = (
    "segments",
    "points",
    "start",
    "end",
    "richText",
    "text",
    "size",
    "color",
    "geo",
    "crop",
    "scale",
    "w",
    "h",
    "bend",
)
FIELDS = ("x", "y", "rotation", "parentId", "index", "opacity", "isLocked", "props")


def put(file: bytes, at: tuple[float, float] | None = None) -> list[str]:
    """The kinds that come of it, each as the API takes it."""
    shapes = prepare(read(file), "seed", at)
    bodies = [ChangeIn.model_validate_json(body) for body in changes(shapes, "seed")]
    return [shape.model_dump()["kind"] for body in bodies for shape in body.put]


@given(st.sampled_from(ELEMENTS), st.data())
def test_any_field_of_an_element(one: Json, data: st.DataObject) -> None:
    fields = data.draw(st.dictionaries(st.sampled_from(sorted(one)), anything, min_size=1, max_size=3))
    file = json.dumps({"type": "excalidraw", "elements": [one | fields, SOUND], "files": {}})
    put(file.encode(), (0.0, 0.0))
    assert put(file.encode())[-1] == "ellipse"


@given(st.sampled_from(KINDS), st.data())
def test_any_field_of_a_record(kind: str, data: st.DataObject) -> None:
    props = data.draw(st.dictionaries(st.sampled_from(PROPS), anything, max_size=3))
    fields = data.draw(st.dictionaries(st.sampled_from(FIELDS), anything, max_size=2))
    bad = tldraw_shape("a", kind, props=props) | fields
    assert "ellipse" in put(tldraw(bad, tldraw_shape("b", index="a2", props={"geo": "ellipse"})))


@given(anything)
def test_any_files_and_any_list_of_elements(value: Any) -> None:
    for name in ("elements", "files"):
        file = json.loads(excalidraw(SOUND)) | {name: value}
        if name == "files":
            assert put(json.dumps(file).encode()) == ["ellipse"]
        else:
            prepare(read(json.dumps(file).encode()), "seed", None)
