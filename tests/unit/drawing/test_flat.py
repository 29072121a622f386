"""Drawings in plain colours: the same that a browser mixes, and nothing but colours changes."""

import re
import xml.etree.ElementTree as ET

import pytest

from app.drawing.flat import flat
from app.drawing.hairline import least, thickened
from app.drawing.looks import look
from app.drawing.oklch import relit
from tests.drawn import draw, samples, shape

EVERYTHING = "".join(draw(samples()))


@pytest.mark.parametrize("theme", [0, 1])
def test_nothing_is_left_for_a_style_sheet(theme: int) -> None:
    plain = flat(EVERYTHING, theme)
    assert not re.search(r"class=|data-shape|var\(|color-mix|oklch", plain)
    before, after = (ET.fromstring(f"<svg>{text}</svg>") for text in (EVERYTHING, plain))
    assert [element.tag for element in before.iter()] == [element.tag for element in after.iter()]
    assert [element.get("d") for element in before.iter()] == [element.get("d") for element in after.iter()]


def test_text_that_looks_like_an_attribute_stays_text() -> None:
    (drawn,) = draw([shape("n", "text", text='class="tint"\n<g id="x" class=')])
    assert "".join(ET.fromstring(flat(drawn, 0)).itertext()) == 'class="tint"<g id="x" class='


# As Chromium computes static/css/shapes.css.
@pytest.mark.parametrize(
    ("part", "color", "light", "dark"),
    [
        ("tint", "red", "fill:#f5d7d2", "fill:#472b27"),
        ("label", "#d0342c", "fill:#8b2c2d", "fill:#dc7c72"),
        ("ink", "red", "fill:#23212e", "fill:#efe9dc"),
        ("day-dark night-light", "red", "fill:#000", "fill:#fff"),
        ("night-dark", "red", "fill:#d0342c", "fill:#000"),
    ],
)
def test_parts_have_the_colours_of_the_page(part: str, color: str, light: str, dark: str) -> None:
    assert (look(part, color, 0), look(part, color, 1)) == (light, dark)


@pytest.mark.parametrize(
    ("color", "lightness", "chroma", "made"),
    [
        ("#d0342c", 0.94, 0.45, "#ffd6cb"),
        ("#b08700", 0.88, 0.6, "#eed59b"),
        ("#75a9ff", 0.35, 0.42, "#283b59"),
        ("#00ff00", 0.94, 0.45, "#b6ffb0"),
        ("#000000", 0.94, 0.45, "#ebebeb"),
    ],
)
def test_notes_are_lit_as_css_lights_them(color: str, lightness: float, chroma: float, made: str) -> None:
    assert relit(color, lightness, chroma) == made


def test_from_afar_no_line_is_thinner_than_what_can_be_seen() -> None:
    thin, wide, frame = shape("a", "stroke", width=0.5), shape("b", "stroke", width=64), shape("f", "frame", w=9, h=9)
    drawn = [thickened(flat(element, 0), least(0.02)) for element in draw([thin, wide, frame])]
    assert 'stroke-width="700.0"' in drawn[0]
    assert 'stroke-width="1280"' in drawn[1]
    assert "stroke-width:700.0px" in drawn[2]


def test_text_that_looks_like_a_width_stays_text() -> None:
    (drawn,) = draw([shape("n", "text", text='stroke-width="1" stroke-width:1px"')])
    text = "".join(ET.fromstring(thickened(flat(drawn, 0), 700)).itertext())
    assert text == 'stroke-width="1" stroke-width:1px"'
