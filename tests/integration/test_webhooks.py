"""Clerk's webhooks: signed, once, in any order; never a 500."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
import uuid
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from harness.people import Answer, stroke
from harness.processes import Easel
from tests.conftest import connections
from tests.convex.crons import Crons
from tests.identity.fixtures import WEBHOOK_SECRET
from tests.identity.provider import Provider
from tests.integration.test_clerk import JSON, ask, stream_until_end


def signed(body: bytes, id: str, at: float | None = None, secret: str = WEBHOOK_SECRET) -> dict[str, str]:
    stamp = str(int(at or time.time()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = base64.b64encode(hmac.new(key, f"{id}.{stamp}.".encode() + body, hashlib.sha256).digest()).decode()
    return {"svix-id": id, "svix-timestamp": stamp, "svix-signature": f"v1,{mac}", "Content-Type": "application/json"}


async def tell(
    http: aiohttp.ClientSession, easel: Easel, kind: str, data: dict[str, Any], id: str | None = None, **options: Any
) -> int:
    body = json.dumps({"type": kind, "object": "event", "data": data, "timestamp": time.time() * 1000}).encode()
    return await post(http, easel, body, signed(body, id or f"msg_{uuid.uuid4()}", **options))


async def post(http: aiohttp.ClientSession, easel: Easel, body: bytes, headers: dict[str, str]) -> int:
    async with http.post(f"{easel.url}/webhooks/clerk", data=body, headers=headers) as answer:
        return answer.status


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", **JSON}


async def board_of(http: aiohttp.ClientSession, easel: Easel, token: str) -> str:
    made: Answer = await ask(http, f"{easel.url}/boards", "POST", {}, **bearer(token))
    assert made.status == 201, made.body
    return str(made.json["id"])


async def test_a_session_that_clerk_revokes_loses_its_stream_and_its_token(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    token = provider.session_token("user_rita", "sess_rita")
    board = await board_of(http, clerk_easel, token)
    opened = asyncio.Event()
    url = f"{clerk_easel.url}/boards/{board}/stream"
    reading = asyncio.create_task(stream_until_end(http, url, opened, token))
    await opened.wait()
    assert await tell(http, clerk_easel, "session.revoked", {"id": "sess_rita", "user_id": "user_rita"}) == 204
    async with asyncio.timeout(10):
        assert b"event: auth" in await reading
    assert (await ask(http, f"{clerk_easel.url}/boards", **bearer(token))).status == 401


async def test_a_late_creation_does_not_bring_a_deleted_person_back(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    token = provider.session_token("user_gone", "sess_gone")
    await board_of(http, clerk_easel, token)
    assert await tell(http, clerk_easel, "user.deleted", {"id": "user_gone", "deleted": True}) == 204
    created = {"id": "user_gone", "first_name": "Late", "updated_at": time.time() * 1000 + 60_000}
    assert await tell(http, clerk_easel, "user.created", created) == 204
    later = provider.session_token("user_gone", "sess_other")
    url = f"{clerk_easel.url}/boards"
    async with asyncio.timeout(10):
        while (await ask(http, url, **bearer(later))).status != 401:
            await asyncio.sleep(0.05)


async def test_nothing_says_any_more_who_a_deleted_person_was(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    token, other = (provider.session_token(f"user_{name}", f"sess_{name}", name=name) for name in ("Quokka", "Bob"))
    alone, shared = [await board_of(http, clerk_easel, token) for _ in range(2)]
    url = f"{clerk_easel.url}/boards/{shared}"
    invite = (await ask(http, f"{url}/invites", "POST", {"role": "editor"}, **bearer(token))).json["token"]
    assert (await ask(http, f"{clerk_easel.url}/invites", "POST", {"token": invite}, **bearer(other))).status == 200
    change = {"changeId": "drawn", "put": [stroke("line")]}
    assert (await ask(http, f"{url}/changes", "POST", change, **bearer(token))).status == 201
    crons = Crons(clerk_easel, http)
    assert b"user_Quokka" in b"".join((await crons.export()).values())
    assert await tell(http, clerk_easel, "user.deleted", {"id": "user_Quokka", "deleted": True}) == 204

    removed = {row["_id"] for row in await crons.rows("boards") if row["removed"]}
    assert (alone in removed, shared in removed) == (True, False)
    assert (await ask(http, f"{url}.json", **bearer(other))).json["role"] == "owner"
    (row,) = [row for row in await crons.rows("changes") if row["boardId"] == shared]
    names = {user["_id"]: user["name"] for user in await crons.rows("users")}
    assert names[row["author"]] == "Somebody who left"
    known = (await ask(http, f"{url}/authors", **bearer(other))).json["people"]
    assert [one["name"] for one in known] == ["Somebody who left"]
    later = time.time() * 1000 + 31 * 86_400_000  # what late webhooks need is kept until then
    while await crons.run("collect:expired", now=later):
        pass
    assert [name for name, file in (await crons.export()).items() if b"Quokka" in file] == []


async def test_the_same_message_twice_and_messages_out_of_order_are_harmless(
    provider: Provider, clerk_easel: Easel, http: aiohttp.ClientSession
) -> None:
    new = {
        "id": "user_nora",
        "first_name": "Nora",
        "last_name": "New",
        "updated_at": 2000,
        "image_url": "https://x.y/z",
    }
    told = [tell(http, clerk_easel, "user.updated", new, id) for id in ("msg_new", "msg_new")]
    assert await asyncio.gather(*told) == [204, 204]
    assert await tell(http, clerk_easel, "user.updated", new | {"first_name": "Old", "updated_at": 1000}) == 204
    token = provider.session_token("user_nora", "sess_nora", name=None)
    board = await board_of(http, clerk_easel, token)
    members = await ask(http, f"{clerk_easel.url}/boards/{board}/members", **bearer(token))
    assert [member["name"] for member in members.json["members"]] == ["Nora New"]


async def test_a_name_in_a_webhook_is_cleaned(clerk_easel: Easel, http: aiohttp.ClientSession) -> None:
    names: list[tuple[dict[str, Any], str]] = [
        ({"first_name": "\x1b[31m\u202eAna\u200b\r\nWARNING\u2028\u2066", "last_name": "\nLi"}, "Ana WARNING Li"),
        ({"first_name": "\u200b", "username": "ana"}, "ana"),
        ({"first_name": "x" * 5_000, "image_url": "javascript:alert(1)"}, "x" * 60),
        ({"first_name": 5, "username": ["ana"]}, "Somebody"),
    ]
    for n, (data, _) in enumerate(names):
        assert await tell(http, clerk_easel, "user.created", {"id": f"user_named{n}", **data}) == 204
    rows = {row["tokenIdentifier"].rpartition("|")[2]: row for row in await Crons(clerk_easel, http).rows("users")}
    assert [rows[f"user_named{n}"]["name"] for n in range(len(names))] == [name for _, name in names]
    assert not [row for row in rows.values() if row.get("picture", "").startswith("javascript")]


@pytest.mark.parametrize(
    "change",
    [
        {"svix-signature": "v1,AAAA"},
        {"svix-signature": "\x01"},
        {"svix-signature": "v1,é"},
        {"svix-id": ""},
        {"svix-timestamp": "soon"},
        {"svix-timestamp": "1" * 400},
        {"svix-timestamp": "1"},
    ],
)
async def test_what_clerk_did_not_sign_is_a_400(
    clerk_easel: Easel, http: aiohttp.ClientSession, change: dict[str, str]
) -> None:
    body = b'{"type": "session.ended", "data": {"id": "sess_1"}}'
    headers = {name: value for name, value in (signed(body, "msg_x") | change).items() if value.isprintable()}
    assert await post(http, clerk_easel, body, headers) == 400


async def test_old_foreign_or_broken_messages_change_nothing(clerk_easel: Easel, http: aiohttp.ClientSession) -> None:
    data = {"id": "sess_1"}
    assert await tell(http, clerk_easel, "session.ended", data, at=time.time() - 600) == 400
    assert await tell(http, clerk_easel, "session.ended", data, secret="whsec_" + "A" * 32) == 400
    for body in (b"\xff\xfe", b"[]", b"7", b'{"type": "user.updated", "data": 5}', b'{"data": {"id": {}}}', b"{}", b""):
        assert await post(http, clerk_easel, body, signed(body, f"msg_{uuid.uuid4()}")) in (204, 400)
    huge = b" " * 300_000
    assert await post(http, clerk_easel, huge, signed(huge, "msg_huge")) == 413
    assert await tell(http, clerk_easel, "organization.created", {"id": "org_1"}) == 204


async def test_a_webhook_without_an_answer_of_the_deployment_is_a_503(provider: Provider, tmp_path: Path) -> None:
    settings = provider.clerk_settings() | {"CLERK_WEBHOOK_SECRET": WEBHOOK_SECRET}
    with Easel(tmp_path, **settings, CONVEX_SITE_URL="http://127.0.0.1:9") as easel:
        async with connections() as http:
            assert await tell(http, easel, "session.ended", {"id": "sess_1"}) == 503


async def test_without_a_secret_there_is_no_such_place(easel: Easel, http: aiohttp.ClientSession) -> None:
    assert await post(http, easel, b"{}", signed(b"{}", "msg_1")) == 404
