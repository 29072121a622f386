"""An identity provider, and an Easel that signs people in there, as with Clerk and as with Auth0."""

from collections.abc import Iterator

import pytest

from harness.processes import Easel
from tests.identity.provider import Provider

WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture(scope="session")
def running_provider() -> Iterator[Provider]:
    with Provider() as running:
        yield running


@pytest.fixture
def provider(running_provider: Provider) -> Provider:
    """In good order again, whatever the test before has done to it."""
    running_provider.reset()
    return running_provider


@pytest.fixture(scope="session")
def clerk_easel(running_provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Easel]:
    settings = running_provider.clerk_settings() | {"CLERK_WEBHOOK_SECRET": WEBHOOK_SECRET}
    with Easel(tmp_path_factory.mktemp("clerk"), **settings) as easel:
        yield easel


@pytest.fixture(scope="session")
def clerk_js_easel(running_provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Easel]:
    """For a browser, which loads ClerkJS from the instance's own address."""
    with Easel(tmp_path_factory.mktemp("clerk-js"), **running_provider.clerk_js_settings()) as easel:
        yield easel


@pytest.fixture(scope="session")
def oidc_easel(running_provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Easel]:
    pytest.importorskip("authlib")
    with Easel(tmp_path_factory.mktemp("oidc"), **running_provider.oidc_settings()) as easel:
        yield easel
