"""What a hub shows, and waiting for it."""

import asyncio

from app.hub import Hub, Mailbox
from tests.unit.feed import MemoryBoard


async def turns(count: int = 30) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def arrival(mailbox: Mailbox) -> None:
    while not mailbox._frames:
        await asyncio.sleep(0.001)


def shown(hub: Hub) -> list[tuple[float, str, float]]:
    return [(shape.z, shape.id, shape.x) for shape in hub.view.shapes()]


def stored(board: MemoryBoard) -> list[tuple[float, str, float]]:
    return sorted((shape["z"], shape["id"], shape["x"]) for shape in board.live.values())
