"""A board, or some of its shapes, restored to a moment: exactly, in one step of undo, beside what others draw."""

import asyncio
from typing import Any

from convex import ConvexError, ConvexInt64
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.convex.conftest import Caller, live, new_id, stroke
from tests.convex.test_takebacks import drawn, id_of, take_back, undo_all


async def begin(caller: Caller, board: str, to: int, restore: str | None = None, **more: Any) -> Any:
    args = {"restoreId": restore or new_id(), "to": ConvexInt64(to), **more}
    return await caller.mutation("restores:start", board=board, **args)


async def finished(caller: Caller, board: str, restore: str) -> Any:
    """What it came to, once it is done."""
    while not (found := await caller.query("restores:get", board=board, restoreId=restore))["done"]:
        await asyncio.sleep(0.01)
    return found


async def restore(caller: Caller, board: str, to: int, **more: Any) -> Any:
    return await finished(caller, board, (await begin(caller, board, to, **more))["restoreId"])


async def test_a_board_is_as_it_was_and_one_undo_takes_that_back(owner: Caller, other: Caller, relay: Caller) -> None:
    board = await owner.create_board("link-edit")
    await owner.commit(board, put=[stroke(f"s{n}") for n in range(200)])
    moment = (await other.commit(board, patch=[{"id": "s0", "set": {"color": "red"}}], remove=["s1"]))["ts"]
    then = await drawn(relay, board)
    for start in range(0, 400, 200):
        await other.commit(board, put=[stroke(f"new{n}") for n in range(start, start + 200)])
    await owner.commit(board, remove=[f"s{n}" for n in range(2, 200)])
    await owner.commit(board, patch=[{"id": "s0", "set": {"x": 5, "color": "blue"}}])
    before = await drawn(relay, board)
    done = await restore(owner, board, moment)
    assert await drawn(relay, board) == then
    counts = {name: done[name] for name in ("changes", "removed", "restored", "changed", "kept", "to")}
    assert counts == {"changes": 4, "removed": 400, "restored": 198, "changed": 1, "kept": [], "to": moment}
    assert await undo_all(owner, board) == []
    assert await drawn(relay, board) == before
    assert await undo_all(owner, board, "redo") == []
    assert await drawn(relay, board) == then


async def test_only_the_named_shapes_are_restored(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    moment = (await owner.commit(board, put=[stroke("a"), stroke("b"), stroke("c")]))["ts"]
    then = await drawn(relay, board)
    await owner.commit(board, patch=[{"id": id, "set": {"x": 5}} for id in "ab"], remove=["c"], put=[stroke("d")])
    await restore(owner, board, moment, shapes=["a", "c"])
    after = await drawn(relay, board)
    assert (after["a"], after["c"]) == (then["a"], then["c"])
    assert (after["b"]["x"], set(after)) == (5, {"a", "b", "c", "d"})


async def test_what_people_do_while_it_runs_is_kept(owner: Caller, other: Caller, relay: Caller) -> None:
    board = await owner.create_board("link-edit")
    moment = (await owner.commit(board, put=[stroke("a"), stroke("b")]))["ts"]
    await owner.commit(board, patch=[{"id": "a", "set": {"x": 5, "color": "red"}}])
    for n in range(10):
        await other.commit(board, put=[stroke(f"s{n}-{i}") for i in range(200)])
    begun = await begin(owner, board, moment)
    await other.commit(board, patch=[{"id": "a", "set": {"color": "blue"}}], put=[stroke("meanwhile")], remove=["b"])
    await finished(owner, board, begun["restoreId"])
    after = await drawn(relay, board)
    assert set(after) == {"a", "meanwhile"}
    assert (after["a"]["x"], after["a"]["color"]) == (0, "blue")


async def test_an_editor_leaves_what_the_owner_has_locked(owner: Caller, other: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    await owner.commit(board, put=[stroke("a"), stroke("b")])
    await join(owner, board, other)
    moment = (await owner.commit(board, patch=[{"id": "a", "set": {"x": 5}}, {"id": "b", "set": {"x": 5}}]))["ts"]
    await owner.commit(board, patch=[{"id": "a", "set": {"x": 9, "locked": True}}, {"id": "b", "set": {"x": 9}}])
    done = await restore(other, board, moment)
    after = await live(relay, board)
    assert (done["kept"], after["a"]["x"], after["b"]["x"]) == (["a"], 9, 5)


async def join(owner: Caller, board: str, other: Caller) -> None:
    await owner.mutation("boards:update", operationId=new_id(), board=board, visibility="link-edit")
    await other.mutation("members:visit", board=board)
    given = {"user": await id_of(other), "role": "editor"}
    await owner.mutation("members:setRole", operationId=new_id(), board=board, **given)


async def test_it_has_one_effect_for_one_id_and_runs_alone(owner: Caller, other: Caller, relay: Caller) -> None:
    board, restored = await owner.create_board("link-edit"), new_id()
    moment = (await owner.commit(board, put=[stroke("a")]))["ts"]
    for n in range(5):
        await other.commit(board, put=[stroke(f"s{n}-{i}") for i in range(200)])
    await begin(owner, board, moment, restored)
    await begin(owner, board, moment, restored)
    refused = await owner.refused(begin(owner, board, moment))
    assert (refused["code"], refused["field"]) == ("conflict", "restoreId")
    done = await finished(owner, board, restored)
    await owner.commit(board, put=[stroke("later")])
    assert await begin(owner, board, moment, restored) == done
    assert set(await live(relay, board)) == {"a", "later"}
    assert (await owner.refused(begin(owner, board, moment + 1, restored)))["code"] == "conflict"
    for shapes, field in (([], "shapes"), (["a b"], "shapes"), (["a"] * 1_001, "shapes")):
        assert (await owner.refused(begin(owner, board, moment, shapes=shapes)))["field"] == field


ACTS = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from(["put", "put", "patch", "patch", "remove", "undo", "redo", "takeback", "restore"]),
        st.sampled_from("abcd"),
        st.integers(0, 3),
    ),
    min_size=3,
    max_size=25,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS, st.integers(0, 100))
