"""An upload on its way in, on disk without a name."""

import asyncio
import hashlib
from types import TracebackType
from typing import Self

from app.errors import TooLarge
from app.workers.nameless import nameless

LARGEST = 10 * 2**20  # bytes of an upload
BATCH = 256 * 1024  # bytes written at once, off the event loop


class Spool:
    """An upload on its way in: on disk, counted and hashed as it comes."""

    def __init__(self, largest: int = LARGEST, what: str = "A picture") -> None:
        self.file = nameless()
        self.size = 0
        self.largest, self.what = largest, what
        self._hash = hashlib.sha256()
        self._waiting = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()

    @property
    def sha256(self) -> str:
        """In hex, of what was written."""
        return self._hash.hexdigest()

    async def write(self, part: bytes) -> None:
        """Raises TooLarge."""
        self.size += len(part)
        if self.size > self.largest:
            raise TooLarge(
                f"{self.what} has at most {self.largest // 2**20} MiB: make it smaller.",
                field="file",
                limit=self.largest,
            )
        self._waiting += part
        if len(self._waiting) >= BATCH:
            await self.flush()

    async def flush(self) -> None:
        batch, self._waiting = self._waiting, bytearray()
        if batch:
            await asyncio.to_thread(self._write, bytes(batch))

    def _write(self, batch: bytes) -> None:
        self._hash.update(batch)
        self.file.write(batch)

    async def head(self, size: int) -> bytes:
        """The first bytes; the file stands at its start afterwards."""
        return await asyncio.to_thread(self._head, size)

    def _head(self, size: int) -> bytes:
        self.file.seek(0)
        head = self.file.read(size)
        self.file.seek(0)
        return head
