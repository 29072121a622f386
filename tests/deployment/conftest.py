"""A running deployment, and clients for it."""

import uuid
from collections.abc import AsyncIterator

import pytest

from app.convex.deployment import Deployment, Sync
from tests.deployment.served import Identities, Served


@pytest.fixture(scope="session")
def identities() -> Identities:
    return Identities()


@pytest.fixture(scope="session")
async def served(tmp_path_factory: pytest.TempPathFactory, identities: Identities) -> AsyncIterator[Served]:
    """One for all tests that do it no harm."""
    served = Served(tmp_path_factory.mktemp("served"), identities)
    await served.start()
    yield served
    served.kill()


@pytest.fixture
async def own_served(tmp_path_factory: pytest.TempPathFactory, identities: Identities) -> AsyncIterator[Served]:
    """One for a test that kills it."""
    served = Served(tmp_path_factory.mktemp("own"), identities)
    await served.start()
    yield served
    served.kill()


@pytest.fixture
async def http(served: Served) -> AsyncIterator[Deployment]:
    async with Deployment(served.url) as http:
        yield http


@pytest.fixture
async def sync(served: Served) -> AsyncIterator[Sync]:
    async with Sync(served.url) as sync:
        yield sync


@pytest.fixture
def room() -> str:
    """A room that no other test writes to."""
    return uuid.uuid4().hex
