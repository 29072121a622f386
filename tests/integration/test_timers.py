"""The timer of a board, as programs and streams have it."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from harness.people import Answer, Person
from harness.processes import Easel
from tests.integration.sse import Reader, reading


async def put(person: Person, board: str, seconds: Any) -> Answer:
    return await person.request("PUT", f"/boards/{board}/timer", json={"seconds": seconds})


async def patch(person: Person, board: str, **fields: Any) -> Answer:
    return await person.request("PATCH", f"/boards/{board}/timer", json=fields)


async def told(stream: Reader, state: str | None) -> dict[str, Any]:
    """The timer, once the stream says that it is in this state."""

    def is_it(frame: Any) -> bool:
        return frame.event == "timer" and (frame.json["timer"] or {}).get("state") == state

    return dict((await stream.until(is_it)).json["timer"] or {})


async def test_a_program_starts_changes_and_removes_a_timer(ana: Person) -> None:
    board = await ana.create_board()
    assert (await ana.get(f"/boards/{board}/timer")).json == {"timer": None}
    async with reading(ana, board, "?format=json") as stream:
        started = (await put(ana, board, 300)).json["timer"]
        assert (started["state"], started["seconds"]) == ("running", 300)
        assert 290 < started["left"] <= 300
        assert (await told(stream, "running"))["left"] <= 300
        paused = (await patch(ana, board, paused=True, add=60)).json["timer"]
        assert (await told(stream, "paused")) == paused
        assert 350 < paused["left"] <= 360
        assert (await ana.request("DELETE", f"/boards/{board}/timer")).status == 204
        await told(stream, None)


async def test_who_comes_later_is_told_how_much_is_left(ana: Person) -> None:
    board = await ana.create_board()
    await put(ana, board, 86_400)
    await patch(ana, board, paused=True)
    for query in ("", "?format=json"):
        async with reading(ana, board, query) as stream:
            assert (await told(stream, "paused"))["seconds"] == 86_400


async def test_a_page_that_comes_back_is_told_that_the_timer_is_gone(ana: Person) -> None:
    board = await ana.create_board()
    async with reading(ana, board) as stream:
        await told(stream, None)


async def test_a_process_that_opens_a_board_knows_its_timer_at_once(ana: Person, easel: Easel) -> None:
    board = await ana.create_board()
    await put(ana, board, 300)
    other = await asyncio.to_thread(easel.start_another_web)
    shown = await replace(ana, url=other).get(f"/boards/{board}/timer")
    assert shown.json["timer"]["state"] == "running"


@pytest.mark.parametrize("seconds", [0, 86_401, 1.5, "60", None])
async def test_a_wrong_length_is_refused_with_its_limits(ana: Person, seconds: Any) -> None:
    board = await ana.create_board()
    refused = await put(ana, board, seconds)
    assert (refused.status, refused.error["field"]) == (422, "seconds")
    assert (await patch(ana, board)).status == 422
    assert (await patch(ana, board, paused=True)).status == 404
