"""Lines of text, and the table that they are measured by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drawing.breaking import clusters
from app.drawing.fonts import needed, subsets
from app.drawing.layout import SLACK, advance, fitted, lines
from tests import advances
from tests.random_shapes import words

sizes = st.integers(80, 4_000).map(lambda value: value / 10)
widths = st.integers(1, 100_000).map(lambda value: value / 100)


def texts(text: str, size: float = 20, w: float = 0) -> list[str]:
    return [line.text for line in lines(text, size, w)]


def test_the_tables_are_those_of_the_font() -> None:
    assert advances.PYTHON.read_text() == advances.python()
    assert advances.JAVASCRIPT.read_text() == advances.javascript()


@given(words, sizes, widths)
def test_no_line_is_wider_than_asked_unless_a_single_cluster_is(text: str, size: float, w: float) -> None:
    for line, width in lines(text, size, w):
        wide = [cluster for cluster in clusters(line) if any(advance(ord(char)) for char in cluster)]
        assert width <= w + 2 * SLACK or len(wide) <= 1


@given(words, sizes, widths)
def test_no_character_is_lost_but_spaces_and_hyphens(  # which soft ones become at the end of a line
    text: str, size: float, w: float
) -> None:
    def inked(text: str) -> str:
        return "".join([char for char in text if char not in " \t\n-\u00ad"])

    assert inked("".join(texts(text, size, w))) == inked(text)


@given(words, sizes)
def test_text_without_a_width_breaks_where_it_says(text: str, size: float) -> None:
    assert texts(text, size) == [part.rstrip(" \t") for part in text.split("\n")]


@given(words, sizes)
def test_text_laid_out_as_wide_as_it_is_keeps_its_lines(text: str, size: float) -> None:
    width = max(line.width for line in lines(text, size))
    if width:
        assert texts(text, size, round(width, 2)) == texts(text, size)


@pytest.mark.parametrize(
    ("text", "w", "expected"),
    [
        ("one two three", 70, ["one", "two", "three"]),
        ("one two three", 90, ["one two", "three"]),
        ("a   b", 10, ["a", "b"]),
        ("  indented", 200, ["  indented"]),
        ("a\n\nb\n", 200, ["a", "", "b", ""]),
        ("trailing   ", 200, ["trailing"]),
        ("aaaaaaaaaa bb", 60, ["aaaa", "aaaa", "aa bb"]),
        ("世界世界世界", 41, ["世界", "世界", "世界"]),
        ("a世界b", 45, ["a世", "界b"]),
        ("👨‍👩‍👧👨‍👩‍👧", 30, ["👨‍👩‍👧", "👨‍👩‍👧"]),
        ("e\u0301e\u0301", 5, ["e\u0301", "e\u0301"]),
        ("🇩🇪🇫🇷", 30, ["🇩🇪", "🇫🇷"]),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", 30, ["\u1112\u1161\u11ab", "\u1100\u1173\u11af"]),
        ("👍🏽👍🏽", 30, ["👍🏽", "👍🏽"]),
        ("世界。「世」", 61, ["世界。", "「世」"]),
        ("see example.org/some/path", 130, ["see", "example.org/", "some/path"]),
        ("it is 1,234.50€", 110, ["it is", "1,234.50€"]),
        ("soft\u00adhyphen soft", 75, ["soft-", "hyphen", "soft"]),
        ("soft\u00adly here", 75, ["soft\u00adly", "here"]),
        ("no\u00a0break here", 100, ["no\u00a0break", "here"]),
        ("a well-known one", 75, ["a well-", "known", "one"]),
        ("it is -5 today", 62, ["it is", "-5", "today"]),
        ("what?--no", 85, ["what?--", "no"]),
    ],
)
def test_lines_break_between_words_and_else_between_characters(text: str, w: float, expected: list[str]) -> None:
    assert texts(text, 20, w) == expected


@given(words, sizes, widths)
def test_a_title_that_is_too_long_ends_in_an_ellipsis(text: str, size: float, w: float) -> None:
    line = text.replace("\n", " ")
    shown = fitted(line, size, w)
    assert shown == line or (shown.endswith("…") and line.startswith(shown[:-1]))
    if shown not in (line, "…"):
        assert lines(shown, size)[0].width <= w + 2 * SLACK


def test_a_drawing_needs_the_fonts_of_its_characters_only() -> None:
    def names(svg: str) -> list[str]:
        return [font.name for font in needed([svg])]

    assert names('<path id="a" class="red"/>') == []
    assert names("<text>Text é</text>") == ["latin"]
    assert names("<text>Щука</text>") == ["cyrillic", "latin"]
    assert set(names("<text>Nguyễn łódź</text>")) == {"vietnamese", "latin-ext", "latin"}
    assert names("<text>世界</text>") == ["latin"]


def test_every_font_file_is_there() -> None:
    for font in subsets():
        assert font.data().startswith("data:font/woff2;base64,d09GMg")
