"""Signing in by OIDC against the test provider: the whole flow in the server, renewal, and the end of it."""

import asyncio
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from yarl import URL

from harness.processes import Easel
from tests.identity.provider import Provider

PAGE = {"Accept": "text/html", "Sec-Fetch-Dest": "document"}
JSON = {"Accept": "application/json"}


@pytest.fixture
async def browser_like() -> Any:
    """Keeps cookies as a browser does."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=PAGE) as session:
        yield session


async def sign_in(browser_like: aiohttp.ClientSession, easel: Easel, **query: str) -> str:
    """Where the whole journey ends."""
    async with browser_like.get(f"{easel.url}/auth/login", params=query) as answer:
        return str(answer.url.path_qs)


def session_cookie(browser_like: aiohttp.ClientSession, easel: Easel) -> str:
    found = browser_like.cookie_jar.filter_cookies(URL(easel.url)).get("session")
    return found.value if found else ""


async def boards(browser_like: aiohttp.ClientSession, easel: Easel) -> int:
    async with browser_like.get(f"{easel.url}/boards", headers=JSON) as answer:
        return answer.status


@pytest.mark.usefixtures("provider")
async def test_signing_in_opens_the_wanted_page_and_the_browser_has_only_an_id(
    oidc_easel: Easel, browser_like: aiohttp.ClientSession
) -> None:
    assert await sign_in(browser_like, oidc_easel, next="/boards?q=plans") == "/boards?q=plans"
    cookie = session_cookie(browser_like, oidc_easel)
    assert len(cookie) == 43
    assert "." not in cookie
    assert await boards(browser_like, oidc_easel) == 200
    assert not browser_like.cookie_jar.filter_cookies(URL(oidc_easel.url)).get("sign-in")


async def test_the_request_has_pkce_state_and_nonce_and_wants_a_refresh_token(
    oidc_easel: Easel, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{oidc_easel.url}/auth/login", headers=PAGE, allow_redirects=False) as answer:
        asked = parse_qs(urlsplit(answer.headers["Location"]).query)
        cookie = answer.headers["Set-Cookie"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{oidc_easel.url}/auth/callback"]
    assert "offline_access" in asked["scope"][0].split()
    assert min(len(asked[name][0]) for name in ("state", "nonce", "code_challenge")) >= 32
    assert asked["state"][0] not in cookie  # sealed
    assert "HttpOnly" in cookie


@pytest.mark.parametrize(
    ("query", "problem"),
    [({"state": "x", "code": "y"}, "lost"), ({}, "lost"), ({"error": "access_denied"}, "lost")],
)
async def test_a_callback_that_nobody_waits_for_signs_nobody_in(
    oidc_easel: Easel, http: aiohttp.ClientSession, query: dict[str, str], problem: str
) -> None:
    url = f"{oidc_easel.url}/auth/callback"
    async with http.get(url, params=query, headers=PAGE, allow_redirects=False) as answer:
        assert answer.status == 303
        assert answer.headers["Location"] == f"/sign-in?problem={problem}&next=%2F"
        assert not [value for value in answer.headers.getall("Set-Cookie") if value.startswith("session=")]


async def test_a_person_who_says_no_comes_back_to_the_sign_in_page(
    provider: Provider, oidc_easel: Easel, browser_like: aiohttp.ClientSession
) -> None:
    provider.refuses = True
    assert "problem=refused" in await sign_in(browser_like, oidc_easel)
    assert session_cookie(browser_like, oidc_easel) == ""


@pytest.mark.parametrize(
    "wrong",
    [{"nonce": "another"}, {"aud": "another-client"}, {"iss": "http://elsewhere.example/"}, {"exp": 1}, {"sub": None}],
)
async def test_an_id_token_with_anything_wrong_signs_nobody_in(
    provider: Provider, oidc_easel: Easel, browser_like: aiohttp.ClientSession, wrong: dict[str, Any]
) -> None:
    provider.wrong = wrong
    assert "problem=failed" in await sign_in(browser_like, oidc_easel)
    assert session_cookie(browser_like, oidc_easel) == ""


async def test_a_token_endpoint_that_is_down_is_a_page_and_not_a_500(
    provider: Provider, oidc_easel: Easel, browser_like: aiohttp.ClientSession
) -> None:
    provider.down = True
    assert "problem=failed" in await sign_in(browser_like, oidc_easel)


async def test_twenty_requests_and_two_processes_renew_an_old_token_once(
    provider: Provider, oidc_easel: Easel, browser_like: aiohttp.ClientSession, http: aiohttp.ClientSession
) -> None:
    other = oidc_easel.start_another_web()
    provider.life = 8  # renewed at the next request
    await sign_in(browser_like, oidc_easel, next="/sign-in")
    cookie = {"Cookie": f"session={session_cookie(browser_like, oidc_easel)}", **JSON}
    provider.life = 60
    before = provider.asked["/oauth/token"]

    async def ask(url: str) -> int:
        async with http.get(f"{url}/boards", headers=cookie) as answer:
            return answer.status

    statuses = await asyncio.gather(*(ask(url) for url in [oidc_easel.url, other] * 10))
    assert set(statuses) == {200}
    assert provider.asked["/oauth/token"] == before + 1
    assert provider.spent == []


async def test_a_refused_renewal_ends_a_session_and_a_provider_outage_does_not(
    provider: Provider, oidc_easel: Easel, browser_like: aiohttp.ClientSession
) -> None:
    provider.life = 8
    await sign_in(browser_like, oidc_easel, next="/sign-in")
    cookie = {"Cookie": f"session={session_cookie(browser_like, oidc_easel)}", **JSON}
    provider.down = True
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), headers=cookie) as session:
        async with session.get(f"{oidc_easel.url}/boards") as answer:
            assert answer.status == 401
        provider.down, provider.life = False, 60
        async with asyncio.timeout(15):  # the process that failed keeps its right to renew for 10 s
            while True:
                async with session.get(f"{oidc_easel.url}/boards") as answer:
                    if answer.status == 200:
                        break
        provider.life = 8


async def test_signing_out_ends_the_login_and_opens_the_providers_sign_out(
    provider: Provider, oidc_easel: Easel, browser_like: aiohttp.ClientSession, http: aiohttp.ClientSession
) -> None:
    await sign_in(browser_like, oidc_easel)
    cookie = session_cookie(browser_like, oidc_easel)
    origin = {"Origin": oidc_easel.url, **JSON}
    async with browser_like.delete(f"{oidc_easel.url}/session", headers=origin) as answer:
        away = (await answer.json())["signOutUrl"]
    assert away.startswith(f"{provider.url}/oidc/logout?")
    assert "id_token_hint" in away
    async with http.get(f"{oidc_easel.url}/boards", headers={"Cookie": f"session={cookie}", **JSON}) as answer:
        assert answer.status == 401


async def test_a_guests_boards_come_along_if_asked_for(
    provider: Provider, oidc_easel: Easel, browser_like: aiohttp.ClientSession
) -> None:
    provider.user = "owner"
    await sign_in(browser_like, oidc_easel)
    origin = {"Origin": oidc_easel.url, **JSON}
    async with browser_like.post(f"{oidc_easel.url}/boards", json={}, headers=origin) as answer:
        shared = (await answer.json())["id"]
    visibility = {"visibility": "link-edit"}
    async with browser_like.patch(f"{oidc_easel.url}/boards/{shared}", json=visibility, headers=origin) as answer:
        assert answer.status == 200
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=PAGE) as guest:
        async with guest.get(f"{oidc_easel.url}/boards/{shared}") as answer:
            assert answer.status == 200
        async with guest.post(f"{oidc_easel.url}/boards", json={"title": "Mine"}, headers=origin) as answer:
            assert answer.status == 201
        provider.user = "newcomer"
        await sign_in(guest, oidc_easel, claim="true")
        async with guest.get(f"{oidc_easel.url}/boards?section=mine", headers=JSON) as answer:
            assert [board["title"] for board in (await answer.json())["boards"]] == ["Mine"]
