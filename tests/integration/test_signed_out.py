"""Tokens that count after signing out: a copied cookie or bearer token, elsewhere, later, and after a restart."""

import asyncio
from typing import Any

import aiohttp
import jwt

from app.auth import Issuer, signing_key
from app.settings import load
from harness.people import Person, stroke
from harness.processes import Easel

JSON = {"Accept": "application/json"}


def another_device(easel: Easel, person: Person) -> Person:
    """The same guest, signed in once more: as by a recovery link."""
    claims = jwt.decode(person.token, options={"verify_signature": False})
    issuer = Issuer(signing_key(load(data_dir=easel.folder / "data")))
    token, _ = issuer.guest_token(claims["sub"], claims["name"])
    return Person(person.http, person.url, person.name, person.id, token)


async def statuses(http: aiohttp.ClientSession, easel: Easel, others: list[str], token: str) -> list[int]:
    """What the token still does: as a bearer and a cookie in each process, and at the deployment itself."""
    found = []
    for url in [easel.url, *others]:
        for header in ({"Authorization": f"Bearer {token}"}, {"Cookie": f"session={token}"}):
            async with http.get(f"{url}/boards", headers=header | JSON) as answer:
                found.append(answer.status)
    call: dict[str, Any] = {"path": "cards:list", "args": {"paginationOpts": {"numItems": 1, "cursor": None}}}
    bearer = {"Authorization": f"Bearer {token}"}
    async with http.post(f"{easel.convex_url}/api/query", json=call | {"format": "json"}, headers=bearer) as answer:
        told = await answer.json()
    found.append(200 if told["status"] == "success" else {"unauthenticated": 401}[told["errorData"]["code"]])
    return found


async def test_signing_out_ends_a_guests_token_everywhere_and_for_good(
    easel: Easel, http: aiohttp.ClientSession
) -> None:
    other = easel.start_another_web()
    ana = await Person.sign_in(http, easel.url, "Ana")
    elsewhere = another_device(easel, ana)
    board = await ana.create_board()
    renamed = (await ana.post("/session", {"name": "Anna"})).json["token"]
    assert await statuses(http, easel, [other], ana.token) == [200] * 5

    async def read(url: str, token: str, opened: asyncio.Event) -> bytes:
        headers = {"Authorization": f"Bearer {token}"}
        async with http.get(f"{url}/boards/{board}/stream", headers=headers) as answer:
            assert answer.status == 200
            opened.set()
            return await answer.read()

    opened = [asyncio.Event() for _ in range(3)]
    ending = [asyncio.create_task(read(url, ana.token, opened[n])) for n, url in enumerate((easel.url, other))]
    staying = asyncio.create_task(read(other, elsewhere.token, opened[2]))
    for event in opened:
        await event.wait()
    assert (await ana.request("DELETE", "/session")).status == 204
    async with asyncio.timeout(60):
        for stream in ending:
            assert b"event: auth" in await stream
    for token in (ana.token, renamed):
        assert await statuses(http, easel, [other], token) == [401] * 5
    assert (await ana.draw(board, stroke())).status == 401
    assert await statuses(http, easel, [other], elsewhere.token) == [200] * 5
    assert not staying.done()
    staying.cancel()

    third = easel.start_another_web()  # which has heard of nothing
    for token in (ana.token, renamed):
        assert await statuses(http, easel, [third], token) == [401] * 5
    assert await statuses(http, easel, [third], elsewhere.token) == [200] * 5


async def test_a_signed_out_token_makes_no_new_one(easel: Easel, http: aiohttp.ClientSession) -> None:
    ana = await Person.sign_in(http, easel.url, "Ana")
    await ana.request("DELETE", "/session")
    headers = {"Cookie": f"session={ana.token}", "Origin": easel.url}
    async with http.post(f"{easel.url}/session", json={"name": "Ana"}, headers=headers) as answer:
        assert (await answer.json())["user"]["id"] != ana.id
    assert (await ana.post("/session/key", {"kind": "link"})).status == 401
