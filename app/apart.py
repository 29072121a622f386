"""Python that takes long and cannot rest, in a thread: one piece at a time, or each would keep the loop waiting."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Made = TypeVar("Made")

_thread = ThreadPoolExecutor(1, "apart")


async def apart(work: Callable[[], Made]) -> Made:
    """What `work` returns, or raises."""
    return await asyncio.get_running_loop().run_in_executor(_thread, work)
