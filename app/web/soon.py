"""Waiting, not for long, until this process has heard of what it has just done: then the next page shows it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

SOON = 1.0  # s


async def soon(true: Callable[[], bool]) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(SOON):
            while not true():
                await asyncio.sleep(0.002)
