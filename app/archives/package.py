"""A ZIP file on its way out: on disk without a name, written piece by piece in threads."""

import asyncio
import hashlib
import zipfile
from collections.abc import AsyncIterable
from types import TracebackType
from typing import BinaryIO, Self

from app.workers.nameless import nameless

BATCH = 256 * 1024  # bytes that are packed at once
LEVEL = 6


class Package:
    def __init__(self) -> None:
        self.file: BinaryIO = nameless()
        self._zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.file.close)  # large files take their time

    @property
    def size(self) -> int:
        """Bytes until now."""
        return self.file.tell()

    async def add(self, name: str, file: BinaryIO) -> None:
        await asyncio.to_thread(self._add, name, file)

    def _add(self, name: str, file: BinaryIO) -> None:
        file.seek(0)
        with self._zip.open(name, "w", force_zip64=True) as entry:
            while piece := file.read(BATCH):
                entry.write(piece)

    async def add_text(self, name: str, text: bytes) -> None:
        await asyncio.to_thread(self._zip.writestr, name, text)

    async def finish(self) -> tuple[int, str]:
        """The size and the SHA-256, in hex, of all of it."""
        return await asyncio.to_thread(self._finish)

    def _finish(self) -> tuple[int, str]:
        self._zip.close()
        size = self.file.tell()
        self.file.seek(0)
        return size, hashlib.file_digest(self.file, "sha256").hexdigest()  # type: ignore[arg-type]


async def encoded(pieces: AsyncIterable[str]) -> AsyncIterable[bytes]:
    async for piece in pieces:
        yield piece.encode()
