"""Outside text taken at its word: what enters a name, a title or a log is one visible line, by one function."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text import one_line

FIXTURE = json.loads((Path(__file__).parents[1] / "fixtures" / "lines.json").read_text())
LINES, CUTS = FIXTURE["lines"], FIXTURE["cuts"]
PIECES = (
    *("a", "1", " ", "\n", "\x1b", "[", "]", "m", "\x07", "\x9b", "\u0301", "\u200d", "\u200c", "\u202e", "\u2066"),
    *("\u2028", "\ufe0f", "\ud800", "\U0001f469", "\U0001f3f4", "\U000e0067", "\U000e007f"),
    *("\u06cc", "\u064b", "\u070f", "\u094d"),
)
NASTY = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=30).map("".join)


@pytest.mark.parametrize(("given", "line"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_a_line_is_what_people_see_of_it(given: str, line: str) -> None:
    assert one_line(given) == line


@pytest.mark.parametrize(("given", "most", "line"), [row[1:] for row in CUTS])
def test_a_long_line_is_cut_between_characters(given: str, most: int, line: str) -> None:
    assert one_line(given, most) == line


@given(NASTY, st.integers(1, 20))
def test_a_line_is_printable_and_stays_as_it_is(text: str, most: int) -> None:
    line = one_line(text, most)
    assert len(line) <= most
    assert one_line(line) == line
    line.encode()
    assert not {char for char in line if char < " " or "\x7f" <= char <= "\xa0" or char in "\u2028\u2029\u202e\u200b"}


def test_a_hostile_line_takes_bounded_work() -> None:
    for piece in ("\x1b]", "\x1b[", "\u0301", "\u200d", "\U0001f3f4\U000e0067"):
        assert len(one_line(piece * 1_000_000)) <= 4_000