async def test_every_moment_can_be_restored_exactly(
    owner: Caller, other: Caller, relay: Caller, acts: list[tuple[bool, str, str, int]], which: int
) -> None:
    board = await owner.create_board("link-edit")
    await owner.mutation("boards:update", operationId=new_id(), board=board, historyOpen=True)
    moments: list[tuple[int, Any]] = [(0, {})]
    for first, verb, id, number in acts:
        await allowed(act(owner, other if first else owner, board, verb, id, number, moments))
        log = await owner.log(board)
        moments.append((log[-1]["ts"] if log else 0, await drawn(relay, board)))
    moment, then = moments[which % len(moments)]
    before = await drawn(relay, board)
    done = await restore(owner, board, moment)
    assert (await drawn(relay, board), done["kept"]) == (then, [])
    if done["removed"] + done["restored"] + done["changed"]:
        assert await undo_all(owner, board) == []
    assert await drawn(relay, board) == before


MEANWHILE = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from(["put", "patch", "patch", "remove"]),
        st.sampled_from("abcdef"),
        st.integers(5, 9),
    ),
    max_size=12,
)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS, MEANWHILE)
async def test_whatever_is_drawn_while_it_runs_stays(
    owner: Caller, other: Caller, relay: Caller, acts: list[tuple[bool, str, str, int]], later: list[Any]
) -> None:
    board = await owner.create_board("link-edit")
    await owner.mutation("boards:update", operationId=new_id(), board=board, historyOpen=True)
    await owner.commit(board, put=[stroke("a"), stroke("b")])
    moment, then = (await owner.log(board))[-1]["ts"], await drawn(relay, board)
    for n in range(2):
        await other.commit(board, put=[stroke(f"bulk{n}-{i}") for i in range(100)])
    for first, verb, id, number in acts:
        await allowed(act(owner, other if first else owner, board, verb, id, number, [(moment, then)]))
    begun = await begin(owner, board, moment)
    wanted: dict[str, dict[str, Any] | None] = {}
    for first, verb, id, number in later:
        if await allowed(act(owner, other if first else owner, board, verb, id, number, [])):
            fields = {"put": {"x": number, "width": 4}, "patch": {"x": number, "width": 1 + number}, "remove": None}[
                verb
            ]
            wanted[id] = None if fields is None else {**(wanted.get(id) or {}), **fields}
    await finished(owner, board, begun["restoreId"])
    after = await drawn(relay, board)
    assert {id: shape for id, shape in after.items() if id not in wanted} == {
        id: shape for id, shape in then.items() if id not in wanted
    }
    for id, fields in wanted.items():
        if fields is None or id not in after:
            continue  # a patch of a shape that was gone by then does nothing
        assert {name: after[id][name] for name in fields} == fields


async def allowed(call: Any) -> bool:
    """Whether it was done: nobody puts a shape that was removed."""
    try:
        await call
    except ConvexError as error:
        if error.data["code"] != "removed":
            raise
        return False
    return True


async def act(
    owner: Caller, who: Caller, board: str, verb: str, id: str, number: int, moments: list[tuple[int, Any]]
) -> None:
    match verb:
        case "put":
            await who.commit(board, put=[stroke(id, x=number)])
        case "patch":
            await who.commit(board, patch=[{"id": id, "set": {"x": number, "width": 1 + number}}])
        case "remove":
            await who.commit(board, remove=[id])
        case "takeback":
            await take_back(owner, board, await id_of(who), moments[number % len(moments)][0])
        case "restore":
            await restore(who, board, moments[number % len(moments)][0])
        case _:
            await who.mutation(f"changes:{verb}", board=board, changeId=new_id())


async def test_strangers_to_the_history_restore_nothing(owner: Caller, other: Caller) -> None:
    """Who may edit by the link alone does not see how the board was."""
    board = await owner.create_board("link-edit")
    refused = await other.refused(begin(other, board, 0))
    assert refused["code"] == "forbidden"
