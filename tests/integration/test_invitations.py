"""Invitations: who may read, make and take them, how often, and how they end."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from harness.people import Person
from harness.processes import Easel, until
from tests.integration.sharing import invited, roles

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def strict(easel: Easel) -> str:
    """One that takes two invitations an hour and three guesses a minute."""
    return easel.start_another_web(RATE_INVITES="2", RATE_GUESSES="3")


@pytest.fixture(scope="module")
def talkative(easel: Easel) -> tuple[str, Path]:
    """One that logs every request, and its log."""
    url = easel.start_another_web(LOG_LEVEL="info")
    return url, easel.others[-1].log


async def test_looking_at_an_invitation_neither_uses_it_nor_leaks_its_address(
    ana: Person, http: aiohttp.ClientSession
) -> None:
    board = await ana.create_board("Plans <b>")
    made, page = await invited(ana, board, maxUses=1), ""
    for _ in range(3):
        async with http.get(made["url"], headers=HTML) as answer:
            page = await answer.text()
            assert answer.status == 200
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert "noindex" in answer.headers["X-Robots-Tag"]
            assert answer.headers["Cache-Control"] == "no-store"
            assert "Set-Cookie" not in answer.headers
    assert "Plans &lt;b&gt;" in page
    assert 'content="noindex' in page
    assert board not in page  # where it leads, one learns by saying yes
    [listed] = (await ana.get(f"/boards/{board}/invites")).json["invites"]
    assert listed["uses"] == 0


async def test_somebody_without_a_session_says_yes_and_is_a_guest_of_that_name(
    ana: Person, http: aiohttp.ClientSession
) -> None:
    board = await ana.create_board()
    made = await invited(ana, board, role="editor")
    form = {"token": made["token"], "name": "Zoë"}
    async with http.post(f"{ana.url}/invites", data=form, headers=HTML, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, f"/boards/{board}")
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    async with http.get(f"{ana.url}/boards/{board}", headers=HTML | {"Cookie": cookie}) as page:
        text = await page.text()
    assert 'data-role="editor"' in text
    assert 'data-name="Zoë"' in text
    assert made["token"] not in text
    assert await roles(ana, board) == {"Ana": "owner", "Zoë": "editor"}


async def test_a_wrong_invitation_makes_nobody_a_guest(ana: Person, http: aiohttp.ClientSession) -> None:
    form = {"token": "inv_wrong", "name": "Zoë"}
    async with http.post(f"{ana.url}/invites", data=form, headers=HTML, allow_redirects=False) as answer:
        assert answer.status == 404
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("token", ["x", "inv_" + "x" * 32, "%00", "a%2Fb", "ä"])
async def test_what_is_no_invitation_is_not_found(ana: Person, token: str) -> None:
    for headers in (HTML, {"Accept": "application/json"}):
        assert (await ana.get(f"/invites/{token}", headers=headers)).status == 404
    assert (await ana.post("/invites", {"token": token})).error["code"] == "not_found"


async def test_an_invitation_ends_by_its_uses_its_time_and_its_owners_will(
    ana: Person, ben: Person, http: aiohttp.ClientSession
) -> None:
    board = await ana.create_board()
    eve = await Person.sign_in(http, ana.url, "Eve")
    for options in ({"maxUses": 1}, {"expiresIn": 1}, {}):
        made = await invited(ana, board, **options)
        if "maxUses" in options:
            assert (await eve.post("/invites", {"token": made["token"]})).status == 200
        elif "expiresIn" in options:
            async with asyncio.timeout(5):
                while (await ben.get(f"/invites/{made['token']}")).status == 200:
                    await asyncio.sleep(0.05)
        else:
            assert (await ana.request("DELETE", f"/boards/{board}/invites/{made['id']}")).status == 204
        assert (await ben.get(f"/invites/{made['token']}")).status == 404
        assert (await ben.post("/invites", {"token": made["token"]})).error["code"] == "not_found"
    assert (await ana.get(f"/boards/{board}/invites")).json == {"invites": []}


@pytest.mark.parametrize(
    ("field", "body"),
    [("role", {"role": "owner"}), ("expiresIn", {"expiresIn": 0}), ("expiresIn", {"expiresIn": 366 * 86400})]
    + [("maxUses", {"maxUses": wrong}) for wrong in (0, 1001, "many")],
)
async def test_a_wrong_invitation_is_refused_by_its_field(ana: Person, field: str, body: object) -> None:
    board = await ana.create_board()
    refused = await ana.post(f"/boards/{board}/invites", body)
    assert (refused.status, refused.error["field"]) == (422, field)


async def test_repeating_an_invitation_with_one_key_makes_one_and_shows_it_once(ana: Person) -> None:
    board = await ana.create_board()
    key = {"Idempotency-Key": "the-same"}
    first = await ana.post(f"/boards/{board}/invites", {}, headers=key)
    again = await ana.post(f"/boards/{board}/invites", {}, headers=key)
    assert (first.status, again.status) == (201, 200)
    assert first.json["id"] == again.json["id"]
    assert "token" not in again.json
    assert len((await ana.get(f"/boards/{board}/invites")).json["invites"]) == 1


async def test_invitations_are_limited_by_hour_and_wrong_guesses_by_minute(
    strict: str, ana: Person, ben: Person, http: aiohttp.ClientSession
) -> None:
    board = await ana.create_board()
    ana_there, ben_there = (Person(http, strict, one.name, one.id, one.token) for one in (ana, ben))
    made = [await ana_there.post(f"/boards/{board}/invites", {}) for _ in range(3)]
    assert [answer.status for answer in made] == [201, 201, 429]
    assert int(made[2].headers["Retry-After"]) > 60
    token = made[0].json["token"]
    right = [await ben_there.get(f"/invites/{token}") for _ in range(5)]  # these are no guesses
    assert {answer.status for answer in right} == {200}
    wrong = [await ben_there.get("/invites/x"), *[await ben_there.post("/invites", {"token": t}) for t in "yz"]]
    assert {answer.status for answer in wrong} == {404}
    # From here on the address gets no answer, right or wrong.
    for answer in (await ben_there.get("/invites/w"), await ben_there.post("/invites", {"token": token})):
        assert answer.error["code"] == "too_many_requests"
        assert answer.error["limit"] == 3


async def test_no_token_of_an_invitation_is_in_the_log(
    talkative: tuple[str, Path], ana: Person, http: aiohttp.ClientSession
) -> None:
    url, file = talkative
    board = await ana.create_board()
    made = await invited(ana, board)
    async with http.get(f"{url}/invites/{made['token']}") as answer:
        assert answer.status == 200
    await until(lambda: "/invites/(token)" in file.read_text(), "the request is in the log")
    assert made["token"] not in file.read_text()
