"""Two people write in the same text: no word of either is lost, and every reader comes to the same text."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.shapes import shape_of
from harness.people import Answer, Person
from harness.pictures import add
from tests.convex.conftest import Caller, live, new_id
from tests.convex.test_fold import fold, rows

WORDS = st.sampled_from(["the", "café", "日本", "👍", "- item", "\n", "don’t"])
# Of each edit: how many words there are before it, how many it takes out, and how many it puts there.
EDITS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2), st.integers(0, 2)), max_size=3)
KINDS = st.sampled_from(["text", "note", "rectangle", "arrow", "frame"])


async def reword(person: Person, board: str, id: str, change_id: str | None = None, **patch: Any) -> Answer:
    return await person.post(f"/boards/{board}/changes", {"changeId": change_id or new_id(), "patch": {id: patch}})


async def begun(ana: Person, text: str, kind: str = "note") -> str:
    """A board of Ana's that Ben may edit, with one shape, `a`."""
    board = await ana.create_board("Words", "link-edit")
    place = {"points": [0, 0, 100, 0]} if kind == "arrow" else {} if kind == "text" else {"w": 200, "h": 200}
    assert (await ana.draw(board, {"id": "a", "kind": kind, "text": text, **place})).status == 201
    return board


async def text_of(person: Person, board: str) -> Any:
    [shape] = await person.shapes(board)
    return shape["text"]


def edited(base: str, name: str, edits: list[tuple[int, int, int]]) -> tuple[str, list[str]]:
    words = base.split(" ") if base else []
    written: list[str] = []
    for place, out, into in edits:
        new = [f"{name}{len(written) + n}" for n in range(into)]
        written += new
        words[place : place + out] = new
    return " ".join(words), [word for word in written if word in words]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(KINDS, st.lists(WORDS, max_size=8).map(" ".join), EDITS, EDITS, st.booleans())
async def test_whatever_two_people_write_every_word_of_both_survives(
    ana: Person, ben: Person, relay: Caller, kind: str, base: str, anas: Any, bens: Any, first: bool
) -> None:
    board = await begun(ana, base, kind)
    ours, theirs = edited(base, "ana", anas), edited(base, "ben", bens)
    for person, (text, _) in ((ana, ours), (ben, theirs)) if first else ((ben, theirs), (ana, ours)):
        assert (await reword(person, board, "a", text=text, base=base)).status == 201
    [hub] = await ana.shapes(board)
    for word in ours[1] + theirs[1]:
        assert word in hub["text"]
    stored = shape_of((await live(relay, board))["a"]).json()
    assert hub == stored == fold(await rows(ben, board))["a"]


async def test_the_order_in_which_they_come_does_not_matter(ana: Person, ben: Person) -> None:
    found = []
    for people in ((ana, ben), (ben, ana)):
        board = await begun(ana, "Buy milk")
        for person in people:
            text = "Buy milk and bread" if person is ana else "Please buy milk\nor oats"
            assert (await reword(person, board, "a", text=text, base="Buy milk")).status == 201
        found.append(await text_of(ana, board))
    assert found[0] == found[1]
    assert {"and", "bread", "Please", "or", "oats"} <= set(found[0].split())


async def test_a_change_sent_again_is_not_merged_again(ana: Person, ben: Person) -> None:
    board = await begun(ana, "one")
    assert (await reword(ana, board, "a", "again", text="one two", base="one")).status == 201
    assert (await reword(ben, board, "a", text="zero one", base="one")).status == 201
    assert (await reword(ana, board, "a", "again", text="one two", base="one")).status == 200
    assert await text_of(ana, board) == "zero one two"
    assert (await reword(ana, board, "a", "again", text="one two", base="two")).status == 409


async def test_undo_takes_back_what_the_merge_did(ana: Person, ben: Person) -> None:
    board = await begun(ana, "one")
    await reword(ana, board, "a", text="one two", base="one")
    await reword(ben, board, "a", text="zero one", base="one")
    assert (await ben.post(f"/boards/{board}/undo", {"changeId": new_id()})).json["kept"] == []
    assert await text_of(ana, board) == "one two"
    await ben.post(f"/boards/{board}/redo", {"changeId": new_id()})
    assert await text_of(ana, board) == "zero one two"


async def test_without_a_base_the_last_writer_wins(ana: Person, ben: Person) -> None:
    board = await begun(ana, "one")
    await reword(ana, board, "a", text="one two", base="one")
    assert (await reword(ben, board, "a", text="three")).status == 201
    assert await text_of(ana, board) == "three"


async def test_descriptions_of_pictures_are_merged_too(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Pictures", "link-edit")
    id = (await add(ana, board))["id"]
    await reword(ana, board, id, alt="A red dog", base="")
    await reword(ben, board, id, alt="Blue sky", base="")
    [picture] = await ana.shapes(board)
    assert picture["alt"] == "A red dog Blue sky"


@pytest.mark.parametrize(("kind", "most"), [("frame", 200), ("note", 5_000)])
async def test_too_much_together_is_refused_and_says_why(ana: Person, ben: Person, kind: str, most: int) -> None:
    board = await begun(ana, "x", kind)
    half = " ".join("abcde" for _ in range(most // 10))
    await reword(ana, board, "a", text=f"x {half}", base="x")
    refused = await reword(ben, board, "a", text=f"{half.replace('a', 'z')} x", base="x")
    assert (refused.status, refused.error["code"], refused.error["limit"]) == (422, "invalid", most)
    assert refused.error["field"] == "patch.a.text"
    assert "somebody else" in refused.error["message"]
    assert await text_of(ana, board) == f"x {half}"


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"x": 1, "base": "one"}, "patch.a"),
        ({"text": "two", "base": 1}, "patch.a.base"),
        ({"text": "two", "base": "a\u0007"}, "patch.a.base"),
        ({"text": "two", "base": "a" * 5_001}, "patch.a.base"),
    ],
)
async def test_a_wrong_base_is_refused_and_named(ana: Person, patch: dict[str, Any], field: str) -> None:
    board = await begun(ana, "one")
    refused = await reword(ana, board, "a", **patch)
    assert (refused.status, refused.error["field"]) == (422, field)
    assert await text_of(ana, board) == "one"


async def test_the_deployment_itself_refuses_a_wrong_base(owner: Caller) -> None:
    board = await owner.create_board()
    note = {"kind": "note", "color": "red", "x": 0, "y": 0, "rotation": 0, "opacity": 1, "group": "", "locked": False}
    note |= {"w": 200, "h": 200, "text": "one", "size": 20, "align": "left"}
    await owner.commit(board, put=[{"id": "a", **note}])
    for fields in ({"x": 1, "base": ""}, {"text": "two", "base": "\x07"}, {"text": "two", "base": "a" * 5_001}):
        refusal = await owner.refused(owner.commit(board, patch=[{"id": "a", "set": fields}]))
        assert (refusal["code"], refusal["field"]) == ("invalid", "patch.a.base")
