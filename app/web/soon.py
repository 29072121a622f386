"""Waits up to 1 s until this process has received its own change, so that the next page shows it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

SOON = 1.0  # s


async def soon(true: Callable[[], bool]) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(SOON):
            while not true():
                await asyncio.sleep(0.002)
