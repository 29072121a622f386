"""Moments with a name."""

from typing import Any

from convex import ConvexInt64

from tests.convex.conftest import Caller, new_id, stroke


async def test_the_present_and_an_earlier_moment_get_names(owner: Caller) -> None:
    board = await owner.create_board()
    first = await owner.commit(board, put=[stroke("a")])
    last = await owner.commit(board, put=[stroke("b")])
    now = await owner.mutation("versions:create", operationId=new_id(), board=board, name=" After  the\nworkshop ")
    before = {"name": "Before", "ts": ConvexInt64(int(first["ts"]))}
    await owner.mutation("versions:create", operationId=new_id(), board=board, **before)
    listed = await owner.query("versions:list", board=board)
    assert [(one["name"], int(one["ts"]), one["author"]) for one in listed] == [
        ("After the workshop", int(last["ts"]), "Ana"),
        ("Before", int(first["ts"]), "Ana"),
    ]
    await owner.mutation("versions:rename", operationId=new_id(), board=board, version=now["id"], name="The end")
    await owner.mutation("versions:remove", operationId=new_id(), board=board, version=listed[1]["id"])
    assert [one["name"] for one in await owner.query("versions:list", board=board)] == ["The end"]


async def test_a_repeated_request_names_one_version(owner: Caller) -> None:
    board, operation = await owner.create_board(), new_id()
    made = [await owner.mutation("versions:create", operationId=operation, board=board, name="Once") for _ in range(2)]
    assert made[0]["id"] == made[1]["id"]
    assert len(await owner.query("versions:list", board=board)) == 1


async def test_names_and_moments_have_limits(owner: Caller) -> None:
    board = await owner.create_board()
    done = await owner.commit(board, put=[stroke("a")])
    wrong: list[dict[str, Any]] = [
        {"name": ""},
        {"name": "n" * 81},
        {"name": "\u200b"},
        {"name": "n", "ts": ConvexInt64(int(done["ts"]) + 1)},
    ]
    for args in wrong:
        call = owner.mutation("versions:create", operationId=new_id(), board=board, **args)
        refused = await owner.refused(call)
        assert (refused["code"], refused["field"]) == ("invalid", "ts" if "ts" in args else "name")
    for n in range(100):
        await owner.mutation("versions:create", operationId=new_id(), board=board, name=f"{n}")
    refused = await owner.refused(owner.mutation("versions:create", operationId=new_id(), board=board, name="more"))
    assert refused["limit"] == 100


async def test_a_version_of_another_board_is_not_found(owner: Caller) -> None:
    board, elsewhere = await owner.create_board(), await owner.create_board()
    made = await owner.mutation("versions:create", operationId=new_id(), board=elsewhere, name="Elsewhere")
    call = owner.mutation("versions:remove", operationId=new_id(), board=board, version=made["id"])
    assert (await owner.refused(call))["code"] == "not_found"
