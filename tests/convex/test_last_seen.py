"""Up to where a person has seen a board, and what others have changed since."""

import asyncio
from typing import Any

import pytest
from convex import ConvexInt64

from app.auth.issuer import Issuer
from app.convex.deployment import Deployment
from tests.convex.conftest import Caller, new_id, stroke
from tests.convex.crons import Crons
from tests.convex.sharing import People, people

MINUTE = 60_000  # ms


@pytest.fixture
async def there(deployment: Deployment, issuer: Issuer) -> People:
    return await people(deployment, issuer)


async def see(caller: Caller, board: str, ts: int) -> None:
    await caller.mutation("lastSeen:note", board=board, ts=ConvexInt64(ts))


async def missed(caller: Caller, board: str) -> Any:
    return await caller.query("lastSeen:since", board=board)


def changed(missed: Any) -> list[str]:
    return [shape["id"] for shape in missed["shapes"]]


async def test_nobody_misses_anything_on_a_first_visit(there: People) -> None:
    await there["editor"].commit(there.board, put=[stroke("a")])
    assert await missed(there["owner"], there.board) is None
    assert await missed(there["viewer"], there.board) is None


async def test_what_others_have_changed_since_is_told_once_for_each_shape(there: People) -> None:
    owner, editor, board = there["owner"], there["editor"], there.board
    first = await owner.commit(board, put=[stroke("a"), stroke("b"), stroke("c"), stroke("mine")])
    await see(owner, board, first["ts"])
    assert await missed(owner, board) is None
    await owner.commit(board, patch=[{"id": "mine", "set": {"x": 1}}])
    assert await missed(owner, board) is None  # one's own, elsewhere
    await editor.commit(board, patch=[{"id": "a", "set": {"x": 1}}], put=[stroke("d"), stroke("e")])
    await editor.commit(board, patch=[{"id": "a", "set": {"x": 2}}], remove=["b", "e"])
    await owner.commit(board, patch=[{"id": "d", "set": {"x": 1}}], remove=["c"])
    found = await missed(owner, board)
    assert sorted(changed(found)) == ["a", "d"]
    assert (found["removed"], found["count"], found["more"]) == (1, 1, False)  # "e" has come and gone
    assert [one["name"] for one in found["people"]] == ["editor"]
    assert await missed(editor, board) is None
    await editor.undo(board)
    back = await missed(owner, board)
    assert (sorted(changed(back)), back["removed"]) == (["a", "b", "d", "e"], 0)


async def test_the_last_seen_never_goes_back_nor_ahead_of_the_log(there: People) -> None:
    owner, editor, board = there["owner"], there["editor"], there.board
    first = await editor.commit(board, put=[stroke("a")])
    second = await editor.commit(board, put=[stroke("b")])
    await see(owner, board, second["ts"])
    await see(owner, board, first["ts"])
    assert await missed(owner, board) is None
    for ts in (-1, second["ts"] + 1):
        refused = await owner.refused(see(owner, board, ts))
        assert (refused["code"], refused["field"]) == ("invalid", "ts")
    await editor.commit(board, put=[stroke("c")])
    assert changed(await missed(owner, board)) == ["c"]


async def test_viewers_get_numbers_of_what_is_there_alone(there: People) -> None:
    owner, editor, viewer, board = there["owner"], there["editor"], there["viewer"], there.board
    first = await owner.commit(board, put=[stroke("a"), stroke("b")])
    await see(viewer, board, first["ts"])
    await editor.commit(board, remove=["b"])
    assert await missed(viewer, board) is None
    await owner.commit(board, patch=[{"id": "a", "set": {"x": 1}}])
    found = await missed(viewer, board)
    assert (changed(found), found["removed"], found["count"], found["people"]) == (["a"], 0, 1, [])
    await owner.mutation("boards:update", operationId=new_id(), board=board, historyOpen=True)
    found = await missed(viewer, board)
    assert (changed(found), found["removed"], found["count"]) == (["a"], 1, 2)


async def test_a_thousand_changes_are_told_up_to_a_limit(there: People) -> None:
    owner, editor, board = there["owner"], there["editor"], there.board
    await see(owner, board, 0)
    for part in range(4):
        await editor.commit(board, put=[stroke(f"{part}-{n}") for n in range(150)])
    found = await missed(owner, board)
    assert (len(found["shapes"]), found["more"]) == (500, True)
    assert found["shapes"][0]["id"].startswith("3-")


async def test_the_list_marks_what_others_have_changed(there: People, crons: Crons) -> None:
    owner, editor, board = there["owner"], there["editor"], there.board

    async def news(caller: Caller) -> bool:
        page = {"numItems": 10, "cursor": None}
        [card] = (await caller.query("cards:list", paginationOpts=page))["page"]
        return bool(card["news"])

    first = await editor.commit(board, put=[stroke("a")])
    while not [row for row in await crons.rows("boards") if row["_id"] == board and row.get("editedBy")]:
        await asyncio.sleep(0.1)
    assert (await news(owner), await news(editor)) == (False, False)
    await see(owner, board, first["ts"])
    await see(editor, board, first["ts"])
    second = await editor.commit(board, put=[stroke("b")])
    [row] = [row for row in await crons.rows("boards") if row["_id"] == board]
    await crons.run("edits:note", board=board, now=row["editedAt"] + MINUTE)
    assert (await news(owner), await news(editor)) == (True, False)
    await see(owner, board, second["ts"])
    assert await news(owner) is False
