"""A key changed under the same id: the deployment refused it, and still accepted the old one."""

import asyncio
from collections.abc import Iterator

import aiohttp
import pytest

from harness.processes import Easel
from tests.identity.provider import Provider


@pytest.fixture
def rotating() -> Iterator[Provider]:
    """A provider of its own: after a rotation its key set is not asked for again for a while."""
    with Provider() as running:
        yield running


@pytest.fixture
def easel(rotating: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Easel]:
    with Easel(tmp_path_factory.mktemp("rotation"), **rotating.clerk_settings()) as easel:
        yield easel


async def test_a_rotated_key_counts_at_once_and_the_old_one_no_more(
    rotating: Provider, easel: Easel, http: aiohttp.ClientSession
) -> None:
    rotating.life = 3600.0

    async def create(token: str) -> int:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        async with http.post(f"{easel.url}/boards", json={}, headers=headers) as answer:
            return answer.status

    async def at_deployment(token: str) -> int:
        call = {"path": "cards:list", "args": {}, "format": "json"}
        headers = {"Authorization": f"Bearer {token}"}
        async with http.post(f"{easel.convex_url}/api/query", json=call, headers=headers) as answer:
            return answer.status

    old = rotating.session_token()
    assert (await create(old), await at_deployment(old)) == (201, 200)
    rotating.keys.rotate()
    asked = rotating.asked.copy()
    fresh = [rotating.session_token(session=f"sess_{n}") for n in range(8)]
    assert await asyncio.gather(*map(create, fresh)) == [201] * 8
    assert (await create(old), await at_deployment(old)) == (401, 401)
    assert [await at_deployment(token) for token in fresh] == [200] * 8
    keys = "/.well-known/jwks.json"
    assert rotating.asked[keys] - asked[keys] == 2  # the web process and the deployment, once each
