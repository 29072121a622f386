"""Taking one address for one person: a class behind one address is let in, a flood from one is bounded."""

import asyncio
from collections import Counter
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from harness import pictures
from harness.people import Person, stroke
from harness.processes import Easel
from tests.integration.hooks import hook_of, send

PUPILS, PICTURES = 40, 25


def via(address: str) -> dict[str, str]:
    """What a proxy on this machine says."""
    return {"X-Forwarded-For": address, "Accept": "text/html"}


async def status(http: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> int:
    async with http.get(url, headers=headers, allow_redirects=False) as answer:
        await answer.read()
        return answer.status


@pytest.fixture(scope="module")
def school(easel: Easel) -> str:
    """A web process with the limits that it has unless told otherwise."""
    return easel.start_another_web(RATE_ANONYMOUS="600", RATE_SIGN_INS="240", RATE_GUESSES="10")


@pytest.fixture(scope="module")
def strict(easel: Easel) -> str:
    return easel.start_another_web(RATE_ANONYMOUS="5", RATE_SIGN_INS="4", RATE_GUESSES="2")


async def board_with_pictures(ana: Person, count: int) -> tuple[str, list[str]]:
    board = await ana.create_board(visibility="link-edit")
    colors = ["teal", "red", "blue", "gold", "plum"][:count]
    return board, [(await pictures.add(ana, board, pictures.picture(color=color)))["file"] for color in colors]


async def test_a_class_behind_one_address_opens_a_board_and_draws(
    school: str, ana: Person, http: aiohttp.ClientSession
) -> None:
    board, files = await board_with_pictures(ana, 5)
    headers = via("203.0.113.7")

    async def pupil(n: int) -> list[int]:
        """Whose browser keeps no cookies, so that every request is a stranger's."""
        answered = [await status(http, f"{school}/boards/{board}", headers)]
        for i in range(PICTURES):
            file = files[i % len(files)]
            answered.append(await status(http, f"{school}/boards/{board}/images/{file}", headers))
        answered.append(await status(http, f"{school}/", headers))
        person = await Person.sign_in(http, school, f"Pupil {n}")
        return [*answered, (await person.draw(board, stroke())).status]

    answers = Counter(chain.from_iterable(await asyncio.gather(*map(pupil, range(PUPILS)))))
    assert answers == {200: PUPILS * (PICTURES + 2), 201: PUPILS}


async def test_a_flood_from_one_address_is_bounded_and_still_lets_people_in(
    strict: str, ana: Person, http: aiohttp.ClientSession
) -> None:
    board, [file] = await board_with_pictures(ana, 1)
    picture = f"{strict}/boards/{board}/images/{file}"
    flood = await asyncio.gather(*(status(http, picture, via("198.51.100.1")) for _ in range(80)))
    assert Counter(flood)[200] <= 100 - 1  # ten pictures for one request, in two windows at most
    assert await status(http, picture, via("198.51.100.2")) == 200
    assert await status(http, f"{strict}/", via("198.51.100.1")) == 200


async def test_signing_in_has_a_limit_of_its_own(strict: str, http: aiohttp.ClientSession) -> None:
    answers = [await status(http, f"{strict}/", via("198.51.100.3")) for _ in range(9)]
    assert {200, 429} == set(answers)
    assert await status(http, f"{strict}/boards/nothing", via("198.51.100.3")) == 404


async def test_ten_pupils_with_one_expired_invitation_lock_nobody_out(
    strict: str, ana: Person, http: aiohttp.ClientSession
) -> None:
    board = await ana.create_board()
    token = (await ana.post(f"/boards/{board}/invites", {})).json["token"]
    bearer = via("198.51.100.4") | {"Authorization": f"Bearer {ana.token}"}
    answers = [await status(http, f"{strict}/invites/expired", bearer) for _ in range(10)]
    assert set(answers) == {404}
    assert await status(http, f"{strict}/invites/{token}", bearer) == 200


async def test_many_guesses_at_once_are_no_more_than_one_after_another(
    strict: str, ana: Person, http: aiohttp.ClientSession
) -> None:
    bearer = via("198.51.100.5") | {"Authorization": f"Bearer {ana.token}"}
    guesses = [status(http, f"{strict}/invites/wrong{n}", bearer) for n in range(40)]
    assert Counter(await asyncio.gather(*guesses)) == {404: 2, 429: 38}


async def test_guesses_at_hooks_count_and_a_hook_that_works_does_not(
    school: str, ana: Person, http: aiohttp.ClientSession
) -> None:
    url = school + urlsplit((await hook_of(ana, await ana.create_board()))["url"]).path
    options: dict[str, Any] = {"data": b"Done", "headers": {**via("198.51.100.6"), "Content-Type": "text/plain"}}
    assert [(await send(http, url, **options)).status for _ in range(12)] == [201] * 12
    wrong = [f"{school}/hooks/hook_{n:032}" for n in range(40)]
    answers = await asyncio.gather(*(send(http, one, **options) for one in wrong))
    assert Counter(answer.status for answer in answers) == {404: 10, 429: 30}
    assert (await send(http, url, **options | {"headers": {"Content-Type": "text/plain"}})).status == 201


async def test_a_stranger_does_not_choose_an_address(easel: Easel, http: aiohttp.ClientSession) -> None:
    url = easel.start_another_web(RATE_ANONYMOUS="3", TRUSTED_PROXIES="192.0.2.1,192.0.2.128/25")
    answers = [await status(http, f"{url}/boards/nothing.json", via(f"198.51.100.{n}")) for n in range(12)]
    assert 429 in answers
