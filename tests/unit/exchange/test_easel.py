"""Boards through Easel JSON and back."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings

from app.exchange.ground.drawing import Refused
from app.exchange.reading.changes import changes, prepare
from app.exchange.reading.formats import read
from app.exchange.writing.easel import form
from app.hub.json_shapes import seen
from app.shapes import ChangeIn
from tests.random_shapes import boards
from tests.unit.exchange.test_excalidraw import shapes_of
from tests.unit.kinds import FULL, full

Json = dict[str, Any]


def there_and_back(board: list[Json]) -> tuple[list[Json], list[Json]]:
    """The shapes as they are seen and as they are read, those with new ids."""
    shapes = shapes_of(board)
    shown = [form(seen(shape, shapes.get)) for shape in shapes.values()]
    pictures = {one["file"]: {"data": "AAAA"} for one in shown if one["kind"] == "image"}
    file = {"type": "easel", "version": 1, "title": "Plan", "shapes": shown, "pictures": pictures}
    return shown, prepare(read(orjson.dumps(file)), "seed", None)


def renamed(shapes: list[Json]) -> list[Json]:
    """By their places, which is what ids are for."""
    places = {one["id"]: n for n, one in enumerate(shapes)}
    found = []
    for one in shapes:
        told = {name: value for name, value in one.items() if name not in ("z", "file", "group")} | {"id": 0}
        told |= {end: {**one[end], "id": places[one[end]["id"]]} for end in ("from", "to") if one.get(end)}
        found.append(told)
    return found


def held(board: list[Json]) -> list[Json]:
    """Only shapes hold the ends of lines."""
    holders = {one["id"] for one in board if one["kind"] not in ("stroke", "line", "arrow")}
    return [
        one | {end: None for end in ("from", "to") if one.get(end) and one[end]["id"] not in holders} for one in board
    ]


@pytest.mark.parametrize("kind", FULL)
def test_a_shape_of_every_kind_comes_back_as_it_was(kind: str) -> None:
    shown, back = there_and_back(held([full(kind)]))
    assert renamed(back) == renamed(shown)


@settings(max_examples=100)
@given(boards())
def test_any_board_comes_back_as_it_was(board: list[Json]) -> None:
    shown, back = there_and_back(held([one for one in board if abs(one["x"]) < 9e5 and abs(one["y"]) < 9e5]))
    assert renamed(back) == renamed(shown)
    bodies = [ChangeIn.model_validate_json(body) for body in changes(back, "seed")]
    assert [shape.id for body in bodies for shape in body.put] == [one["id"] for one in back]


def test_groups_stay_groups() -> None:
    board = [full("note", "a") | {"group": "g"}, full("star", "b") | {"group": "g"}, full("text", "c") | {"group": ""}]
    a, b, c = there_and_back(board)[1]
    assert a["group"] == b["group"] != ""
    assert c["group"] == ""


def test_the_same_file_gives_the_same_changes_for_a_seed() -> None:
    board = [full("note", "a"), full("star", "b")]
    first, second = (there_and_back(board)[1] for _ in range(2))
    assert first == second
    drawing = read(orjson.dumps({"type": "easel", "version": 1, "shapes": [form(shapes_of(board)["a"])]}))
    assert prepare(drawing, "other", None)[0]["id"] != first[0]["id"]


def test_many_shapes_are_changes_that_continue_each_other() -> None:
    shapes = [full("note", f"n{n}") for n in range(450)]
    bodies = [json.loads(body) for body in changes(shapes, "s")]
    assert [len(body["put"]) for body in bodies] == [200, 200, 50]
    assert "continues" not in bodies[0]
    assert [body["continues"] for body in bodies[1:]] == [body["changeId"] for body in bodies[:-1]]


BAD = [
    ({"type": "easel"}, "does not say its version"),
    ({"type": "easel", "version": 2}, r"newer Easel made this file \(version 2\)"),
    ({"type": "easel", "version": 1, "shapes": [{"id": "a", "kind": "blob"}]}, "Shape 1 .* has no kind"),
    ({"type": "easel", "version": 1, "shapes": [full("note") | {"x": 1e9}]}, "Shape 1 .* cannot be drawn: x "),
    ({"type": "easel", "version": 1, "shapes": [full("note") | {"x": "left"}]}, "Shape 1 .* cannot be drawn: x "),
]


@pytest.mark.parametrize(("file", "sentence"), BAD)
def test_a_damaged_board_is_refused_with_a_sentence(file: Json, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        prepare(read(orjson.dumps(file)), "seed", None)
