"""Easel's shapes through Excalidraw's file format and back."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.excalidraw.file import read_excalidraw
from app.exchange.ground.complete import complete
from app.exchange.ground.drawing import Drawing
from app.exchange.writing.elements import elements_of
from app.hub.json_shapes import seen
from app.shapes import Shape, shape_of
from app.shapes.shape import packed
from tests import exchanged
from tests.exchanged import DRAWINGS, FIXTURE
from tests.random_shapes import boards
from tests.unit.kinds import FULL, full

Json = dict[str, Any]


def shapes_of(board: list[Json]) -> dict[str, Shape]:
    made = [shape_of(packed({"z": 0.0, **one, "author": "ana", "ts": 0})) for one in board]
    return {shape.id: shape for shape in made}


def there_and_back(board: list[Json]) -> tuple[list[Json], list[Json]]:
    """The shapes as they are seen, and as they are read from the file that they were written to."""
    shapes = shapes_of(board)
    shown = [seen(shape, shapes.get) for shape in shapes.values()]
    elements = [element for shape in shown for element in elements_of(shape, shapes.get)]
    file = json.loads(json.dumps({"type": "excalidraw", "elements": elements, "files": {}}))
    return [plain(shape.json()) for shape in shown], [complete(one) for one in read(file).shapes]


def read(file: Json) -> Drawing:
    return read_excalidraw(file)


def plain(shape: Json) -> Json:
    """Without what is not the drawing's; an owner's lock is a lock."""
    told = {name: value for name, value in shape.items() if name not in ("z", "author", "ts")}
    return told | {"locked": bool(shape["locked"])}


@pytest.mark.parametrize("kind", FULL)
def test_a_shape_of_every_kind_comes_back_as_it_was(kind: str) -> None:
    shown, back = there_and_back([full(kind)])
    assert back == shown


@settings(max_examples=150)
@given(boards(), st.data())
def test_any_board_comes_back_as_it_was(board: list[Json], data: st.DataObject) -> None:
    groups = st.sampled_from(("", "g1", "g2"))
    shown, back = there_and_back([one | {"group": data.draw(groups)} for one in board])
    assert back == shown


@pytest.mark.parametrize("kind", FULL)
def test_excalidraw_has_nothing_to_repair_in_a_file_of_ours(kind: str) -> None:
    """What its own code changed when it opened our files (0.18.1)."""
    moved = {"points": [7.0, 5.0, 3.0, 90.0], "pressures": []} if "points" in full(kind) else {}
    shape = shapes_of([full(kind) | {name: value for name, value in moved.items() if name in full(kind)}])["a"]
    for element in elements_of(shape, {"a": shape}.get):
        if points := element.get("points"):
            assert points[0] == [0, 0]
        labels = [one for one in element["boundElements"] if one["type"] == "text"]
        assert labels == [] or element["type"] in ("rectangle", "ellipse", "diamond", "arrow")


def test_what_somebody_changed_in_excalidraw_holds() -> None:
    shapes = shapes_of([full("star")])
    star, *_ = elements_of(shapes["a"], shapes.get)
    moved = star | {"x": star["x"] + 100, "strokeColor": "#e03131"}
    (back,) = read({"elements": [moved]}).shapes
    assert (back["kind"], back["color"], back["w"]) == ("star", "red", 200)
    assert back["x"] == pytest.approx(shapes["a"].x + 100, abs=1)


def test_the_page_reads_what_is_pasted_as_the_server_reads_files() -> None:
    """tests/js/intake/excalidraw.test.ts holds the page to the same fixture."""
    made = {name: {"elements": elements, "shapes": exchanged.read(elements)} for name, elements in DRAWINGS.items()}
    assert json.loads(FIXTURE.read_text()) == json.loads(json.dumps(made))
