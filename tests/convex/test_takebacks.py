"""What one person did, taken back by the owner: field by field, in batches, once, and as one step of undo."""

import asyncio
from typing import Any

from convex import ConvexInt64

from tests.convex.conftest import Caller, live, new_id, stroke


async def id_of(caller: Caller) -> str:
    return str((await caller.mutation("users:store"))["id"])


async def begin(owner: Caller, board: str, person: str, since: int = 0, takeback: str | None = None) -> Any:
    args = {"takebackId": takeback or new_id(), "user": person, "since": ConvexInt64(since)}
    return await owner.mutation("takebacks:start", board=board, **args)


async def finished(owner: Caller, board: str, takeback: str) -> Any:
    """What it came to, once it is done."""
    while not (found := await owner.query("takebacks:get", board=board, takebackId=takeback))["done"]:
        await asyncio.sleep(0.01)
    return found


async def take_back(owner: Caller, board: str, person: str, since: int = 0) -> Any:
    begun = await begin(owner, board, person, since)
    return await finished(owner, board, begun["takebackId"])


async def undo_all(caller: Caller, board: str, verb: str = "undo") -> list[str]:
    """One step of undo, whatever parts it has; the shapes of which something was kept."""
    continues: dict[str, str] = {}
    kept: list[str] = []
    while True:
        change = new_id()
        done = await caller.mutation(f"changes:{verb}", board=board, changeId=change, **continues)
        kept += done["kept"]
        if not done["more"]:
            return kept
        continues = {"continues": change}


async def drawn(relay: Caller, board: str) -> dict[str, Any]:
    """The shapes without when they came about."""
    return {id: {**shape, "ts": 0} for id, shape in (await live(relay, board)).items()}


async def test_what_somebody_did_is_taken_back_and_others_work_stays(
    owner: Caller, other: Caller, relay: Caller
) -> None:
    board = await owner.create_board("link-edit")
    await owner.commit(board, put=[stroke("a"), stroke("b"), stroke("c")])
    before = await drawn(relay, board)
    await other.commit(board, put=[stroke("new"), stroke("touched")])
    await other.commit(board, patch=[{"id": "a", "set": {"x": 5, "color": "red"}}], remove=["b"])
    await other.commit(board, patch=[{"id": "a", "set": {"x": 9}}, {"id": "new", "set": {"x": 1}}])
    await owner.commit(board, patch=[{"id": "a", "set": {"color": "blue"}}, {"id": "touched", "set": {"width": 8}}])
    await owner.commit(board, put=[stroke("mine")])
    done = await take_back(owner, board, await id_of(other))
    after = await drawn(relay, board)
    assert set(after) == {"a", "b", "c", "touched", "mine"}
    assert after["a"] == {**before["a"], "color": "blue"}
    assert (after["b"], after["c"]) == (before["b"], before["c"])
    assert after["touched"]["width"] == 8
    assert sorted(done["kept"]) == ["a", "touched"]
    counts = [done[name] for name in ("changes", "removed", "restored", "changed")]
    assert counts == [3, 1, 1, 1]


async def test_only_what_came_since_a_moment_is_taken_back(owner: Caller, other: Caller, relay: Caller) -> None:
    board = await owner.create_board("link-edit")
    await other.commit(board, put=[stroke("old")])
    since = (await other.commit(board, put=[stroke("new")]))["ts"]
    await other.commit(board, patch=[{"id": "old", "set": {"x": 5}}])
    done = await take_back(owner, board, await id_of(other), since)
    after = await live(relay, board)
    assert (set(after), after["old"]["x"], done["changes"]) == ({"old"}, 0, 2)


async def test_many_changes_are_one_step_of_the_owner_s_undo(owner: Caller, other: Caller, relay: Caller) -> None:
    board = await owner.create_board("link-edit")
    await owner.commit(board, put=[stroke(f"o{n}") for n in range(200)])
    for start in range(0, 600, 200):
        await other.commit(board, put=[stroke(f"s{n}") for n in range(start, start + 200)])
    await other.commit(board, patch=[{"id": f"o{n}", "set": {"color": "red"}} for n in range(200)])
    await other.commit(board, remove=[f"o{n}" for n in range(200)])
    vandalised = await drawn(relay, board)
    done = await take_back(owner, board, await id_of(other))
    assert (done["removed"], done["restored"], done["kept"]) == (600, 200, [])
    after = await drawn(relay, board)
    assert (len(after), {shape["color"] for shape in after.values()}) == (200, {"black"})
    assert await undo_all(owner, board) == []
    assert await drawn(relay, board) == vandalised
    assert await undo_all(owner, board, "redo") == []
    assert await drawn(relay, board) == after


