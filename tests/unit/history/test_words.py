"""What somebody did in one go, in words."""

import pytest

from app.convex.history_records import Deed
from app.history.words import told


@pytest.mark.parametrize(
    ("deeds", "words"),
    [
        ([("moved", "", 5), ("drew", "stroke", 34), ("wrote", "note", 3)], "drew 34 strokes, edited 3 notes, moved 5"),
        ([("moved", "", 1)], "moved 1 shape"),
        ([("drew", "stroke", 1), ("drew", "image", 2)], "drew 1 stroke, added 2 pictures"),
        ([("drew", "arrow", 1), ("drew", "stroke", 9), ("drew", "star", 2)], "drew 9 strokes, 2 stars and 1 more"),
        ([("drew", "stroke", 1200), ("drew", "right-triangle", 2)], "drew 1,200 strokes and 2 right triangles"),
        (
            [("removed", "", 4), ("undid", "", 1), ("redid", "", 2)],
            "deleted 4 shapes, took back 1 change, redid 2 changes",
        ),
        ([("cleared", "", 2), ("uncleared", "", 1)], "cleared the board, brought back what was cleared"),
        ([("wrote", "", 2)], "edited 2 texts"),
        ([], "took something back"),
    ],
)
def test_deeds_are_told_in_words(deeds: list[tuple[str, str, int]], words: str) -> None:
    assert told([Deed(*deed) for deed in deeds]) == words
