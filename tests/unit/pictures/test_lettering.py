"""Each run of letters says which font is its own."""

import pytest

from app.pictures.lettering import NOBODYS, OTHERS, families, lettered

FAMILY = families({"Latin": dict.fromkeys(map(ord, "abcé "), "x"), "Cyrillic": dict.fromkeys(map(ord, "Щука "), "x")})


def fonted(text: str) -> str:
    row = lettered(f"<text><tspan x='1'>{text}</tspan></text>", FAMILY)
    return row.removeprefix("<text><tspan x='1'>").removesuffix("</tspan></text>")


@pytest.mark.parametrize("text", ["abc", "é &#34; &lt;", ""])
def test_latin_letters_need_no_word(text: str) -> None:
    assert fonted(text) == text


def test_a_row_of_several_fonts_says_so_and_ends_in_nobodys_letter() -> None:
    assert fonted("ab Щука") == f'ab <tspan font-family="Cyrillic">Щука</tspan>{NOBODYS}'


def test_letters_that_no_subset_has_are_other_fonts() -> None:
    assert fonted("日→Щa") == (
        f'<tspan font-family="{OTHERS}">日→</tspan><tspan font-family="Cyrillic">Щ</tspan>a{NOBODYS}'
    )


@pytest.mark.parametrize("text", ["שלום abc", "... مرحبا"])
def test_hebrew_and_arabic_run_from_right_to_left(text: str) -> None:
    row = fonted(text)
    assert row.startswith("\u202b")
    assert row.endswith(f"\u202c{NOBODYS}")
    assert not fonted(f"a {text}").startswith("\u202b")
