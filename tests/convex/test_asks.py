"""A bare refusal where people could ask: the owner of a private board is asked, and nobody learns that it exists."""

import time
from typing import Any

import pytest

from app.auth import GUEST_ISSUER
from app.auth.issuer import Issuer
from app.convex.deployment import Deployment
from tests.convex.conftest import Caller, new_id
from tests.convex.crons import Crons

DAY = 24 * 3600 * 1000  # ms


async def asking(owner: Caller, board: str) -> list[str]:
    return [person["name"] for person in (await owner.query("members:others", board=board))["asking"]]


async def user_of(caller: Caller) -> str:
    return str((await caller.mutation("users:store"))["id"])


async def test_the_owner_sees_once_who_asks(owner: Caller, other: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    for _ in range(3):
        assert await other.mutation("asks:make", board=board) is None
    assert await asking(owner, board) == ["Ben"]
    (told,) = (await relay.query("relay:access", board=board))["asking"]
    assert told["name"] == "Ben"


@pytest.mark.parametrize("role", ["viewer", "editor"])
async def test_letting_in_ends_the_request(owner: Caller, other: Caller, role: str) -> None:
    board = await owner.create_board()
    await other.mutation("asks:make", board=board)
    user = await user_of(other)
    await owner.mutation("members:setRole", operationId=new_id(), board=board, user=user, role=role)
    assert (await other.query("boards:get", board=board))["role"] == role
    assert await asking(owner, board) == []


async def test_a_dismissed_request_is_not_heard_again(owner: Caller, other: Caller) -> None:
    board = await owner.create_board()
    await other.mutation("asks:make", board=board)
    await owner.mutation("asks:dismiss", operationId=new_id(), board=board, user=await user_of(other))
    await other.mutation("asks:make", board=board)
    assert await asking(owner, board) == []
    assert (await owner.refused(other.query("boards:get", board=board)))["code"] == "not_found"


async def test_nothing_tells_whether_there_is_a_board(owner: Caller, other: Caller) -> None:
    """Not there, deleted, one's own, opened by its link: the answer is null, and nobody is told."""
    gone, own, linked = await owner.create_board(), await other.create_board(), await owner.create_board("link-view")
    await owner.mutation("boards:remove", operationId=new_id(), board=gone)
    for board in (gone, own, linked, "nothing", await user_of(owner)):
        assert await other.mutation("asks:make", board=board) is None
    assert await asking(owner, linked) == []
    assert await asking(other, own) == []


async def test_who_was_removed_is_not_heard(owner: Caller, other: Caller) -> None:
    board = await owner.create_board("link-view")
    await other.mutation("members:visit", board=board)
    await owner.mutation("members:remove", operationId=new_id(), board=board, user=await user_of(other))
    await owner.mutation("boards:update", operationId=new_id(), board=board, visibility="private")
    await other.mutation("asks:make", board=board)
    assert await asking(owner, board) == []


async def test_a_person_asks_ten_times_an_hour_whatever_for(other: Caller) -> None:
    for n in range(10):
        await other.mutation("asks:make", board=f"nothing{n}")
    refused = await other.refused(other.mutation("asks:make", board="nothing"))
    assert (refused["code"], refused["limit"]) == ("too_many_requests", 10)


async def test_a_board_hears_fifty_and_the_next_is_answered_alike(
    owner: Caller, deployment: Deployment, issuer: Issuer
) -> None:
    board = await owner.create_board()
    for n in range(52):
        caller = Caller(deployment, issuer.guest_token(new_id(), f"Guest {n}")[0])
        assert await caller.mutation("asks:make", board=board) is None
    assert len(await asking(owner, board)) == 50


async def test_nobody_but_the_owner_sees_who_asks(owner: Caller, other: Caller) -> None:
    board = await owner.create_board()
    await other.mutation("asks:make", board=board)
    refused: Any = await owner.refused(other.query("members:others", board=board))
    assert refused["code"] == "not_found"


async def asks_about(crons: Crons, id: str) -> list[Any]:
    return [row for row in await crons.rows("asks") if id in (row["boardId"], row["userId"])]


async def test_a_request_is_collected_after_a_week(owner: Caller, other: Caller, crons: Crons) -> None:
    board = await owner.create_board()
    await other.mutation("asks:make", board=board)
    assert len(await asks_about(crons, board)) == 1
    await crons.run("collect:expired", now=time.time() * 1000 + 8 * DAY)
    while await asks_about(crons, board):  # in batches, while other tests leave rows too
        pass


async def test_a_deleted_person_leaves_no_request(owner: Caller, issuer: Issuer, crons: Crons) -> None:
    board, subject = await owner.create_board(), new_id()
    caller = Caller(owner.deployment, issuer.guest_token(subject, "Ben")[0])
    await caller.mutation("asks:make", board=board)
    person = f"{GUEST_ISSUER}|{subject}"
    message = {"id": new_id(), "at": time.time() * 1000, "person": person, "deleted": True}
    while await crons.run("clerk:apply", **message):
        pass
    assert await asks_about(crons, board) == []