async def test_what_they_undid_and_made_again_is_taken_back_too(owner: Caller, other: Caller, relay: Caller) -> None:
    board = await owner.create_board("link-edit")
    await owner.commit(board, put=[stroke("a")])
    for n in range(5):
        await other.commit(board, patch=[{"id": "a", "set": {"x": n + 1}}], put=[stroke(f"s{n}")])
    for _ in range(4):
        await other.undo(board)
    for _ in range(2):
        await other.redo(board)
    assert (await take_back(owner, board, await id_of(other)))["kept"] == []
    after = await live(relay, board)
    assert (set(after), after["a"]["x"]) == ({"a"}, 0)


async def test_shapes_of_another_kind_go_back_to_the_one_they_had(owner: Caller, other: Caller, relay: Caller) -> None:
    board = await owner.create_board("link-edit")
    await owner.commit(board, put=[stroke("a")])
    before = await drawn(relay, board)
    note = {"kind": "note", "text": "Mine!", "align": "left", "w": 100, "h": 100, "size": 16, "color": "red"}
    place = {"x": 0, "y": 0, "opacity": 1, "rotation": 0, "group": "", "locked": False}
    await other.commit(board, put=[{"id": "a", **note, **place}])
    await other.commit(board, remove=["a"])
    await take_back(owner, board, await id_of(other))
    assert await drawn(relay, board) == before
    assert await undo_all(owner, board) == []
    assert await live(relay, board) == {}


async def test_it_has_one_effect_for_one_id_and_a_second_click_joins_it(
    owner: Caller, other: Caller, relay: Caller
) -> None:
    board = await owner.create_board("link-edit")
    person, takeback = await id_of(other), new_id()
    for n in range(5):
        await other.commit(board, put=[stroke(f"s{n}-{i}") for i in range(200)])
    both = await asyncio.gather(*(begin(owner, board, person, takeback=id) for id in (takeback, takeback, new_id())))
    assert len({begun["takebackId"] for begun in both}) == 1
    done = await finished(owner, board, both[0]["takebackId"])
    assert (done["removed"], await live(relay, board)) == (1000, {})
    await other.commit(board, put=[stroke("later")])
    again = await begin(owner, board, person, takeback=done["takebackId"])
    assert again == done
    assert set(await live(relay, board)) == {"later"}
    refused = await owner.refused(begin(owner, board, await id_of(owner), takeback=done["takebackId"]))
    assert (refused["code"], refused["field"]) == ("conflict", "changeId")


async def test_a_person_without_changes_and_one_who_is_nobody(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-edit")
    begun = await begin(owner, board, await id_of(other))
    assert (begun["done"], begun["changes"]) == (True, 0)
    refused = await owner.refused(begin(owner, board, "nobody"))
    assert (refused["code"], refused["field"]) == ("invalid", "user")
    used = new_id()
    await owner.commit(board, used, put=[stroke("a")])
    assert (await owner.refused(begin(owner, board, await id_of(other), takeback=used)))["code"] == "conflict"


async def test_others_draw_meanwhile_and_lose_nothing(owner: Caller, other: Caller, relay: Caller) -> None:
    board = await owner.create_board("link-edit")
    for n in range(10):
        await other.commit(board, put=[stroke(f"s{n}-{i}") for i in range(200)])
    begun = await begin(owner, board, await id_of(other))
    for n in range(20):
        await owner.commit(board, put=[stroke(f"mine{n}")])
        await other.commit(board, put=[stroke(f"theirs{n}")])
    await finished(owner, board, begun["takebackId"])
    assert set(await live(relay, board)) == {f"{whose}{n}" for whose in ("mine", "theirs") for n in range(20)}
