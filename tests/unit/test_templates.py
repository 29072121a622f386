"""The templates that ship with Easel: each file opens as it is, and looks right in light and dark."""

from pathlib import Path

import orjson
import pytest

from app.exchange.ground.boxes import box_around
from app.exchange.ground.drawing import told
from app.exchange.reading.changes import prepare
from app.exchange.reading.formats import read
from app.shapes.declared import PALETTE

FILES = sorted((Path(__file__).parents[2] / "shapes/templates").glob("*.easel.json"))
SLUGS = (
    "architecture-diagram brainstorm flow-chart kanban lesson mind-map retrospective user-journey weekly-plan wireframe"
)


def test_ten_templates_ship() -> None:
    assert [path.name.removesuffix(".easel.json") for path in FILES] == SLUGS.split()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_template_opens_without_loss(path: Path) -> None:
    drawing = read(path.read_bytes())
    shapes = prepare(drawing, "seed", None)
    assert drawing.title
    assert not told(drawing.lost)
    assert len(shapes) == len(orjson.loads(path.read_bytes())["shapes"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_template_is_a_page_in_the_palette(path: Path) -> None:
    shapes = orjson.loads(path.read_bytes())["shapes"]
    assert 15 <= len(shapes) == len({shape["id"] for shape in shapes}) <= 100
    assert {shape[name] for shape in shapes for name in ("color", "fillColor") if shape.get(name)} <= set(PALETTE)
    left, top, right, bottom = box_around(prepare(read(path.read_bytes()), "seed", None)) or (0, 0, 0, 0)
    assert 800 <= right - left <= 2000
    assert 500 <= bottom - top <= 1400
