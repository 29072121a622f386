"""Keys that an issuer withdrew still counted, for tokens that were seen before."""

import asyncio

import pytest

from app.auth import InvalidToken
from tests.unit.auth.key_server import KeyServer, fetched


async def test_callers_with_a_wrong_signature_share_one_fetch(keys: KeyServer) -> None:
    verifier, _ = fetched(keys)
    await verifier.verify(keys.token())
    keys.rotate()
    keys.gate.clear()
    asking = [asyncio.create_task(verifier.verify(keys.token(n=n))) for n in range(20)]
    while keys.asked < 2:
        await asyncio.sleep(0)
    keys.gate.set()
    assert {viewer.subject for viewer in await asyncio.gather(*asking)} == {"ana"}
    assert keys.asked == 2


async def test_an_old_key_is_refused_as_soon_as_the_new_one_is_known(keys: KeyServer) -> None:
    verifier, _ = fetched(keys)
    old = keys.token()
    await verifier.verify(old)
    keys.rotate()
    await verifier.verify(keys.token())
    with pytest.raises(InvalidToken, match="Signature"):
        await verifier.verify(old)


@pytest.mark.parametrize("kid", ["one", "two"])
async def test_a_withdrawn_key_counts_for_ten_minutes_at_most(keys: KeyServer, kid: str) -> None:
    verifier, found = fetched(keys)
    old = keys.token()
    await verifier.verify(old)
    keys.rotate(kid)
    found.now += 299
    await verifier.verify(old)
    found.now += 302
    with pytest.raises(InvalidToken):
        await verifier.verify(old)


async def test_a_key_of_another_algorithm_under_the_same_id_is_found(keys: KeyServer) -> None:
    verifier, _ = fetched(keys)
    await verifier.verify(keys.token())
    keys.rotate_to_curve()
    await verifier.verify(keys.token())


async def test_nobody_waits_twice_for_an_address_that_is_down(keys: KeyServer) -> None:
    verifier, found = fetched(keys)
    token = keys.token()
    await verifier.verify(token)
    found.now += 601
    keys.break_down()
    await verifier.verify(token)
    keys.gate.clear()
    found.now += 31
    await verifier.verify(token)
    assert found.fetching
    assert not found.fetching.done()
