"""What shapes are called and in which order they are read: the same fixture as tests/js/kinds/outline.test.ts."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.outline import MOST, name_of, outline, reading_order
from app.shapes import Box, Shape

FIXTURE = json.loads((Path(__file__).parents[1] / "fixtures/outline.json").read_text())


def shape(**fields: Any) -> Shape:
    return cast(Shape, SimpleNamespace(**{"id": "a", **fields}))


@pytest.mark.parametrize(("fields", "name"), FIXTURE["names"])
def test_a_shape_is_called_what_the_page_calls_it(fields: dict[str, Any], name: str) -> None:
    assert name_of(shape(**fields)) == name


@pytest.mark.parametrize("order", FIXTURE["orders"])
def test_shapes_are_read_row_by_row(order: dict[str, Any]) -> None:
    shapes = [(shape(id=n), cast(Box, tuple(box))) for n, box in enumerate(order["boxes"])]
    assert [one.id for one, _ in reading_order(shapes)] == order["read"]


def test_a_long_outline_says_how_much_it_leaves_out() -> None:
    notes = [(shape(id=str(n), kind="note", color="red", text=""), (0.0, n, 1.0, n + 1.0)) for n in range(MOST + 3)]
    found = outline(notes, strokes=412)
    assert len(found.items) == MOST
    assert found.more == 3
    assert found.strokes == 412
