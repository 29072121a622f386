"""A board as Markdown."""

from typing import Any

from app.exchange.ground.complete import complete
from app.exchange.writing.markdown import markdown
from app.shapes import Box, Shape, shape_of
from app.shapes.shape import packed
from tests.unit.kinds import LEAST


def measured(kind: str, box: Box, **fields: Any) -> tuple[Shape, Box]:
    made = complete({"id": f"{kind}{box}", "kind": kind, **LEAST[kind], **fields})
    return shape_of(packed({**made, "z": 0.0, "author": "ana", "ts": 0})), box


def test_frames_are_sections_in_reading_order() -> None:
    shapes = [
        measured("frame", (0, 1_000, 500, 1_500), text="Later"),
        measured("frame", (0, 0, 500, 500), text="First"),
        measured("note", (10, 1_010, 100, 1_100), text="eggs"),
        measured("note", (10, 10, 100, 100), text="Buy *milk*\n- whole"),
        measured("text", (900, 0, 1_000, 50), text="outside"),
    ]
    assert markdown("Plan #1", shapes, 2) == (
        "# Plan \\#1\n\n- outside\n\n## First\n\n- Buy \\*milk\\*  \n  \\- whole\n\n## Later\n\n- eggs\n\n"
        "_2 strokes of ink_\n"
    )


def test_arrows_say_what_they_connect() -> None:
    a, b = measured("rectangle", (0, 0, 9, 9), text="Start"), measured("rectangle", (50, 0, 59, 9), text="End")
    bound = {end: {"id": one[0].id, "at": [0.5, 0.5]} for end, one in (("from", a), ("to", b))}
    arrow = measured("arrow", (20, 0, 30, 9), text="then", **bound)
    assert "- Start → End: then\n" in markdown("Flow", [a, b, arrow], 0)


def test_a_picture_says_what_it_shows() -> None:
    assert markdown("A", [measured("image", (0, 0, 9, 9), alt="A cat")], 0) == "# A\n\n- Picture: A cat\n"


def test_what_means_something_to_markdown_is_only_said() -> None:
    said = "Sum\n===\n---\n1. one\n2)\n- a\n&lt;b&gt; <i> [x](javascript:y)\n1.5 and -2"
    written = markdown("A", [measured("note", (0, 0, 9, 9), text=said)], 0).removeprefix("# A\n\n- ")
    assert [line.strip() for line in written.splitlines()] == [
        *("Sum", "\\===", "\\---", "1\\. one", "2\\)", "\\- a"),
        *("\\&lt;b\\&gt; \\<i\\> \\[x\\](javascript:y)", "1.5 and -2"),
    ]
