"""Limiting how often but not how much: bytes and rows a day, and what somebody who only looks makes others receive."""

import asyncio
import uuid

import aiohttp
import pytest

from harness.people import Answer, Person, stroke
from harness.processes import Easel

MIB = 1024 * 1024


def at(url: str, person: Person) -> Person:
    return Person(person.http, url, person.name, person.id, person.token)


def assert_limited(answer: Answer, limit: int) -> None:
    assert (answer.status, answer.error["code"], answer.error["limit"]) == (429, "too_many_requests", limit)
    assert int(answer.headers["Retry-After"]) >= 1


@pytest.fixture(scope="module")
def daily(easel: Easel) -> str:
    return easel.start_another_web(DAY_CHANGES="5", DAY_BYTES="20000", RATE_EDITS="2", RATE_BOARDS="3")


async def test_changes_of_a_day_are_counted_for_a_person(daily: str, ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-edit")
    answers = [await at(daily, ana).draw(board, stroke()) for _ in range(6)]
    assert [answer.status for answer in answers[:5]] == [201] * 5
    assert_limited(answers[5], 5)
    assert (await at(daily, ben).draw(board, stroke())).status == 201


async def test_bytes_of_a_day_are_counted_for_a_person(daily: str, ana: Person) -> None:
    board = await ana.create_board()
    line = [n % 1000 for n in range(3_000)]  # 11 kB or so
    assert (await at(daily, ana).draw(board, stroke(points=line))).status == 201
    assert_limited(await at(daily, ana).draw(board, stroke(points=line)), 20_000)


async def test_guests_of_one_address_share_a_budget(easel: Easel, http: aiohttp.ClientSession) -> None:
    url = easel.start_another_web(DAY_CHANGES="1")
    statuses = []
    for n in range(10):
        guest = await Person.sign_in(http, url, f"Guest {n}")
        answer = await guest.draw(await guest.create_board(), stroke())
        statuses.append(answer.status)
    assert statuses == [201] * 8 + [429] * 2


async def test_a_board_has_a_budget_of_its_own(easel: Easel, ana: Person, http: aiohttp.ClientSession) -> None:
    url = easel.start_another_web(DAY_CHANGES="1")
    board = await ana.create_board(visibility="link-edit")
    guests = [await Person.sign_in(http, url, f"Guest {n}") for n in range(5)]
    answers = [await guest.draw(board, stroke()) for guest in guests]
    assert [answer.status for answer in answers] == [201] * 4 + [429]


async def test_strangers_do_not_use_up_the_budget_of_a_board(easel: Easel, ana: Person, ben: Person) -> None:
    url = easel.start_another_web(DAY_CHANGES="2")
    board = await ana.create_board()
    refused = [await at(url, ben).draw(board, stroke()) for _ in range(20)]
    assert {answer.status for answer in refused} == {404}
    assert (await at(url, ana).draw(board, stroke())).status == 201


async def test_renames_are_limited_before_they_reach_the_deployment(daily: str, ana: Person) -> None:
    board = await ana.create_board()
    renames = [await at(daily, ana).request("PATCH", f"/boards/{board}", json={"title": f"T{n}"}) for n in range(3)]
    assert_limited(renames[2], 2)


async def test_boards_are_limited_for_an_address(daily: str, http: aiohttp.ClientSession) -> None:
    statuses = []
    for n in range(9):
        guest = await Person.sign_in(http, daily, f"Guest {n}")
        statuses += [(await guest.post("/boards", {})).status for _ in range(3)]
    assert statuses == [201] * 24 + [429] * 3


# Presence


@pytest.fixture(scope="module")
def shown(easel: Easel) -> str:
    return easel.start_another_web(RATE_PRESENCE_BYTES=str(256 * 1024))


def laser(points: int) -> dict[str, object]:
    return {"laser": {"id": str(uuid.uuid4()), "from": 0, "points": [-999_999.9, 999_999.9] * points}}


async def test_who_may_only_look_shows_a_little(shown: str, ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-view")
    path = f"/boards/{board}/presence"
    assert (await at(shown, ben).post(path, laser(50))).status == 204
    refused = await asyncio.gather(*(at(shown, ben).post(path, laser(1_000)) for _ in range(60)))
    assert {answer.status for answer in refused} == {204, 429}
    assert_limited(next(answer for answer in refused if answer.status == 429), 64 * 1024)
    assert (await at(shown, ana).post(path, laser(1_000))).status == 204
    assert (await at(shown, ana).draw(board, stroke())).status == 201


async def test_normal_presence_fits(shown: str, ana: Person, ben: Person) -> None:
    """What a page says in two seconds of pointing with the laser."""
    board = await ana.create_board(visibility="link-view")
    id = str(uuid.uuid4())
    for n in range(40):
        ink = {"id": id, "from": 20 * n, "points": [123.4, 567.8] * 20}
        report = {"cursor": [123.4, 567.8], "tool": "laser", "laser": ink, "seq": n + 1}
        assert (await at(shown, ben).post(f"/boards/{board}/presence", report)).status == 204
