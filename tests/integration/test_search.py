"""What somebody looks for on a board."""

import pytest

from harness.people import Person, shape_of_kind, stroke
from harness.pictures import add


async def test_everything_written_is_found_in_reading_order(ana: Person) -> None:
    board = await ana.create_board()
    shapes = [
        shape_of_kind("text", "text", x=0, y=900, text="Café, in a text"),
        shape_of_kind("note", "note", x=0, y=0, text="The CAFE on a note"),
        shape_of_kind("frame", "frame", x=600, y=0, w=200, h=200, text="Cafés"),
        shape_of_kind("arrow", "arrow", x=0, y=600, points=[0, 0, 100, 0], text="to the cafe"),
        shape_of_kind("star", "star", x=0, y=1200, w=100, h=100, text="cafe"),
        shape_of_kind("note", "other", x=0, y=300, text="tea"),
        stroke("ink"),
    ]
    assert (await ana.draw(board, *shapes)).status == 201
    picture = await add(ana, board, alt="A cafe by night", y="2000")
    found = (await ana.get(f"/boards/{board}/search?q=caf%C3%A9")).json
    assert [match["id"] for match in found["matches"]] == ["note", "frame", "arrow", "text", "star", picture["id"]]
    assert found["total"] == 6
    assert (await ana.get(f"/boards/{board}/search?q=%CC%81")).json["total"] == 0  # an accent alone
    assert found["matches"][0]["name"] == "black note: The CAFE on a note"
    left, top, right, bottom = found["matches"][1]["box"]
    assert left <= 600 < 800 <= right
    assert top <= 0 < 200 <= bottom


async def test_what_was_changed_is_found_as_it_is_now(ana: Person) -> None:
    board = await ana.create_board()
    await ana.draw(board, shape_of_kind("note", "a", text="before"))
    assert (await ana.get(f"/boards/{board}/search?q=before")).json["total"] == 1
    await ana.post(f"/boards/{board}/changes", {"changeId": "c", "patch": {"a": {"text": "after"}}})
    assert (await ana.get(f"/boards/{board}/search?q=before")).json["total"] == 0
    assert (await ana.get(f"/boards/{board}/search?q=after")).json["total"] == 1


async def test_a_shape_is_found_by_its_id(ana: Person) -> None:
    board = await ana.create_board()
    await ana.draw(board, stroke("ink"))
    assert [match["id"] for match in (await ana.get(f"/boards/{board}/search?shape=ink")).json["matches"]] == ["ink"]
    assert (await ana.get(f"/boards/{board}/search?shape=gone")).json["matches"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [("", "q"), ("q=", "q"), ("q=%20%20", "q"), (f"q={'a' * 201}", "q"), ("shape=a%20b", "shape")],
)
async def test_a_search_for_nothing_or_too_much_is_refused(ana: Person, query: str, field: str) -> None:
    answer = await ana.get(f"/boards/{await ana.create_board()}/search?{query}")
    assert (answer.status, answer.error["field"]) == (422, field)
