"""Breaking lines by code point: text breaks where Unicode says, never inside what people see as one character."""

import json
import subprocess
import unicodedata

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from uniseg.graphemecluster import grapheme_cluster_boundaries, grapheme_clusters
from uniseg.linebreak import line_break_boundaries

from app.drawing.breaking import clusters, opportunities
from app.outline import shorten
from launch.children import ROOT
from launch.deployment import NODE
from tests import breaks
from tests.random_shapes import pieces, unusual


def of_a_class() -> st.SearchStrategy[str]:
    """A character of each class that Unicode has for this, and of those that Python's own Unicode knows already."""
    points = [chr(point) for point in range(0x20, 0x20000)]
    by_class: dict[object, list[str]] = {}
    for char in [char for char in points if unicodedata.category(char) not in ("Cn", "Cc", "Cs")]:
        by_class.setdefault((breaks.line_class(char), breaks.cluster_class(char)), []).append(char)
    classes = [found for sort, found in by_class.items() if "BK" not in str(sort)]
    return st.sampled_from(classes).flatmap(st.sampled_from)


# Deferred: it takes a second, and every worker imports this file.
texts = st.lists(st.deferred(of_a_class), max_size=12).map("".join) | pieces


@pytest.mark.skipif(
    unicodedata.unidata_version != "14.0.0", reason="how wide a character is comes from Python's own table"
)
def test_the_tables_are_those_of_the_library() -> None:
    assert breaks.PYTHON.read_text() == breaks.python()
    assert breaks.JAVASCRIPT.read_text() == breaks.javascript()


@settings(max_examples=500, deadline=None)
@given(texts)
@example("🇩🇪🇫🇷🇮🇹")
@example("“a” (b) $1,234.50/km «c» d—e HL-x א-b")
def test_text_breaks_where_the_library_breaks_it(text: str) -> None:
    # uniseg does not take a closing quotation mark with a mark of its own for the last character.
    assume(not text or not unicodedata.category(text[-1]).startswith("M"))
    whole = set(grapheme_cluster_boundaries(text))
    assert clusters(text) == list(grapheme_clusters(text))
    assert opportunities(text) == [
        place for place in line_break_boundaries(text) if place in whole and place < len(text)
    ]


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(texts | st.text(unusual, max_size=30), min_size=200, max_size=200))
def test_the_browser_breaks_any_text_at_the_same_places(many: list[str]) -> None:
    command = [NODE, str(ROOT / "tests/js/text/break.ts")]
    told = subprocess.run(command, input=json.dumps(many), capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == [[clusters(text), opportunities(text)] for text in many]


def test_a_name_that_is_cut_ends_with_a_whole_character() -> None:
    flag = "🇩🇪"
    assert shorten(flag * 80) == flag * 80
    assert shorten(flag * 81) == flag * 79 + "…"
    assert shorten("e\u0301" * 90) == "e\u0301" * 79 + "…"
