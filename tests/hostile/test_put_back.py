"""Data that is put back to an earlier state under open streams: what was drawn since is shown nowhere any more."""

import asyncio

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.processes import Easel, answers, until
from tests.hostile.put_back import copy_of, deployment_killed, put_back
from tests.integration.sse import Reader, reading


@pytest.fixture
async def eve(own_easel: Easel, http: aiohttp.ClientSession) -> Person:
    return await Person.sign_in(http, own_easel.url, "Eve")


async def whole(reader: Reader) -> str:
    """The snapshot that follows the news that the board was put back."""
    await reader.event("put-back", 30)
    return (await reader.message("data-whole")).data


async def drawn(person: Person, board: str, id: str) -> str:
    """Draws as a page does, again and again while the deployment starts; the ts of the change."""
    answer = await person.draw(board, stroke(id), change_id=f"change-{id}")
    while answer.status == 503:
        await asyncio.sleep(0.2)
        answer = await person.draw(board, stroke(id), change_id=f"change-{id}")
    assert answer.status in (200, 201), answer.body
    ts: str = answer.json["ts"]
    return ts


async def test_a_web_process_that_goes_on_shows_the_state_put_back(own_easel: Easel, eve: Person) -> None:
    board = await eve.create_board()
    kept = await drawn(eve, board, "kept")
    with deployment_killed(own_easel):
        copy = copy_of(own_easel)
    await until(lambda: answers(f"{own_easel.url}/readyz"), "the deployment answers again", 40)
    async with reading(eve, board, f"?after={kept}") as stream:
        lost = await drawn(eve, board, "lost")
        await stream.message('id="lost"', 30)
        with deployment_killed(own_easel):
            put_back(own_easel, copy)
        await stream.event("restart", 40)
    await until(lambda: answers(f"{own_easel.url}/readyz"), "the deployment answers again", 40)
    for seen, format in ((lost, "html"), (lost, "cells"), (str(2**63), "html")):
        async with reading(eve, board, f"?after={seen}&format={format}") as stream:
            shapes = await whole(stream)
            assert f'data-ts="{kept}"' in shapes
            assert 'id="lost"' not in shapes
    assert [shape["id"] for shape in await eve.shapes(board)] == ["kept"]
    async with reading(eve, board, f"?after={kept}") as stream:
        await drawn(eve, board, "new")
        await stream.message('id="new"', 30)
        assert "put-back" not in [frame.event for frame in stream.seen]
    async with reading(eve, board, f"?after={lost}") as stream:  # though newer changes came since
        shapes = await whole(stream)
        assert 'id="kept"' in shapes
        assert 'id="lost"' not in shapes
        if 'id="new"' not in shapes:
            await stream.message('id="new"')


async def test_a_reader_of_before_starts_anew_after_a_whole_restart(own_easel: Easel, eve: Person) -> None:
    board = await eve.create_board()
    own_easel.program.stop()
    copy = copy_of(own_easel)
    await asyncio.to_thread(own_easel.start)
    lost = await drawn(eve, board, "lost")
    own_easel.program.stop()
    put_back(own_easel, copy)
    await asyncio.to_thread(own_easel.start)
    async with reading(eve, board, "", **{"Last-Event-ID": lost}) as stream:
        assert '<svg data-ts="0" data-whole>' in await whole(stream)
    async with reading(eve, board, f"?after={lost}&format=json") as stream:
        await stream.event("put-back")
        assert (await stream.event("snapshot")).json == {"ts": "0", "shapes": []}


async def test_a_write_right_after_it_does_not_hide_it(own_easel: Easel, eve: Person) -> None:
    """The web process hears of the older state and of the newer change at once."""
    board = await eve.create_board()
    with deployment_killed(own_easel):
        copy = copy_of(own_easel)
    await drawn(eve, board, "lost")  # the deployment answers again
    async with asyncio.timeout(30):
        while (await eve.get(f"/boards/{board}.json")).status != 200:
            await asyncio.sleep(0.1)
    async with reading(eve, board, "?after=0") as stream:
        for number in range(40):  # past some checkpoint of the tail
            await drawn(eve, board, f"lost{number}")
        await stream.message('id="lost39"', 30)
        with deployment_killed(own_easel):
            put_back(own_easel, copy)
        await drawn(eve, board, "new")
        await stream.event("restart", 40)

    async def ids() -> list[str]:
        answer = await eve.get(f"/boards/{board}.json")
        return [shape["id"] for shape in answer.json["shapes"]] if answer.status == 200 else []

    async with asyncio.timeout(30):
        while await ids() != ["new"]:
            await asyncio.sleep(0.1)
