"""A lock that only the page respects: what the owner has locked, nobody else changes, whichever way they try."""

from typing import Any

import pytest

from app.auth.issuer import Issuer
from app.convex.deployment import Deployment
from tests.convex.conftest import Caller, live, new_id, stroke
from tests.convex.sharing import People, people


@pytest.fixture
async def there(deployment: Deployment, issuer: Issuer) -> People:
    """`a` is the editor's and locked by the owner, `b` is locked by the editor."""
    there = await people(deployment, issuer)
    await there["editor"].commit(there.board, put=[stroke("a", group="", locked=False), stroke("b")])
    await patch(there["editor"], there.board, "a", color="red")
    await patch(there["owner"], there.board, "a", locked=True)
    await patch(there["editor"], there.board, "b", locked=True)
    return there


async def patch(who: Caller, board: str, id: str, **fields: Any) -> Any:
    return await who.commit(board, patch=[{"id": id, "set": fields}])


async def test_a_lock_says_whether_it_is_the_owners(there: People, relay: Caller) -> None:
    shapes = await live(relay, there.board)
    assert (shapes["a"]["locked"], shapes["b"]["locked"]) == ("owner", True)


@pytest.mark.parametrize(
    "change",
    [
        *({"patch": [{"id": "a", "set": fields}]} for fields in ({"locked": False}, {"x": 5}, {"group": "g"})),
        *({"patch": [{"id": "a", "set": {"z": z}}]} for z in ("front", 7, {"below": "b"})),
        {"patch": [{"id": "a", "set": {"locked": True}}]},
        {"put": [stroke("a", color="blue")]},
        {"remove": ["a"]},
        {"put": [stroke("new")], "remove": ["a"]},
    ],
)
async def test_an_editor_changes_nothing_of_it(there: People, relay: Caller, change: dict[str, Any]) -> None:
    before = await live(relay, there.board)
    refused = await there["editor"].refused(there["editor"].commit(there.board, **change))
    assert (refused["code"], refused["index"]) == ("locked", 0)
    assert refused["field"].split(".")[0] in ("put", "patch", "remove")
    assert await live(relay, there.board) == before


async def test_an_editor_undoes_and_redoes_around_it(there: People, relay: Caller) -> None:
    editor, board = there["editor"], there.board
    assert [(await editor.undo(board))["kept"] for _ in range(3)] == [[], ["a"], ["a"]]  # b's lock, a's color, both
    shapes = await live(relay, board)
    assert set(shapes) == {"a"}
    assert (shapes["a"]["color"], shapes["a"]["locked"]) == ("red", "owner")
    assert [(await editor.redo(board))["kept"] for _ in range(3)] == [[], [], []]
    assert (await live(relay, board))["b"]["locked"] is True


async def test_any_other_lock_is_anybodys_to_take_off(there: People, relay: Caller) -> None:
    await patch(there["owner"], there.board, "b", locked=False)
    await patch(there["editor"], there.board, "b", locked=True)
    await patch(there["editor"], there.board, "b", x=4, locked=False)
    assert (await live(relay, there.board))["b"]["x"] == 4


async def test_the_owner_does_as_they_please(there: People, relay: Caller) -> None:
    await patch(there["owner"], there.board, "a", x=4)
    await there["owner"].undo(there.board)
    await there["owner"].undo(there.board)
    assert (await live(relay, there.board))["a"]["locked"] is False
    await there["owner"].redo(there.board)
    assert (await live(relay, there.board))["a"]["locked"] == "owner"
    await there["owner"].commit(there.board, remove=["a"])


async def test_nobody_else_makes_the_owners_lock(there: People, relay: Caller) -> None:
    await there["editor"].commit(there.board, put=[stroke("mine", locked="owner")])
    await patch(there["editor"], there.board, "b", locked="owner")
    shapes = await live(relay, there.board)
    assert (shapes["mine"]["locked"], shapes["b"]["locked"]) == (True, True)


async def test_the_lock_is_the_next_owners_with_the_board(there: People, relay: Caller) -> None:
    owner, editor = there["owner"], there["editor"]
    give = {"operationId": new_id(), "board": there.board, "user": there.ids["editor"]}
    await owner.mutation("members:transfer", **give)
    assert (await owner.refused(patch(owner, there.board, "a", locked=False)))["code"] == "locked"
    assert (await owner.undo(there.board))["kept"] == ["a"]
    await patch(editor, there.board, "a", locked=False)
    # A redo by somebody who is not the owner any more makes a lock like anybody's.
    await owner.redo(there.board)
    assert (await live(relay, there.board))["a"]["locked"] is False
