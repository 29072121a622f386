"""The search in everything that is written on a person's boards: kept level with each change, for those who may see."""

from typing import Any

from app.auth.issuer import Issuer
from app.convex.deployment import Deployment
from tests.convex.conftest import Caller, new_id, stroke
from tests.convex.sharing import join, people


def note(shape_id: str, text: str, **fields: Any) -> dict[str, Any]:
    same = {"x": 0, "y": 0, "rotation": 0, "opacity": 1, "group": "", "locked": False, "w": 200, "h": 200}
    return {
        "id": shape_id,
        "kind": "note",
        "color": "black",
        "text": text,
        "size": 20,
        "align": "left",
        **same,
        **fields,
    }


async def found(caller: Caller, words: str) -> dict[str, list[str]]:
    """Ids of shapes by board, best first."""
    boards = (await caller.query("writings:search", words=words))["boards"]
    return {board["id"]: [match["shape"] for match in board["matches"]] for board in boards}


async def test_a_text_is_found_as_it_is_now(owner: Caller) -> None:
    board = await owner.create_board(title="Shopping")
    await owner.commit(board, put=[note("a", "Café au lait"), note("b", "Tea"), stroke("c")])
    (only,) = (await owner.query("writings:search", words="CAFE"))["boards"]
    assert only == {
        "id": board,
        "title": "Shopping",
        "role": "owner",
        "matches": [{"shape": "a", "kind": "note", "text": "Café au lait"}],
    }
    await owner.commit(board, patch=[{"id": "a", "set": {"text": "Zitronen"}}])
    assert await found(owner, "cafe") == {}
    assert await found(owner, "zitro") == {board: ["a"]}  # the last word may be begun
    await owner.undo(board)
    assert await found(owner, "lait") == {board: ["a"]}
    await owner.commit(board, remove=["a"])
    assert await found(owner, "lait") == {}
    await owner.undo(board)
    assert await found(owner, "lait") == {board: ["a"]}
    await owner.commit(board, put=[stroke("a")])  # another kind, which says nothing
    assert await found(owner, "lait") == {}


async def test_texts_with_more_of_the_words_come_first(owner: Caller) -> None:
    one, both = await owner.create_board(), await owner.create_board()
    await owner.commit(one, put=[note("a", "Quince and nothing else")])
    await owner.commit(both, put=[note("b", "Quince, with much more around it than a jam needs, and jam")])
    assert list(await found(owner, "quince jam")) == [both, one]


async def test_only_who_may_see_a_board_finds_it(deployment: Deployment, issuer: Issuer) -> None:
    there = await people(deployment, issuer)
    await there["owner"].commit(there.board, put=[note("a", "Rhubarb")])
    for who in ("owner", "editor", "commenter", "viewer"):
        assert await found(there[who], "rhubarb") == {there.board: ["a"]}, who
    for who in ("stranger", "removed"):
        assert await found(there[who], "rhubarb") == {}, who
    await there["owner"].mutation("members:remove", operationId=new_id(), board=there.board, user=there.ids["viewer"])
    assert await found(there["viewer"], "rhubarb") == {}


async def test_a_visitor_finds_a_board_until_it_is_private(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-view")
    await owner.commit(board, put=[note("a", "Gooseberry")])
    assert await found(other, "gooseberry") == {}  # never opened
    await other.mutation("members:visit", board=board)
    assert await found(other, "gooseberry") == {board: ["a"]}
    await owner.mutation("boards:update", operationId=new_id(), board=board, visibility="private")
    assert await found(other, "gooseberry") == {}


async def test_a_board_that_was_given_away_is_found_by_both(owner: Caller, other: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[note("a", "Mulberry")])
    user = await join(owner, board, other, "editor")
    await owner.mutation("members:transfer", operationId=new_id(), board=board, user=user)
    await other.commit(board, put=[note("b", "Mulberry tree")])
    for caller in (owner, other):
        assert sorted((await found(caller, "mulberry"))[board]) == ["a", "b"]


async def test_a_deleted_board_is_found_again_when_it_is_restored(owner: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[note("a", "Medlar")])
    await owner.mutation("boards:remove", operationId=new_id(), board=board)
    assert await found(owner, "medlar") == {}
    await owner.mutation("trash:restore", operationId=new_id(), board=board)
    assert await found(owner, "medlar") == {board: ["a"]}


async def test_a_search_for_nothing_or_too_much_is_refused(owner: Caller) -> None:
    for words in ("", "  ", "a" * 201):
        data = await owner.refused(owner.query("writings:search", words=words))
        assert (data["code"], data["field"], data["limit"]) == ("invalid", "words", 200)
