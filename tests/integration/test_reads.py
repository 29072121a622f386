"""What somebody who only looks may request: bounded for a person and for an address, and others go on drawing."""

import asyncio
from collections import Counter

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.processes import Easel


@pytest.fixture(scope="module")
def url(easel: Easel) -> str:
    return easel.start_another_web(RATE_READS="4")


async def test_a_person_reads_so_much_and_others_go_on(url: str, ana: Person, http: aiohttp.ClientSession) -> None:
    board = await ana.create_board(visibility="link-view")
    reader = await Person.sign_in(http, url, "Reader")
    answers = await asyncio.gather(*(reader.get(f"/boards/{board}.json") for _ in range(20)))
    counted = Counter(answer.status for answer in answers)
    assert counted[200] <= 4
    assert counted[200] + counted[429] == 20
    ana.url = url
    assert (await ana.get(f"/boards/{board}.json")).status == 200
    assert (await ana.draw(board, stroke())).status == 201


async def test_many_guests_of_one_address_read_eight_times_as_much(
    easel: Easel, ana: Person, http: aiohttp.ClientSession
) -> None:
    there = easel.start_another_web(RATE_READS="2")
    board = await ana.create_board(visibility="link-view")
    guests = [await Person.sign_in(http, there, f"Guest {n}") for n in range(12)]
    answers = await asyncio.gather(*(guest.get(f"/boards/{board}.json") for guest in guests))
    assert Counter(answer.status for answer in answers) == {200: 8, 429: 4}
