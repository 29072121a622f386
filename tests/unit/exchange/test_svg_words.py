"""What is written in drawings: texts, their lines, labels of figures, and labels in HTML."""

from math import pi
from typing import Any

import pytest

from app.exchange.reading.formats import read
from harness.drawings import svg

Json = dict[str, Any]


def shapes(*elements: str) -> list[Json]:
    return read(svg(*elements)).shapes


def only(*elements: str) -> Json:
    (found,) = shapes(*elements)
    return found


@pytest.mark.parametrize(("anchor", "align"), [("start", "left"), ("middle", "center"), ("end", "right")])
def test_a_text_stands_where_it_stood(anchor: str, align: str) -> None:
    found = only(f'<text x="100" y="50" font-size="20" text-anchor="{anchor}">Words</text>')
    assert (found["text"], found["size"], found["align"]) == ("Words", 20, align)
    assert found["y"] == pytest.approx(50 - 0.975 * 20)
    assert (found["x"] == 100) is (anchor == "start")
    assert (found["x"] < 60) is (anchor == "end")


def test_lines_are_one_text() -> None:
    lines = '<tspan x="10" dy="0">One</tspan><tspan x="10" dy="1.2em">two <tspan fill="red">red</tspan></tspan>'
    found = only(f'<text x="10" y="20" font-size="10">{lines}</text>')
    assert (found["text"], found["x"]) == ("One\ntwo red", 10)


def test_words_that_follow_each_other_are_one_line() -> None:
    found = only('<text font-size="10" y="20"><tspan x="10" y="20">One</tspan><tspan x="32" y="20">two</tspan></text>')
    assert found["text"] == "One two"
    apart = shapes('<text font-size="10"><tspan x="10" y="20">One</tspan><tspan x="90" y="20">two</tspan></text>')
    assert [one["text"] for one in apart] == ["One", "two"]


def test_a_turned_and_scaled_text_is_turned_and_larger() -> None:
    found = only('<g transform="translate(50 80) rotate(-90) scale(2)"><text font-size="12">Up</text></g>')
    assert (found["size"], found["rotation"]) == (24, pytest.approx(-pi / 2, abs=1e-5))
    assert found["x"] == pytest.approx(50 - 0.975 * 24, abs=0.01)


BOX = '<rect x="100" y="100" width="120" height="60" fill="#eeeeff" stroke="#333333"/>'
NOTE = '<div xmlns="http://www.w3.org/1999/xhtml" style="{}"><div style="font-size: 12px; color: #333">{}</div></div>'
DRAWIO = (
    "display: flex; align-items: unsafe center; justify-content: unsafe center; "
    "width: 118px; height: 1px; padding-top: 130px; margin-left: 101px;"
)


@pytest.mark.parametrize(
    "label",
    [
        '<text x="160" y="134" font-size="12" text-anchor="middle">Server one</text>',
        # As draw.io and Mermaid write them.
        f'<switch><foreignObject width="100%" height="100%">{NOTE.format(DRAWIO, "Server<br/>one")}</foreignObject>'
        "<text>Ser...</text></switch>",
        f'<foreignObject x="130" y="120" width="60" height="20">{NOTE.format("", "<p>Server</p>one")}</foreignObject>',
    ],
    ids=["text", "draw.io", "Mermaid"],
)
def test_a_text_in_the_middle_of_a_figure_is_its_label(label: str) -> None:
    found = only(BOX, label)
    assert (found["kind"], found["text"].replace("\n", " "), found["size"]) == ("rectangle", "Server one", 12)


def test_a_title_at_the_top_and_two_texts_in_a_box_stay_texts() -> None:
    title = '<text x="160" y="112" font-size="10" text-anchor="middle">Title</text>'
    assert [one["kind"] for one in shapes(BOX, title)] == ["rectangle", "text"]
    two = '<text x="160" y="130" text-anchor="middle">a</text><text x="160" y="150" text-anchor="end">b</text>'
    assert [one["kind"] for one in shapes(BOX, two)] == ["rectangle", "text", "text"]


def test_html_without_a_figure_is_a_text_that_breaks_where_it_did() -> None:
    words = "many words that go on for longer than the box is wide"
    found = only(f'<foreignObject x="10" y="20" width="90" height="60">{NOTE.format("", words)}</foreignObject>')
    assert (found["kind"], found["w"], found["text"]) == ("text", 90, words)


def test_what_is_not_shown_is_not_read() -> None:
    hidden = '<text display="none">a</text><text visibility="hidden">b</text><text opacity="0">c</text>'
    assert only(hidden, "<defs><text>d</text></defs>", "<text>seen</text>", "<style>text {}</style>")["text"] == "seen"


def test_a_drawing_is_called_as_it_says() -> None:
    assert read(svg("<title>My\n plan</title>", BOX)).title == "My plan"
