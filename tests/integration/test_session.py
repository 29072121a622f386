"""A name is all it takes; the session stays the same person's, and a broken one locks nobody out."""

import re
import time
from typing import Any

import aiohttp
import jwt
import pytest

from app.auth import Issuer, signing_key
from app.auth.issuer import GUEST_AUDIENCE, GUEST_ISSUER, GUEST_LIFE
from app.settings import load
from harness.people import Person
from harness.processes import Easel

HTML = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}


def origin(easel: Easel) -> dict[str, str]:
    return {"Origin": easel.url}


def cookie(token: str) -> dict[str, str]:
    return {"Cookie": f"session={token}"}


def old_token(easel: Easel, age: int) -> str:
    """A guest's token as it was signed `age` seconds ago."""
    issuer = Issuer(signing_key(load(data_dir=easel.folder / "data")))
    signed = int(time.time()) - age
    times = {"iat": signed, "nbf": signed, "exp": signed + GUEST_LIFE}
    claims = {"iss": GUEST_ISSUER, "aud": GUEST_AUDIENCE, "sub": "old", "name": "Old", **times}
    return jwt.encode(claims, issuer.key, "ES256", {"kid": issuer.kid, "typ": "JWT"})


async def test_a_name_makes_a_session(easel: Easel, http: aiohttp.ClientSession) -> None:
    async with http.post(f"{easel.url}/session", json={"name": "  Ana\u202e \n Petrović "}) as answer:
        session = await answer.json()
    assert answer.status == 201
    assert set(session) == {"token", "expiresAt", "user"}
    assert session["user"]["name"] == "Ana Petrović"
    assert session["expiresAt"] == pytest.approx(time.time() + GUEST_LIFE, abs=60)
    value, *attributes = answer.headers["Set-Cookie"].split("; ")
    assert value == f"session={session['token']}"
    assert set(attributes) == {"Path=/", f"Max-Age={GUEST_LIFE}", "HttpOnly", "SameSite=Lax"}


async def test_the_same_guest_may_take_another_name(easel: Easel, http: aiohttp.ClientSession, ana: Person) -> None:
    renamed = await ana.post("/session", {"name": "Anna"})
    assert (renamed.json["user"]["id"], renamed.json["user"]["name"]) == (ana.id, "Anna")
    assert re.fullmatch(r"[0-9a-f]{16}", renamed.json["user"]["person"])
    async with http.post(f"{easel.url}/session", json={"name": "Anna"}) as answer:
        assert (await answer.json())["user"]["id"] != ana.id


BAD_NAMES = [{}, {"name": ""}, {"name": " \n\u200b"}, {"name": "x" * 61}, {"name": 7}, {"nom": "Ana"}]


@pytest.mark.parametrize("given", BAD_NAMES)
async def test_a_name_that_is_none_is_refused(ana: Person, given: dict[str, Any]) -> None:
    refused = await ana.post("/session", given)
    assert (refused.status, refused.error["code"]) == (422, "invalid")
    assert refused.error["field"] in ("name", "nom")
    assert "Set-Cookie" not in refused.headers


ELSEWHERE = ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nX: y", ""]


@pytest.mark.parametrize(("next", "expected"), [("/boards/x?y=1", "/boards/x?y=1"), *((n, "/") for n in ELSEWHERE)])
async def test_a_form_goes_on_to_where_it_came_from(
    easel: Easel, http: aiohttp.ClientSession, next: str, expected: str
) -> None:
    form = {"name": "Ana", "next": next}
    async with http.post(f"{easel.url}/session", data=form, headers=HTML, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, expected)
        assert answer.headers["Set-Cookie"].startswith("session=eyJ")


async def test_the_cookie_is_as_good_as_the_token(easel: Easel, http: aiohttp.ClientSession, ana: Person) -> None:
    async with http.get(f"{easel.url}/boards", headers=cookie(ana.token) | JSON) as answer:
        assert answer.status == 200
    async with http.post(f"{easel.url}/boards", headers=cookie(ana.token) | origin(easel)) as answer:
        assert answer.status == 201
    async with http.post(f"{easel.url}/boards", headers=cookie(ana.token)) as answer:
        assert (answer.status, (await answer.json())["error"]["code"]) == (403, "forbidden")
    async with http.post(
        f"{easel.url}/boards", headers=cookie(ana.token) | {"Origin": "http://evil.example"}
    ) as answer:
        assert answer.status == 403


async def test_signing_out_takes_the_cookie_away(easel: Easel, http: aiohttp.ClientSession, ana: Person) -> None:
    headers = cookie(ana.token) | origin(easel)
    async with http.delete(f"{easel.url}/session", headers=headers) as answer:
        assert (answer.status, await answer.read()) == (204, b"")
        assert answer.headers["Set-Cookie"].startswith("session=; Path=/; Max-Age=0; ")
    address, form = f"{easel.url}/session?_method=DELETE", {"Content-Type": "application/x-www-form-urlencoded"}
    async with http.post(address, headers=headers | HTML | form, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        assert "Max-Age=0" in answer.headers["Set-Cookie"]


async def test_a_token_that_does_not_count_is_401_and_decides_alone(ana: Person) -> None:
    good = f"session={ana.token}"
    for header in (
        "Bearer nonsense",
        f"Bearer {ana.token}x",
        "Bearer",
        "Basic YTpi",
        ana.token,
        f"Bearer {ana.token} x",
    ):
        answer = await ana.get("/boards", headers={"Authorization": header, "Cookie": good})
        assert (answer.status, answer.error["code"]) == (401, "unauthenticated"), header
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert (await ana.get("/boards", headers={"Authorization": f"bearer {ana.token}"})).status == 200


async def test_a_cookie_that_does_not_count_locks_nobody_out(easel: Easel, http: aiohttp.ClientSession) -> None:
    expired = old_token(easel, GUEST_LIFE + 60)
    for token in (expired, "nonsense", "a" * 5000):
        async with http.get(f"{easel.url}/", headers=cookie(token) | HTML) as answer:
            assert answer.status == 200
            assert "Max-Age=0" in answer.headers["Set-Cookie"]
        async with http.get(f"{easel.url}/boards", headers=cookie(token) | JSON) as answer:
            assert answer.status == 401
        headers = cookie(token) | origin(easel)
        async with http.post(f"{easel.url}/session", json={"name": "Ana"}, headers=headers) as answer:
            assert answer.status == 201


async def test_a_session_in_use_is_renewed_when_half_of_it_is_over(easel: Easel, http: aiohttp.ClientSession) -> None:
    for age, renewed in ((GUEST_LIFE // 2 - 60, False), (GUEST_LIFE // 2 + 60, True)):
        token = old_token(easel, age)
        async with http.get(f"{easel.url}/boards", headers=cookie(token) | HTML) as answer:
            assert answer.status == 200
            assert ("Set-Cookie" in answer.headers) is renewed
        async with http.get(f"{easel.url}/boards", headers={"Authorization": f"Bearer {token}"} | JSON) as answer:
            assert "Set-Cookie" not in answer.headers


async def test_the_first_page_asks_for_a_name_and_then_shows_the_boards(
    easel: Easel, http: aiohttp.ClientSession, ana: Person
) -> None:
    async with http.get(f"{easel.url}/?next=/boards/x", headers=HTML) as answer:
        page = await answer.text()
        assert answer.status == 200
        assert 'action="/session"' in page
        assert 'value="/boards/x"' in page
    async with http.get(f"{easel.url}/", headers=HTML | cookie(ana.token), allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/boards")
    async with http.get(f"{easel.url}/boards", headers=HTML, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/?next=/boards")
