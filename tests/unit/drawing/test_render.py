import math
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from app.drawing import render
from app.drawing.render import Paper
from app.drawing.units import number
from app.hub.presence import Face
from app.shapes import PALETTE, Stroke
from tests.drawn import draw, samples, shape
from tests.unit.feed import alone, stroke


def drawn(**fields: Any) -> str:
    (svg,) = render.shapes([Stroke.from_wire(stroke("s1", **fields))], alone)
    return svg


def test_a_stroke_is_one_path_that_says_where_it_stands() -> None:
    assert drawn(x=5.0, y=-7.5) == '<path id="s1" class="black" d="M100-150l100 50q100 50 200 0l100-50"/>'


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"color": "#ff0080"}, 'id="s1" stroke="#ff0080" d='),
        ({"color": "violet"}, 'id="s1" class="violet" d='),
        ({"width": 0.5}, 'stroke-width="10"'),
        ({"width": 2.33}, 'stroke-width="46.6"'),
        ({"opacity": 0.25}, ' stroke-opacity="0.25"'),
        ({"opacity": 0.0}, ' stroke-opacity="0"'),
        ({"rotation": math.pi / 2, "x": 1.0}, 'd="M0 0l100 50q100 50 200 0l100-50"'),
        ({"rotation": math.pi / 2, "x": 1.0}, ' transform="translate(20 0)rotate(90)"'),
        ({"rotation": -1e6}, "rotate(-"),
        ({"x": 999_999.99}, ' transform="translate(19999999.8 0)"'),
    ],
)
def test_the_element_says_what_is_not_usual(fields: dict[str, Any], part: str) -> None:
    assert part in drawn(**fields)
    ET.fromstring(drawn(**fields))


def test_the_usual_is_left_out() -> None:
    assert "opacity" not in drawn()
    assert "transform" not in drawn()


def test_whatever_got_into_the_store_is_text_in_the_drawing() -> None:
    svg = drawn(color='"><script>alert(1)</script>')
    assert "<script" not in svg
    assert ET.fromstring(svg).get("class") == '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (-0.001, "0"), (5.0, "5"), (100.0, "100"), (0.5, "0.5"), (-1.25, "-1.25"), (2.999, "3")],
)
def test_numbers_have_no_more_digits_than_they_need(value: float, text: str) -> None:
    assert number(value) == text


def test_many_shapes_are_drawn_as_each_of_them_is() -> None:
    shapes = [Stroke.from_wire(stroke(f"s{n}", x=float(n))) for n in range(3)]
    assert render.shapes(shapes, alone) == [render.shapes([shape], alone)[0] for shape in shapes]
    assert render.shapes([], alone) == []


def test_a_message_has_removals_first_and_marks_what_is_placed() -> None:
    told = render.changes(7, ["gone"], [('<path id="a"/>', "b"), ('<path id="c"/>', ""), ('<path id="d"/>', None)])
    assert told == (
        '<svg data-ts="7"><desc data-removed="gone"/>'
        '<path data-before="b" id="a"/><path data-before="" id="c"/><path id="d"/></svg>'
    )


def test_titles_and_names_are_text() -> None:
    assert "&lt;b&gt;" in render.title("<b>")
    (face,) = (Face('"><b>', "0123456789abcdef"),)
    assert render.faces([face]) == (
        '<li class="person" data-person="0123456789abcdef" data-hue="5" title="&#34;&gt;&lt;b&gt;">'
        '<button type="button">&#34;</button></li>'
    )


def test_a_crowd_is_counted() -> None:
    crowd = [Face(f"P{n:03}", f"{n:016x}") for n in range(500)]
    html = str(render.faces(crowd))
    assert html.count("<li") == 25
    assert 'data-more="476"' in html
    assert "<li" in render.people(crowd)


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 MiB"), (1, "1 KiB"), (12_300, "12 KiB"), (104_858, "0.1 MiB"), (2**20, "1 MiB"), (256 * 2**20, "256 MiB")],
)
def test_a_size_is_told_in_a_unit_that_says_something(count: int, text: str) -> None:
    assert render.size_of(count) == text


def test_every_template_is_autoescaped() -> None:
    assert render.environment.autoescape is True


async def test_a_picture_is_a_whole_svg_file() -> None:
    picture = "".join(
        [piece async for piece in render.picture(Paper("A & <b>", (0.0, -1.5, 1280.0, 800.0)), [drawn()])]
    )
    svg = ET.fromstring(picture)
    name = "{http://www.w3.org/2000/svg}"
    assert svg.get("viewBox") == "0 -1.5 1280 801.5"
    assert svg.findtext(f"{name}title") == "A & <b>"
    assert [path.get("id") for path in svg.iter(f"{name}path")] == ["s1"]


def test_every_template_compiles() -> None:
    render.warm()


async def test_a_picture_has_the_fonts_of_its_text_in_it_and_no_others() -> None:
    async def fonts(drawing: list[str]) -> list[str]:
        picture = "".join([piece async for piece in render.picture(Paper("", (0.0, 0.0, 10.0, 10.0)), drawing)])
        assert ET.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"
        return re.findall(r'@font-face \{ font-family: "Shantell Sans"; src: url\(data:font/woff2;base64,', picture)

    assert len(await fonts([drawn()])) == 0
    assert len(await fonts(draw([shape("t1", "text", text="Text")]))) == 1
    assert len(await fonts(draw([shape("t1", "text", text="Щука")]))) == 2


def test_a_page_and_its_pictures_have_the_same_style_of_shapes() -> None:
    style = render.STYLE.read_text()
    for name in re.findall(r'class="([a-z]+)"', "".join(draw(samples()))):
        assert name in PALETTE or f".{name}" in style
