"""Key sets that are fetched: once for all, again after a rotation, and kept through an outage."""

import asyncio
import logging
from contextlib import suppress
from typing import Any

import pytest
from aiohttp import web

from app.auth import InvalidToken
from tests.unit.auth.key_server import KeyServer, fetched
from tests.unit.auth.tokens import CLAIMS, signed


async def test_fetched_keys_are_asked_for_once_by_all(keys: KeyServer) -> None:
    verifier, _ = fetched(keys)
    keys.gate.clear()
    asking = [asyncio.create_task(verifier.check(keys.token())) for _ in range(20)]
    while not keys.asked:
        await asyncio.sleep(0)
    keys.gate.set()
    assert {viewer.subject for viewer in await asyncio.gather(*asking)} == {"ana"}
    assert keys.asked == 1


async def test_a_key_of_another_type_does_not_pass_for_the_algorithm(keys: KeyServer) -> None:
    verifier, _ = fetched(keys)
    with pytest.raises(InvalidToken):
        await verifier.verify(signed(CLAIMS, {"kid": "one"}))


@pytest.mark.parametrize("kid", ["two", "one"])
async def test_a_rotated_key_is_found_even_under_the_same_id(keys: KeyServer, kid: str) -> None:
    verifier, found = fetched(keys)
    await verifier.verify(keys.token())
    keys.rotate(kid)
    await verifier.verify(keys.token())
    found.now += 31
    keys.rotate(kid)
    await verifier.verify(keys.token())


async def test_made_up_key_ids_do_not_hammer_the_issuer(keys: KeyServer) -> None:
    verifier, _ = fetched(keys)
    for n in range(200):
        with pytest.raises(InvalidToken):
            await verifier.verify(keys.token(kid=f"made-up-{n}"))
    assert keys.asked == 2


@pytest.mark.parametrize(
    "broken",
    [
        lambda: web.Response(status=500),
        lambda: web.Response(status=302, headers={"Location": "/other"}),
        lambda: web.Response(body=b"{" * 100_000),
        lambda: web.Response(body=b"x" * 10_000_000),
        lambda: web.Response(text="[]"),
        lambda: web.json_response({"keys": []}),
        lambda: web.json_response({"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "one"}]}),
    ],
)
async def test_keys_are_kept_while_their_address_is_broken(
    keys: KeyServer, broken: Any, caplog: pytest.LogCaptureFixture
) -> None:
    verifier, found = fetched(keys)
    good = keys.answer
    keys.answer = broken
    with pytest.raises(InvalidToken, match="key"):
        await verifier.verify(keys.token())
    assert not await found.ready()
    keys.answer, found.now = good, found.now + 2
    await verifier.verify(keys.token())
    keys.answer, found.now = broken, found.now + 3600
    await verifier.check(keys.token())
    assert found.fetching
    await found.fetching
    await verifier.check(keys.token())
    found.now += 24 * 3600
    with pytest.raises(InvalidToken, match="key"):
        await verifier.check(keys.token())
    assert all(record.levelno == logging.WARNING for record in caplog.records)


async def test_a_slow_address_keeps_nobody_waiting_once_there_are_keys(keys: KeyServer) -> None:
    verifier, found = fetched(keys)
    await verifier.check(keys.token())
    keys.gate.clear()
    found.now += 301
    async with asyncio.timeout(10):
        await verifier.check(keys.token())
    assert found.fetching
    found.fetching.cancel()
    with suppress(asyncio.CancelledError):
        await found.fetching
