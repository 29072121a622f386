"""Open files without a name: whatever happens, also kill -9, nothing of them stays behind. `TMPDIR` says where."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, cast


def nameless() -> BinaryIO:
    return cast(BinaryIO, TemporaryFile(buffering=0))


@asynccontextmanager
async def large() -> AsyncIterator[BinaryIO]:
    """One that may get many MB, which the disk takes its time to let go of: a thread waits for that."""
    file = nameless()
    try:
        yield file
    finally:
        await asyncio.to_thread(file.close)
