"""Easel with Clerk, against the test provider: what passes as a session, what does not, and what ends one."""

import asyncio
from typing import Any

import aiohttp
import pytest

from harness.people import Answer
from harness.processes import Easel
from tests.identity.keys import MACHINE_CATEGORY, TEMPLATE_CATEGORY
from tests.identity.provider import Provider

PAGE = {"Accept": "text/html", "Sec-Fetch-Dest": "document"}
JSON = {"Accept": "application/json"}


async def ask(http: aiohttp.ClientSession, url: str, method: str = "GET", json: Any = None, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with http.request(method, url, json=json, headers=named, allow_redirects=False) as answer:
        return Answer(answer.status, answer.headers, await answer.read())


def cookie(token: str, **more: str) -> str:
    return "; ".join(f"{name}={value}" for name, value in {"__session": token, "__client_uat": "1", **more}.items())


def without(claim: str) -> dict[str, Any]:
    return {claim: None}


async def test_a_session_of_clerks_is_somebody_with_boards(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    url = f"{clerk_easel.url}/boards"
    bearer = f"Bearer {provider.session_token('user_cleo')}"
    made = await ask(http, url, "POST", {"title": "Plans"}, Authorization=bearer, **JSON)
    assert made.status == 201
    by_cookie = await ask(http, url, Cookie=cookie(provider.session_token("user_cleo")), **JSON)
    assert [board["title"] for board in by_cookie.json["boards"]] == ["Plans"]
    other = await ask(http, url, Cookie=cookie(provider.session_token("user_dora", "sess_2")), **JSON)
    assert other.json["boards"] == []


async def test_what_is_wrong_with_a_token_is_one_401_and_nobody_is_told_more(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    claims: dict[str, Any] = {
        "sub": "ana",
        "sid": "s",
        "aud": "other",
        "iss": "http://elsewhere.example",
        "nbf": 9_999_999_999,
    }
    tokens = [provider.session_token(**{name: value}) for name, value in claims.items()]
    tokens += [provider.session_token(**without(name)) for name in ("sid", "exp", "nbf", "sub", "aud")]
    good = {"iss": provider.url, "sub": "user_ana", "sid": "sess_1", "aud": "convex", "iat": 1, "nbf": 1}
    for category in (TEMPLATE_CATEGORY, MACHINE_CATEGORY, "cl_unknown"):
        tokens.append(provider.keys.sign(good | {"exp": 9_999_999_999}, cat=category))
    for token in tokens:
        for given in ({"Authorization": f"Bearer {token}"}, {"Cookie": cookie(token)}):
            answer = await ask(http, f"{clerk_easel.url}/boards", **given, **JSON)
            assert answer.status == 401
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert "X-Auth" not in answer.headers


async def test_a_bad_bearer_decides_even_beside_a_good_cookie(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    good = cookie(provider.session_token())
    for header in ("Bearer nonsense", "Basic YTpi", "Bearer", "Bearer a b"):
        answer = await ask(http, f"{clerk_easel.url}/boards", Cookie=good, Authorization=header, **JSON)
        assert answer.status == 401


async def test_an_expired_cookie_gets_a_page_that_resumes_and_scripts_get_a_401(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    url, old = f"{clerk_easel.url}/boards", cookie(provider.session_token(exp=1))
    shell = await ask(http, url, Cookie=old, **PAGE)
    assert shell.status == 200
    assert b'id="resume"' in shell.body
    assert shell.headers["Cache-Control"] == "no-store"
    script = await ask(http, url, Cookie=old, **JSON)
    assert (script.status, script.headers["X-Auth"], script.headers["HX-Reswap"]) == (401, "expired", "none")
    bearer = await ask(http, url, Authorization=f"Bearer {provider.session_token(exp=1)}", **JSON)
    assert (bearer.status, bearer.error["code"]) == (401, "expired")
    unknown = await ask(http, url, Cookie="__client_uat=1700000000", **PAGE)
    assert b'id="resume"' in unknown.body
    signed_out = await ask(http, url, Cookie=old.replace("__client_uat=1", "__client_uat=0"), **PAGE)
    assert signed_out.status == 303


async def test_a_pending_session_is_403_and_not_signed_in(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    pending = cookie(provider.session_token(sts="pending"))
    answer = await ask(http, f"{clerk_easel.url}/boards", Cookie=pending, **JSON)
    assert (answer.status, answer.error["code"]) == (403, "pending")
    page = await ask(http, f"{clerk_easel.url}/boards", Cookie=pending, **PAGE)
    assert page.status == 403
    assert b'data-pending="true"' in page.body
    assert (await ask(http, f"{clerk_easel.url}/sign-in", Cookie=pending, **PAGE)).status == 200


async def test_a_write_with_a_token_in_its_last_moment_is_refused_at_once(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    provider.life = 3
    token = cookie(provider.session_token())
    assert (await ask(http, f"{clerk_easel.url}/boards", Cookie=token, **JSON)).status == 200
    origin = {"Origin": clerk_easel.url}
    answer = await ask(http, f"{clerk_easel.url}/boards", "POST", {}, Cookie=token, **JSON, **origin)
    assert (answer.status, answer.error["code"]) == (401, "expired")


async def test_a_page_made_for_somebody_else_is_told_that_the_account_changed(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    token = cookie(provider.session_token())
    answer = await ask(http, f"{clerk_easel.url}/boards", Cookie=token, X_Easel_Person="0" * 16, **JSON)
    assert (answer.status, answer.error["code"]) == (409, "account_changed")


async def stream_until_end(http: aiohttp.ClientSession, url: str, opened: asyncio.Event, token: str) -> bytes:
    async with http.get(url, headers={"Authorization": f"Bearer {token}"}) as answer:
        assert answer.status == 200, await answer.text()
        opened.set()
        return await answer.read()


async def test_signing_out_ends_streams_and_tokens_in_every_process(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    other = clerk_easel.start_another_web()
    token = provider.session_token(session="sess_over")
    bearer = {"Authorization": f"Bearer {token}"}
    board = (await ask(http, f"{clerk_easel.url}/boards", "POST", {}, **bearer, **JSON)).json["id"]
    opened = asyncio.Event()
    reading = asyncio.create_task(stream_until_end(http, f"{other}/boards/{board}/stream", opened, token))
    await opened.wait()
    second = provider.session_token(session="sess_2")
    assert (await ask(http, f"{clerk_easel.url}/auth/signed-out", "POST", **bearer)).status == 204
    async with asyncio.timeout(10):
        assert b"event: auth" in await reading
    assert (await ask(http, f"{other}/boards", **bearer, **JSON)).status == 401
    assert (await ask(http, f"{other}/boards", Authorization=f"Bearer {second}", **JSON)).status == 200


async def test_the_key_sets_faults_disturb_nobody_whose_key_is_known(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    token = {"Authorization": f"Bearer {provider.session_token()}"}
    assert (await ask(http, f"{clerk_easel.url}/boards", **token, **JSON)).status == 200
    for provider.fault in ("500", "redirect", "large", "garbage"):
        stranger = provider.keys.sign({"iss": provider.url}, kid="made-up")
        assert (await ask(http, f"{clerk_easel.url}/boards", Authorization=f"Bearer {stranger}", **JSON)).status == 401
        fresh = {"Authorization": f"Bearer {provider.session_token()}"}
        assert (await ask(http, f"{clerk_easel.url}/boards", **fresh, **JSON)).status == 200


async def test_a_guests_boards_can_be_claimed_by_the_account(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    shared = (
        await ask(
            http, f"{clerk_easel.url}/boards", "POST", {}, Authorization=f"Bearer {provider.session_token()}", **JSON
        )
    ).json["id"]
    owner = {"Authorization": f"Bearer {provider.session_token()}"}
    await ask(http, f"{clerk_easel.url}/boards/{shared}", "PATCH", {"visibility": "link-edit"}, **owner, **JSON)
    visit = await ask(http, f"{clerk_easel.url}/boards/{shared}", **PAGE)
    guest = visit.headers["Set-Cookie"].partition(";")[0].removeprefix("session=")
    made = await ask(http, f"{clerk_easel.url}/boards", "POST", {}, Authorization=f"Bearer {guest}", **JSON)
    assert made.status == 201
    star = f"{clerk_easel.url}/boards/{made.json['id']}/star"
    assert (await ask(http, star, "POST", {}, Authorization=f"Bearer {guest}", **JSON)).status == 204
    link = await ask(
        http, f"{clerk_easel.url}/session/key", "POST", {"kind": "link"}, Authorization=f"Bearer {guest}", **JSON
    )
    ben = provider.session_token("user_ben", "sess_9")
    both, origin = f"{cookie(ben)}; session={guest}", {"Origin": clerk_easel.url}
    claimed = await ask(http, f"{clerk_easel.url}/session/claim", "POST", Cookie=both, **origin, **JSON)
    assert (claimed.status, claimed.json) == (200, {"boards": 1})
    assert "session=;" in claimed.headers["Set-Cookie"]
    boards = (await ask(http, f"{clerk_easel.url}/boards?section=mine", Cookie=cookie(ben), **JSON)).json["boards"]
    assert [(board["id"], board["role"], board["starred"]) for board in boards] == [(made.json["id"], "owner", True)]
    left = await ask(http, f"{clerk_easel.url}/boards?section=mine", Authorization=f"Bearer {guest}", **JSON)
    assert left.json["boards"] == []
    back = await ask(http, f"{clerk_easel.url}/session", "POST", {"key": link.json["key"]}, **JSON)
    assert back.status == 404  # the account has it all, and nobody comes back as the guest
    alone = await ask(http, f"{clerk_easel.url}/session/claim", "POST", Cookie=cookie(ben), **origin, **JSON)
    assert alone.status == 403


async def test_clerks_pages_have_its_policy_and_only_sign_in_styles_itself(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    sign_in = (await ask(http, f"{clerk_easel.url}/sign-in", **PAGE)).headers["Content-Security-Policy"]
    board = (await ask(http, f"{clerk_easel.url}/boards", Cookie=cookie(provider.session_token()), **PAGE)).headers[
        "Content-Security-Policy"
    ]
    assert provider.url in sign_in
    assert provider.url in board
    assert "'unsafe-inline'" in sign_in
    assert "unsafe" not in board


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https://evil.example", "/\n/evil"])
async def test_signing_in_leads_to_a_path_of_this_site_only(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession, path: str
) -> None:
    async with http.get(
        f"{clerk_easel.url}/sign-in",
        params={"redirect_url": path},
        headers={"Cookie": cookie(provider.session_token()), **PAGE},
        allow_redirects=False,
    ) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/boards")
