"""A peer that plays the deployment, and connections that are made again at once."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.deployment.peer import Peer, playing


@pytest.fixture(autouse=True)
def floors(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Waiting for the next connection takes no time here; what would have been the least is noted."""
    noted: list[float] = []

    def next_delay(self: Any, floor: float = 0.0) -> float:  # noqa: ARG001
        noted.append(floor)
        return 0.0

    monkeypatch.setattr("app.convex.deployment.backoff.Backoff.next", next_delay)
    return noted


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    async with playing() as peer:
        yield peer
