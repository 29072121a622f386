"""Local work filed under an identity that cannot return: a guest comes back as the same guest, by a key."""

import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from harness.people import Person
from harness.processes import Easel
from tests.convex.crons import Crons

DAY = 86_400_000  # ms


@pytest.fixture
async def guest(easel: Easel, http: aiohttp.ClientSession) -> Person:
    return await Person.sign_in(http, easel.url, "Gus")


def holds(folder: Path, text: str) -> bool:
    """Whether any file there does: the log, and all that the deployment keeps."""
    return any(text.encode() in file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def new_key(person: Person, kind: str = "browser") -> str:
    answer = await person.post("/session/key", {"kind": kind})
    assert answer.status == 201, answer.body
    return str(answer.json["key"])


async def sign_in(easel: Easel, http: aiohttp.ClientSession, **asked: Any) -> tuple[int, Any]:
    async with http.post(f"{easel.url}/session", json=asked) as answer:
        return answer.status, await answer.json()


@pytest.mark.parametrize("kind", ["browser", "link"])
async def test_a_key_brings_the_same_guest_back(
    easel: Easel, http: aiohttp.ClientSession, guest: Person, kind: str
) -> None:
    board = await guest.create_board("Of Gus")
    status, back = await sign_in(easel, http, key=await new_key(guest, kind))
    assert status == 201
    assert (back["user"]["id"], back["user"]["name"]) == (guest.id, "Gus")
    again = Person(http, easel.url, "Gus", guest.id, back["token"])
    assert (await again.get(f"/boards/{board}.json")).json["role"] == "owner"


async def test_the_same_name_alone_is_somebody_else(easel: Easel, http: aiohttp.ClientSession, guest: Person) -> None:
    _, other = await sign_in(easel, http, name="Gus")
    assert other["user"]["id"] != guest.id


async def test_signing_out_ends_the_keys_of_browsers_and_not_the_link(
    easel: Easel, http: aiohttp.ClientSession, guest: Person
) -> None:
    browser, link = await new_key(guest), await new_key(guest, "link")
    assert (await guest.request("DELETE", "/session")).status == 204
    assert (await sign_in(easel, http, key=browser))[0] == 404
    status, other = await sign_in(easel, http, key=browser, name="Gus")
    assert status == 201
    assert other["user"]["id"] != guest.id
    assert (await sign_in(easel, http, key=link))[1]["user"]["id"] == guest.id


async def test_a_new_link_ends_the_one_before(easel: Easel, http: aiohttp.ClientSession, guest: Person) -> None:
    first = await new_key(guest, "link")
    second = await new_key(guest, "link")
    assert (await sign_in(easel, http, key=first))[0] == 404
    assert (await sign_in(easel, http, key=second))[0] == 201


@pytest.mark.parametrize("key", ["gk_", "gk_" + "A" * 43, "nonsense", "gk_" + "A" * 190])
async def test_a_wrong_key_signs_nobody_in(easel: Easel, http: aiohttp.ClientSession, key: str) -> None:
    status, body = await sign_in(easel, http, key=key)
    assert (status, body["error"]["code"]) == (404, "not_found")


async def test_neither_name_nor_key_is_refused_by_name(easel: Easel, http: aiohttp.ClientSession) -> None:
    status, body = await sign_in(easel, http)
    assert status == 422
    assert "name" in body["error"]["message"]


async def test_no_key_is_in_the_log_or_stored(easel: Easel, http: aiohttp.ClientSession, guest: Person) -> None:
    key = await new_key(guest, "link")
    await sign_in(easel, http, key=key)
    assert holds(easel.folder, guest.id)
    assert not holds(easel.folder, key)


async def test_a_key_that_nobody_used_for_long_is_collected(own_easel: Easel, http: aiohttp.ClientSession) -> None:
    guest, crons = await Person.sign_in(http, own_easel.url, "Gus"), Crons(own_easel, http)
    key, now = await new_key(guest), time.time() * 1000
    await crons.run("collect:expired", now=now + 399 * DAY)
    assert (await sign_in(own_easel, http, key=key))[0] == 201
    await crons.run("collect:expired", now=now + 401 * DAY)
    assert (await sign_in(own_easel, http, key=key))[0] == 404
    assert await crons.rows("guestKeys") == []


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_another_site_signs_nobody_in_by_a_key(
    easel: Easel, http: aiohttp.ClientSession, guest: Person, headers: dict[str, str]
) -> None:
    key = await new_key(guest, "link")
    async with http.post(f"{easel.url}/session", data={"key": key}, headers=headers) as answer:
        assert (answer.status, "Set-Cookie" in answer.headers) == (403, False)


async def test_a_key_in_the_address_signs_nobody_in(easel: Easel, http: aiohttp.ClientSession, guest: Person) -> None:
    key = await new_key(guest, "link")
    async with http.get(f"{easel.url}/return?key={key}") as answer:
        assert "Set-Cookie" not in answer.headers
        assert key not in await answer.text()
    async with http.post(f"{easel.url}/session?key={key}", json={}) as answer:
        assert answer.status == 422
    assert not holds(easel.folder, key)


async def test_making_keys_is_limited(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    with Easel(tmp_path, RATE_INVITES="2") as strict:
        guest = await Person.sign_in(http, strict.url, "Gus")
        told = [(await guest.post("/session/key", {"kind": "link"})).status for _ in range(3)]
    assert told == [201, 201, 429]


async def test_guessing_keys_is_limited(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    with Easel(tmp_path, RATE_GUESSES="2") as strict:
        told = [(await sign_in(strict, http, key="gk_" + letter * 43))[0] for letter in "AABCD"]
    assert told == [404, 404, 404, 429, 429]
