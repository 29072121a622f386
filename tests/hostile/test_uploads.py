"""Files that come a byte at a time, or that are more than a day allows."""

import asyncio

import aiohttp
import pytest

from harness.drawings import element, excalidraw
from harness.people import Person, stroke
from harness.processes import Easel
from tests.hostile.raw import Raw, request

MANY = 6
EVERY = 0.25  # s between two bytes


@pytest.fixture(scope="module")
def hasty(easel: Easel) -> str:
    """The seconds of a connection's limits are a quarter."""
    return easel.start_another_web(EASEL_HASTE="4")


async def trickle(connection: Raw) -> tuple[int, str]:
    """Sends on until the server has enough."""
    answer = asyncio.create_task(connection.error())
    while not answer.done():
        await connection.send(b"x")
        await asyncio.wait([answer], timeout=EVERY)
    return await answer


@pytest.mark.parametrize("path", ["/boards/import?name=a.excalidraw", "/boards/{board}/images"])
async def test_uploads_that_trickle_are_ended_and_their_sender_goes_on(
    hasty: str, http: aiohttp.ClientSession, path: str
) -> None:
    ana = await Person.sign_in(http, hasty, "Ana")
    board = await ana.create_board()
    head = request("POST", path.format(board=board), f"Authorization: Bearer {ana.token}", "Content-Length: 1000000")
    slow = [await Raw.open(int(hasty.rsplit(":", 1)[1])) for _ in range(MANY)]
    for connection in slow:
        await connection.send(head)
    trickling = [asyncio.create_task(trickle(connection)) for connection in slow]
    assert (await ana.draw(board, stroke())).status == 201
    assert (await ana.get(f"/boards/{board}.json")).status == 200
    assert {status for status, _ in await asyncio.gather(*trickling)} <= {0, 408, 415}
    assert (await ana.request("POST", "/boards/import", data=excalidraw(element("a")))).status == 201


async def test_what_is_more_than_a_day_allows_leaves_no_board(easel: Easel, http: aiohttp.ClientSession) -> None:
    cyd = await Person.sign_in(http, easel.start_another_web(DAY_BYTES="20000"), "Cyd")
    many = excalidraw(*(element(f"e{n}") for n in range(400)))
    answer = await cyd.request("POST", "/boards/import", data=many)
    assert (answer.status, answer.error["limit"]) == (429, 20_000), answer.body
    assert (await cyd.get("/boards")).json["boards"] == []
    assert (await cyd.get("/boards?section=trash")).json["boards"] == []
