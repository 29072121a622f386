from collections.abc import AsyncIterator

import pytest

from app.hub import Hubs
from tests.unit.feed import MemoryBoard


@pytest.fixture
def board() -> MemoryBoard:
    return MemoryBoard()


@pytest.fixture
async def hubs(board: MemoryBoard) -> AsyncIterator[Hubs]:
    opened = Hubs(board)
    yield opened
    await opened.drain()
