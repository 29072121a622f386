"""The timer of a board in the real deployment. tests/convex-test/timers.test.ts has the rest of it."""

import asyncio

import pytest

from tests.convex.conftest import Caller, new_id


async def ended(relay: Caller, board: str) -> None:
    """Returns once the board's timer is over."""
    while (await relay.query("relay:timer", board=board))["state"] != "over":
        await asyncio.sleep(0.02)


async def test_the_scheduler_ends_a_timer_of_which_somebody_took_notice(owner: Caller, relay: Caller) -> None:
    board = await owner.create_board()
    started = await owner.mutation("timers:start", operationId=new_id(), board=board, seconds=1)
    assert (await relay.query("relay:timer", board=board)) == started
    async with asyncio.timeout(20):
        await ended(relay, board)


async def test_the_same_operation_adds_one_minute(owner: Caller) -> None:
    board, operation = await owner.create_board(), new_id()
    before = await owner.mutation("timers:start", operationId=new_id(), board=board, seconds=60)
    add = {"operationId": operation, "board": board, "add": 60}
    after = [await owner.mutation("timers:change", **add) for _ in range(3)]
    assert after == [{**before, "endsAt": before["endsAt"] + 60_000}] * 3


@pytest.mark.parametrize("seconds", [0, -1, 1.5, 86_401, float("nan")])
async def test_a_timer_lasts_whole_seconds_up_to_a_day(owner: Caller, relay: Caller, seconds: float) -> None:
    board = await owner.create_board()
    start = owner.mutation("timers:start", operationId=new_id(), board=board, seconds=seconds)
    refusal = await owner.refused(start)
    assert (refusal["code"], refusal["field"], refusal["limit"]) == ("invalid", "seconds", 86_400)
    assert await relay.query("relay:timer", board=board) is None


async def test_without_a_timer_there_is_nothing_to_change(owner: Caller) -> None:
    board = await owner.create_board()
    refusal = await owner.refused(owner.mutation("timers:change", operationId=new_id(), board=board, paused=True))
    assert refusal["code"] == "not_found"
    assert await owner.mutation("timers:remove", operationId=new_id(), board=board) is None
