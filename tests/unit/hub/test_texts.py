"""What is written on a board, searched as people remember it."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.hub.texts import folded, holding, said, texts
from app.shapes import Shape


def note(id: str, text: str) -> Shape:
    return cast(Shape, SimpleNamespace(id=id, kind="note", text=text))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Buy MILK", "milk"),
        ("Café au\n  lait", "cafe au lait"),
        ("Cafe\u0301", "CAFÉ"),
        ("Straße", "STRASSE"),
        ("Ещё раз", "еще"),
        ("ﬁnal", "final"),
        ("日本語のメモ", "本語"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_case_accents_and_line_breaks_do_not_matter(written: str, words: str) -> None:
    assert folded(words) in folded(written)


@given(st.text(), st.text(), st.text())
def test_what_is_copied_from_a_text_is_found_in_it(before: str, words: str, after: str) -> None:
    assert folded(words) in folded(f"{before} {words} {after}")


def test_strokes_say_nothing_and_pictures_what_is_said_of_them() -> None:
    assert said(cast(Shape, SimpleNamespace(kind="stroke"))) == ""


async def test_the_loop_has_its_turn_while_much_is_read() -> None:
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    running: asyncio.Task[Any] = asyncio.create_task(other())
    written = await texts([note(str(n), f"note {n}") for n in range(20_000)])
    assert (before := turns) > 3
    assert [id async for ids in holding(written, "note 19999") for id in ids] == ["19999"]
    assert turns > before
    running.cancel()
