"""Drawings in SVG with something wrong in them, or that are made to hurt: a sentence, or the rest of the drawing."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.ground.drawing import Refused
from app.exchange.reading.changes import changes, prepare
from app.exchange.reading.formats import read
from app.shapes import ChangeIn
from harness.drawings import svg

RECT = '<rect width="50" height="50"/>'
TWICE = [f'<g id="a{n}"><use href="#a{n - 1}"/><use href="#a{n - 1}"/></g>' for n in range(1, 30)]
USES = svg('<g id="a0"><rect/></g>', *TWICE)
# Something of everything.
WHOLE = svg(
    "<style>.a > rect, #b { fill: #00f; stroke-dasharray: 4 2 } @media print { rect { fill: red } }</style>",
    '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient>',
    '<marker id="m"><path d="M0 0L9 5L0 9z"/></marker><symbol id="s" viewBox="0 0 9 9"><circle r="4"/></symbol></defs>',
    '<g class="a" transform="translate(5,5) rotate(20 3 4) skewX(5)"><rect x="1" width="30" height="20" rx="3"/></g>',
    '<use href="#s" x="5" width="30" height="20"/><path d="M1 2C3 4 5 6 70 80S1 2 3 4A5 6 7 0 1 8 9z" fill="url(#g)"/>',
    '<path d="M0 0L90 0" stroke="red" marker-end="url(#m)"/><polygon points="90,0 80,4 80,-4"/>',
    '<text x="5" y="6" font-size="2em">A <tspan dy="1.2em" x="5">b</tspan> c</text>',
    '<image href="data:image/png;base64,AAAA" width="9" height="9"/><ellipse cx="9" cy="9" rx="5" ry="3"/>',
    '<foreignObject x="1" y="2" width="50" height="9"><div style="padding-top: 3px">A<br/>b</div></foreignObject>',
    viewBox="0 0 200 150",
).decode()
ODD = ["", "0", "-1", "1e999", "NaN", "1e-400", "#g", "url(#m)", "<g>", "</g>", '"', "&", "z", "M", "9" * 9, "%", "("]


def kinds(file: bytes) -> list[str]:
    """Of what comes of it, each as the API takes it."""
    shapes = prepare(read(file), "seed", (0.0, 0.0))
    bodies = [ChangeIn.model_validate_json(body) for body in changes(shapes, "seed")]
    return [shape.model_dump()["kind"] for body in bodies for shape in body.put]


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (svg(RECT)[:-9], "its end is missing"),
        (
            b"<!DOCTYPE svg [<!ENTITY a 'xx'><!ENTITY b '&a;&a;'>]>" + svg("<text>&b;</text>"),
            "entities made of entities",
        ),
        (b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + svg("<text>&a;</text>"), "entities made of"),
        (b"<!DOCTYPE svg [<!ENTITY % a '<!-- -->'>%a;]>" + svg(RECT), "entities made of entities"),
        (b"<!DOCTYPE svg [<!ENTITY a '" + b"x" * 10_001 + b"'>]>" + svg(RECT), "entities made of entities"),
        (svg("<g>" * 201 + "</g>" * 201), "more than 200 deep"),
        (svg(RECT * 100_001), "more than 100,000 elements"),
        (svg(RECT * 20_001), "more than 20,000 parts"),
        (svg('<path stroke="red" d="M0 0' + "C9 400 400 9 0 0" * 8_000 + '"/>'), "more than 500,000 points"),
        (USES, "more than 20,000 parts"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_drawing_that_is_damaged_or_too_much_is_refused_at_once(file: bytes, says: str) -> None:
    start = time.process_time()
    with pytest.raises(Refused, match=says):
        read(file)
    assert time.process_time() - start < 10


def test_the_entities_of_illustrator_are_read() -> None:
    entity = b'<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>'
    assert kinds(entity + b'<svg xmlns="&ns_svg;" width="200" height="99"><circle r="9"/></svg>') == ["ellipse"]


def test_symbols_that_use_themselves_end() -> None:
    assert kinds(svg('<g id="a"><use href="#a"/><rect width="5" height="5"/></g>')) == ["rectangle"] * 50


def test_one_bad_path_costs_no_other_shape() -> None:
    bad = [
        '<rect width="9" height="9" fill="rgb(1e999 0 0 / 1e999)"/>',
        '<path d="M0 0L5 5L nonsense" stroke="red"/>',
        '<rect width="1e400" height="5"/>',
        '<circle r="-5"/>',
    ]
    assert kinds(svg(*bad, '<path d="L5 5"/>', RECT))[-1] == "rectangle"


@given(st.data())
def test_whatever_is_changed_is_refused_or_left_out(data: st.DataObject) -> None:
    file = WHOLE
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(file)))
        end = min(len(file), start + data.draw(st.integers(0, 12)))
        file = file[:start] + data.draw(st.sampled_from(ODD) | st.text(max_size=5)) + file[end:]
    with suppress(Refused):
        kinds(file.encode("utf-8", "replace"))


VALUES = "0 -5 1e9 1e308 50% 2em inherit none url(#m) var(--a,var(--b)) x".split()  # noqa: SIM905
NAMES = "x y width height rx r cx d points transform viewBox fill stroke stroke-width opacity href id style".split()  # noqa: SIM905
TAGS = "rect circle ellipse line path polygon text tspan use svg g switch image foreignObject marker style".split()  # noqa: SIM905


def element(tag: str, given: dict[str, str], inside: list[str]) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in given.items())
    return f"<{tag}{attributes}>{''.join(inside)}</{tag}>"


GIVEN = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=5)
ELEMENTS = st.recursive(
    st.just(""),
    lambda inner: st.builds(element, st.sampled_from(TAGS), GIVEN, st.lists(inner, max_size=3)),
    max_leaves=12,
)


@given(st.lists(ELEMENTS, max_size=4))
def test_any_elements_in_each_other_with_any_values(elements: list[str]) -> None:
    with suppress(Refused):
        kinds(svg(*elements, RECT))
