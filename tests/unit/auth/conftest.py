"""A verifier of guests, and key sets that can be fetched."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from app.auth import Verifier, trusted
from app.settings import load
from tests.unit.auth.key_server import KeyServer
from tests.unit.auth.tokens import ISSUER


@pytest.fixture
def verifier() -> Verifier:
    return Verifier(trusted(load(auth_provider="guest"), ISSUER))


@pytest.fixture
async def keys() -> AsyncIterator[KeyServer]:
    server = KeyServer()
    app = web.Application()
    app.router.add_get("/jwks.json", server.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/jwks.json"  # type: ignore[attr-defined]
    yield server
    server.gate.set()
    await runner.cleanup()
