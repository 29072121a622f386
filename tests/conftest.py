"""Fixtures that every folder shares: a running Easel, and people who talk to it."""

import gc
from collections.abc import AsyncIterator, Generator, Iterator

import aiohttp
import pytest
from hypothesis import HealthCheck, settings

from harness.forked import fork
from harness.people import Person
from harness.processes import Easel, Program
from tests.identity.fixtures import clerk_easel, clerk_js_easel, oidc_easel, provider, running_provider  # noqa: F401

# How long an example takes says how busy the machine is, and not whether it is right.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

Program.begin = staticmethod(fork)

LONGEST = "test_add_a_shape.py"  # of the files at the end of the suite, where one worker would be alone with it


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Without looking for garbage: thousands of tests are made and none goes, so each worker saves 1.8 of 4.3 s."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name != LONGEST)


@pytest.fixture(scope="session")
def easel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Easel]:
    """One running Easel for all tests that do not break it."""
    with Easel(tmp_path_factory.mktemp("easel")) as running:
        yield running


@pytest.fixture
def own_easel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Easel]:
    """An Easel for one test, which may kill, suspend and restart it."""
    with Easel(tmp_path_factory.mktemp("own")) as running:
        yield running


def connections() -> aiohttp.ClientSession:
    # A new connection each time: the server closes idle ones, and a test may hold the loop until just then.
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with connections() as session:
        yield session


@pytest.fixture
async def ana(easel: Easel, http: aiohttp.ClientSession) -> Person:
    return await Person.sign_in(http, easel.url, "Ana")


@pytest.fixture
async def ben(easel: Easel, http: aiohttp.ClientSession) -> Person:
    return await Person.sign_in(http, easel.url, "Ben")
