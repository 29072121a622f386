"""Names of files that are good on every system, each once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archives.names import LONGEST_BYTES, Names, fold, safe


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Plan", "Plan"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("C:\\new?", "C--new-"),
        ("..", "Board"),
        ("", "Board"),
        (" con ", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("Ideen für 2027 🎨", "Ideen für 2027 🎨"),
        ("name\u202egpj.exe", "namegpj.exe"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert safe(title) == name


def test_the_same_title_again_gets_a_number() -> None:
    names = Names()
    given = [names.new(title) for title in ("Plan", "plan", "Plan (2)", "PLAN", "Other")]
    assert given == ["Plan", "plan (2)", "Plan (2) (2)", "PLAN (3)", "Other"]


@given(st.lists(st.text(max_size=300) | st.sampled_from(["a", "A", "a (2)", "é", "e\u0301"]), max_size=30))
def test_names_are_apart_on_every_system(titles: list[str]) -> None:
    names = Names()
    made = [names.new(title) for title in titles]
    assert len({fold(name) for name in made}) == len(titles)
    for name in made:
        assert 0 < len(name.encode()) <= LONGEST_BYTES + 8
        assert not set(name) & set('<>:"/\\|?*')
        assert name.strip(". ") == name
        assert min(name) >= " "
